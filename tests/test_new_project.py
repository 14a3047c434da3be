"""`hitoe init` makes a project that is built at once, without a warning."""

import json
import shlex
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hitoe import __version__, checks
from hitoe.cli import main
from hitoe.native_libraries import DEBIAN
from hitoe.start import new_project
from support.notes import OWN_KINDS

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = {
    ".github/workflows/notes.yml",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".vscode/settings.json",
    "README.md",
    "content/.schema/deck.schema.json",
    "content/.schema/note-type.schema.json",
    "content/.schema/topic.schema.json",
    "content/deck.yaml",
    "content/images/cornell.svg",
    "content/topics/paper.yaml",
}
INSTALLS = f"hitoe: .github/workflows/notes.yml installs hitoe=={__version__}: say there where pip finds it\n"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1595203200")  # 2020-07-20, a Monday


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def loaded(project: Path, name: str) -> Any:
    return yaml.safe_load((project / name).read_text("utf-8"))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_new_project_is_checked_and_built_without_a_warning(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "notes"
    assert main(["init", str(project), "--language", language]) == 0
    assert files(project) == WRITTEN
    capsys.readouterr()
    assert main(["check", "-C", str(project)]) == 0
    assert capsys.readouterr() == ("1 topic, 2 entries, 8 items: no problems\n", "")
    assert main(["build", "-C", str(project)]) == 0
    assert capsys.readouterr().err == "hitoe: commit content/ledger.json with the deck you import\n"
    endings = {Path(name).suffix for name in files(project / "build")}
    assert {".apkg", ".pdf", ".md", ".html", ".xml"} <= endings
    kinds = {item.kind for placed in checks.trusted(project).entries() for item in placed.entry.items.values()}
    assert kinds == set(OWN_KINDS)
    assert len((project / "README.md").read_text("utf-8").splitlines()) in range(9, 12)


def test_both_languages_have_the_same_keys() -> None:
    def keys(value: Any) -> Any:
        return {key: keys(inner) for key, inner in value.items()} if isinstance(value, dict) else None

    decks = [new_project.NewProject("x", language, "", "2020-W30").files() for language in ("ja", "en")]
    assert [set(files) for files in decks] == [set(decks[0])] * 2
    ja, en = (keys(yaml.safe_load(files["content/deck.yaml"])) for files in decks)
    assert ja == en


def test_the_subject_names_deck_and_outputs(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "a"), "--subject", "Physics: waves", "--language", "en"]) == 0
    assert {"key": "physics-waves", "title": "Physics: waves"}.items() <= loaded(
        tmp_path / "a", "content/deck.yaml"
    ).items()
    assert (tmp_path / "a/README.md").read_text("utf-8").startswith("# Physics: waves\n")
    assert main(["init", str(tmp_path / "biology-1"), "--subject", "生物"]) == 0
    assert {"key": "biology-1", "title": "生物"}.items() <= loaded(tmp_path / "biology-1", "content/deck.yaml").items()
    assert main(["init", str(tmp_path / "生"), "--subject", "生物"]) == 0
    assert loaded(tmp_path / "生", "content/deck.yaml")["key"] == "notes"


def test_without_a_subject_the_folder_names_the_deck_so_that_two_projects_are_two_decks(tmp_path: Path) -> None:
    for name in ("spanish", "Korean 1"):
        assert main(["init", str(tmp_path / name)]) == 0
    keys = [loaded(tmp_path / name, "content/deck.yaml")["key"] for name in ("spanish", "Korean 1")]
    assert keys == ["spanish", "korean-1"]


def test_weeks_are_the_present_one(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path)]) == 0
    assert loaded(tmp_path, "content/deck.yaml")["series"]["number_1"] == "2020-W30"
    learned = [entry["learned"] for entry in loaded(tmp_path, "content/topics/paper.yaml")["entries"].values()]
    assert learned == ["2020-W30", "2020-W30"]


