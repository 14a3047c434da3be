"""A built hitoe carries templates/, which in the repository lies at the top for people to edit."""

from pathlib import Path

from setuptools.command.build_py import build_py

# Builds run in the project's folder.
TEMPLATES = Path("templates")
SELF = Path("scripts/setup/wheel.py")


class BuildWithTemplates(build_py):
    """build_py that lays templates/ beside the package's modules, where hitoe looks first."""

    def run(self) -> None:
        """Build the package; an editable install goes on reading templates/ in its place."""
        super().run()
        if not self.editable_mode:
            self.copy_tree(str(TEMPLATES), str(Path(self.build_lib, "hitoe", TEMPLATES)))

    def get_source_files(self) -> list[str]:
        """Return what a source archive must hold, so that a wheel can be built from it."""
        templates = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
        modules: list[str] = super().get_source_files()  # type: ignore[no-untyped-call]  # setuptools' stubs forgot it
        return [*modules, *map(str, [SELF, *templates])]
