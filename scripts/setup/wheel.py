"""Puts templates/, which is at the top of the repository, into the built package."""

from pathlib import Path

from setuptools.command.build_py import build_py

# Build back ends run in the project's folder.
TEMPLATES = Path("templates")
SELF = Path("scripts/setup/wheel.py")


class BuildWithTemplates(build_py):
    """build_py that also copies templates/ into the package, where hitoe looks first."""

    def run(self) -> None:
        """Build the package; an editable install keeps reading templates/ from the repository."""
        super().run()
        if not self.editable_mode:
            for path in _templates():
                there = Path(self.build_lib, "hitoe", path)
                self.mkpath(str(there.parent))
                self.copy_file(str(path), str(there))

    def get_source_files(self) -> list[str]:
        """Return the files a source archive needs for a wheel to be built from it."""
        modules: list[str] = super().get_source_files()  # type: ignore[no-untyped-call]  # setuptools has no type for it
        return [*modules, *map(str, [SELF, *_templates()])]


def _templates() -> list[Path]:
    """Return the files of templates/, without those that hitoe has compiled there."""
    return sorted(path for path in TEMPLATES.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