def test_editors_find_the_schema_of_each_file(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path)]) == 0
    places = json.loads((tmp_path / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    for schema, pattern in places.items():
        (file,) = tmp_path.glob(pattern)
        value = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
        jsonschema.validate(value, json.loads((tmp_path / schema).read_text("utf-8")))
        first = file.read_text("utf-8").splitlines()[0]
        assert (file.parent / first.partition("$schema=")[2]).resolve() == tmp_path / schema


def test_no_file_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / "notes"
    project.mkdir()
    (project / "LICENSE").write_text("mine")
    (project / "README.md").write_text("mine")
    assert main(["init", str(project)]) == 1
    told = capsys.readouterr().err
    assert told.endswith("notes has README.md already: name another folder, or move the files away\n")
    assert files(project) == {"LICENSE", "README.md"}
    (project / "README.md").unlink()
    assert main(["init", str(project)]) == 0
    assert files(project) == WRITTEN | {"LICENSE"}


@pytest.mark.parametrize("words", [["LICENSE"], ["new", "--subject", "a\x07"]])
def test_a_project_that_cannot_be_made_is_refused(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "LICENSE").write_text("mine")
    assert main(["init", "-C", str(tmp_path), *words]) == 1
    assert capsys.readouterr().err.startswith("hitoe: ")
    assert files(tmp_path) == {"LICENSE"}


def test_github_checks_pull_requests_and_attaches_the_outputs_to_releases(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path)]) == 0
    workflow = loaded(tmp_path, ".github/workflows/notes.yml")
    assert {"pull_request", "release"} <= set(workflow[True])  # YAML 1.1 reads `on` as a truth value
    steps = {name: [step.get("run", "") for step in job["steps"]] for name, job in workflow["jobs"].items()}
    assert "hitoe check --format github" in steps["check"]
    assert "hitoe build --locked" in steps["release"]
    assert any(all(package in step for package in DEBIAN) for step in steps["release"])
    assert steps["release"][-1].startswith("gh release upload")
    assert workflow["permissions"] == {"contents": "read"}
    hooks = loaded(tmp_path, ".pre-commit-config.yaml")["repos"][0]["hooks"]
    assert [hook["entry"] for hook in hooks] == ["hitoe check"]


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        (
            {"url": "https://example.com/hitoe.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            "hitoe @ git+https://example.com/hitoe.git@abc",
        ),
        ({"url": "https://example.com/hitoe.whl", "archive_info": {}}, "hitoe @ https://example.com/hitoe.whl"),
        ({"url": "file:///home/me/hitoe", "dir_info": {}}, f"hitoe=={__version__}"),
        (None, f"hitoe=={__version__}"),
    ],
)
def test_github_installs_the_hitoe_that_made_the_project(
    origin: Any, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Installed(metadata.Distribution):
        def read_text(self, filename: str) -> str | None:
            return json.dumps(origin) if origin and filename == "direct_url.json" else None

        def locate_file(self, path: Any) -> Any:
            return tmp_path / path

    monkeypatch.setattr(new_project, "distribution", lambda _name: Installed())
    assert main(["init", str(tmp_path)]) == 0
    assert loaded(tmp_path, ".github/workflows/notes.yml")["env"]["HITOE"] == words


def test_init_says_what_to_do_next(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hitoe", "init", "notes"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) == {f"notes/{name}" for name in WRITTEN if ".schema" not in name}
    assert done.stderr == INSTALLS + "hitoe: now build it: hitoe build -C notes\n"


def test_what_to_do_next_is_a_command_that_a_shell_reads_as_it_is_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "my 'notes' & more")]) == 0
    command = capsys.readouterr().err.partition("now build it: ")[2]
    assert shlex.split(command) == ["hitoe", "build", "-C", str(tmp_path / "my 'notes' & more")]


@pytest.mark.slow
@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_the_commands_of_the_readme(readme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = (ROOT / readme).read_text("utf-8")
    (block,) = (block for block in text.split("```")[1::2] if "hitoe init" in block)
    commands = [line for line in block.splitlines() if line.startswith("hitoe ")]
    assert len(commands) == 2
    for command in commands:
        assert main(shlex.split(command, comments=True)[1:]) == 0
    assert list((tmp_path / "notes/build").glob("*.apkg"))
