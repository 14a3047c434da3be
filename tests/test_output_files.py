"""Nothing outside the output folder is ever removed, whatever the files in it say."""

import json
from pathlib import Path

import pytest
from hitoe.build import files
from hitoe.cli import main
from support.notes import item, written

TOPIC = item("fact: 問い\nis: 答え").replace("    items:", "    learned: 2020-W30\n    items:")
STATE = Path("build", ".cache", "state.json")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project beside a file and a folder that are none of its outputs, with links to both in build/."""
    (tmp_path / "victim").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "victim").write_text("mine")
    root = written(tmp_path / "project", {"t.yaml": TOPIC})
    (root / STATE).parent.mkdir(parents=True)
    (root / "build" / "log").mkdir()
    (root / "build" / "link").symlink_to(tmp_path / "victim")
    (root / "build" / "linked").symlink_to(tmp_path / "folder")
    (root / "build" / "out").symlink_to("..")
    return root


def everything(folder: Path) -> set[str]:
    """Return the names of all that is in a folder besides outputs, and of the links in build/."""
    build = folder / "project" / "build"
    return {str(path) for path in folder.rglob("*") if build not in path.parents or path.is_symlink()}


def hostile(folder: Path) -> list[str]:
    """Return names that lead out of the output folder, or to no file."""
    victim = folder / "victim"
    return [
        *(str(victim), f"/{victim}", f"//{victim}", victim.as_uri(), "../../victim", "log/../../../victim"),
        *("./../../victim", "nowhere/../../../victim", "../content/t.yaml", "../content/deck.yaml"),
        *("log/../../build/../content/t.yaml", "link", "linked/victim", "out/content/t.yaml", "out/../../victim"),
        *("linked/../folder/victim", "..\\..\\victim", "C:\\victim", "C:victim", "~/victim", "$HOME", "*", "../../*"),
        *("", ".", "..", "/", "log", "log/", ".cache", "link/", "link/..", "linked", "out", "../../folder"),
        *(
            "\0",
            "log/\0",
            "../../victim\0",
            "x" * 5000,
            "x/" * 5000,
            "\ud800",
            "../\udcff",
            " ",
            "\n",
            "../../victim\n",
        ),
    ]


def test_names_that_lead_out_of_the_output_folder_are_passed_by(tmp_path: Path, project: Path) -> None:
    before = everything(tmp_path)
    for name in hostile(tmp_path):
        (project / STATE).write_text(
            json.dumps({"log": {"project": "..", "inputs": "", "files": {name: "", "log/old.md": ""}}})
        )
        (project / "build" / "log" / "old.md").write_text("old")
        assert main(["build", "log", "-C", str(project)]) == 0
        assert everything(tmp_path) == before, name
        assert not (project / "build" / "log" / "old.md").exists(), name
        assert (project / "build" / "log" / "index.md").is_file(), name


def test_each_name_is_judged_alone(tmp_path: Path, project: Path) -> None:
    before = everything(tmp_path)
    (project / "build" / "log" / "old.md").write_text("old")
    files.remove(project / "build", [*hostile(tmp_path), "log/old.md", *hostile(tmp_path)])
    assert everything(tmp_path) == before
    assert list((project / "build" / "log").iterdir()) == []


def test_absolute_names_and_those_that_go_up_are_passed_by_wherever_they_lead(project: Path) -> None:
    kept = project / "build" / "kept"
    kept.touch()
    files.remove(project / "build", [str(kept), "log/../kept", "../build/kept"])
    assert kept.exists()
    files.remove(project / "build", ["./kept"])
    assert not kept.exists()


@pytest.mark.parametrize("name", ["\0", "x" * 5000, "\ud800", "", "..", "../../victim"])
def test_a_file_that_cannot_be_there_makes_an_output_stale(name: str, project: Path) -> None:
    assert main(["build", "log", "-C", str(project)]) == 0
    state = json.loads((project / STATE).read_text())
    built = state["log"]["files"]
    (project / STATE).write_text(json.dumps({"log": state["log"] | {"files": {**built, name: ""}}}))
    assert main(["build", "log", "-C", str(project)]) == 0
    assert json.loads((project / STATE).read_text())["log"]["files"] == built


def test_files_go_where_the_output_folder_itself_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "old").touch()
    (tmp_path / "build").symlink_to("disk")
    files.remove(tmp_path / "build", ["old"])
    assert not (tmp_path / "disk" / "old").exists()


def test_what_is_kept_for_the_next_build_is_not_cleared_out_of_a_linked_folder(tmp_path: Path, project: Path) -> None:
    before = everything(tmp_path)
    (project / "build" / ".cache" / "pages").symlink_to(tmp_path / "folder")
    assert main(["build", "log", "-C", str(project)]) == 0
    assert everything(tmp_path) >= before


NOBODY = 2**22 + 1
"""The id of no process."""


def test_what_killed_builds_left_is_removed_and_nothing_else(tmp_path: Path, project: Path) -> None:
    cache, content, folder = project / "build" / ".cache", project / "content", tmp_path / "folder"
    parts = [place / f".x.{NOBODY}.part" for place in (content, project / "build", cache, project / "build" / "log")]
    (cache / f"collection.{NOBODY}").mkdir()
    (folder / f".x.{NOBODY}.part").touch()
    kept = [content / f"collection.{NOBODY}", folder / f".x.{NOBODY}.part", folder / f"collection.{NOBODY}"]
    for path in (kept[0], kept[2]):
        path.mkdir()
        (path / "t.txt").write_text("mine")
    for path in parts:
        path.touch()
    assert main(["build", "log", "-C", str(project)]) == 0
    assert not any(path.exists() for path in (*parts, cache / f"collection.{NOBODY}"))
    assert all(path.exists() for path in kept)
    (content / "ledger.json").symlink_to(folder / "ledger.json")
    written(project, {"t.yaml": TOPIC.replace("答え", "別の答え")})
    assert main(["build", "deck", "-C", str(project)]) == 1
    assert all(path.exists() for path in kept)


WHOLE = {"project": "..", "inputs": "", "files": {}}
WRONG: tuple[object, ...] = (None, True, 1, -1.5, "x", [], ["x"], {}, {"x": 1}, [[]], 10**400)


@pytest.mark.parametrize("key", ["project", "inputs", "files", "file"])
def test_wrong_types_in_the_state_file_are_built_anew(key: str, project: Path) -> None:
    for wrong in WRONG:
        built = WHOLE | ({"files": {"log/index.md": wrong}} if key == "file" else {key: wrong})
        (project / STATE).write_text(json.dumps({"log": built, "deck": built, "other": built}))
        assert main(["build", "log", "-C", str(project)]) == 0
        assert set(json.loads((project / STATE).read_text())["log"]) == set(WHOLE)


@pytest.mark.parametrize(
    "text",
    [
        *(b"", b"\0", b"\xff", b"\xef\xbb\xbf{}", "{}".encode("utf-16"), b"null", b"1", b'"x"', b"[]", b"{", b"NaN"),
        *(b'{"log": null}', b'{"log": []}', b'{"log": {}}', b'{"log": 1}', b"[" * 200_000, b"1" * 5000),
        b'{"log":' * 200_000,
    ],
    ids=lambda text: repr(text[:20]),
)
def test_a_state_file_that_is_none_is_built_anew(text: bytes, project: Path) -> None:
    (project / STATE).write_bytes(text)
    assert main(["build", "log", "-C", str(project)]) == 0
    assert json.loads((project / STATE).read_text())["log"]["project"] == ".."
