"""hitoe is installed and run without its repository: by pip, by pre-commit, and by the action for GitHub."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hitoe.native_libraries import DEBIAN
from support.projects import example_copy

ROOT = Path(__file__).resolve().parent.parent
ACTION = ROOT / ".github/actions/hitoe/action.yml"
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment in which Python finds hitoe as a wheel installs it, and no repository."""
    folder = tmp_path_factory.mktemp("install")
    source = folder / "source"
    for name in ("scripts", "templates"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, source)
    (source / "templates" / "__pycache__").mkdir()
    (source / "templates" / "__pycache__" / "compiled").write_text("of another machine", "utf-8")
    wheel = [*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(source)]
    subprocess.run(wheel, check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    target = [*PIP, "install", "--no-deps", "--target", str(folder / "site"), str(file)]
    subprocess.run(target, check=True, capture_output=True)
    shutil.rmtree(source)
    return {**os.environ, "PYTHONPATH": str(folder / "site"), "PYTHONUTF8": "1"}


def run(words: list[str], environment: dict[str, str], folder: Path) -> str:
    done = subprocess.run(words, env=environment, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_wheel_is_all_that_a_project_needs(installed: dict[str, str], tmp_path: Path) -> None:
    place = run([sys.executable, "-c", "import hitoe; print(hitoe.__file__)"], installed, tmp_path)
    assert place.startswith(installed["PYTHONPATH"])
    assert not (Path(place.strip()).parent / "templates" / "__pycache__" / "compiled").exists()
    hitoe = [sys.executable, "-m", "hitoe"]
    run([*hitoe, "doctor"], installed, tmp_path)
    run([*hitoe, "init", "notes", "--language", "ja"], installed, tmp_path)
    run([*hitoe, "new", "fact", "問い", "-C", "notes"], installed, tmp_path)
    built = run([*hitoe, "build", "-C", "notes"], installed, tmp_path)
    assert {"notes/build/notes.apkg", "notes/build/notes-sheet.pdf", "notes/build/log/index.html"} <= set(built.split())


def test_pre_commit_runs_check_when_notes_change() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert (hook["entry"], hook["language"], hook["pass_filenames"]) == ("hitoe check", "python", False)


def test_the_action_installs_this_repository_and_what_the_sheets_need() -> None:
    steps = yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"]
    libraries, package = (step for step in steps if "install" in step.get("run", ""))
    assert libraries["run"].endswith(" ".join(DEBIAN))
    place = package["run"].split('"')[1].replace("$ACTION", str(ACTION.parent))
    assert (Path(place) / "pyproject.toml").resolve() == ROOT / "pyproject.toml"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize(("arguments", "status"), [("check", 0), ("build deck --locked", 1)])
def test_the_action_runs_hitoe_with_its_arguments(arguments: str, status: int, tmp_path: Path) -> None:
    project = example_copy(tmp_path / "a project")
    step = yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"][-1]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "ARGUMENTS": arguments, "PROJECT": str(project)}
    done = subprocess.run(
        ["bash", "-c", step["run"]], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == status, done.stderr
    assert ("would change" in done.stderr) == bool(status)
