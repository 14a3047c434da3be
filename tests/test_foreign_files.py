"""What lies in content/ or build/ and is no file of the project is told, never waited for, never read or written."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hitoe import writing
from hitoe.cli import main
from hitoe.typography import own_fonts
from support.notes import DECK, item, written
from support.pictures import png

NOTES = item("fact: 問い\nis: 答え")
OUT = "this link leads out of the project: copy here what it leads to"
SPECIAL = "this is no file, but a pipe, a socket or a device: move it out of content/"
COMMANDS = (["check"], ["build", "deck"], ["build", "log"], ["diff"], ["coverage"], ["schema"], ["ledger", "rebuild"])


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return written(tmp_path / "p", {"t.yaml": NOTES})


def fifo(path: Path) -> None:
    os.mkfifo(path)


def socket_file(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # the address of a socket has 108 bytes
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
    os.chdir(before)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def secret(path: Path) -> None:
    outside = path.parents[2] / "secret"
    outside.write_text(NOTES)
    path.symlink_to(outside)


def outside_folder(path: Path) -> None:
    written(path.parents[2] / "other", {"t.yaml": NOTES})
    path.symlink_to(path.parents[2] / "other")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of them")
@pytest.mark.parametrize(
    ("make", "name", "told"),
    [
        (fifo, "x.yaml", SPECIAL),
        (socket_file, "x.yaml", SPECIAL),
        (device, "x.yaml", OUT),
        (secret, "x.yaml", OUT),
        (outside_folder, "more", OUT),
        (outside_folder, "images", OUT),
    ],
)
def test_notes_that_are_no_file_of_the_project_stop_every_command(
    project: Path, capsys: pytest.CaptureFixture[str], make: object, name: str, told: str
) -> None:
    make(project / "content" / name)  # type: ignore[operator]
    for command in COMMANDS:
        status = main([*command, "-C", str(project)])
        said = capsys.readouterr().err
        assert status == (command != ["schema"])
        assert command == ["schema"] or said.splitlines()[0] == f"content/{name}:1:1: {told}", command


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of them")
@pytest.mark.parametrize("make", [fifo, socket_file, device, secret])
def test_other_things_are_warned_of_and_not_read(
    project: Path, capsys: pytest.CaptureFixture[str], make: object
) -> None:
    for name in ("x.png", "notes", "topic.yaml.txt"):
        make(project / "content" / name)  # type: ignore[operator]
        assert main(["build", "deck", "log", "-C", str(project)]) == 0
        assert f"content/{name}:1:1: warning: " in capsys.readouterr().err
        (project / "content" / name).unlink()
    for name in ("ledger.json", "deck.yaml", "words.yaml"):
        kept = (project / "content" / name).read_bytes() if name != "words.yaml" else b""
        (project / "content" / name).unlink(missing_ok=True)
        make(project / "content" / name)  # type: ignore[operator]
        assert main(["build", "deck", "-C", str(project)]) == 1
        assert f"content/{name}:1:1: " in capsys.readouterr().err
        (project / "content" / name).unlink()
        if kept:
            (project / "content" / name).write_bytes(kept)


@pytest.mark.parametrize("make", [fifo, device, secret])
def test_a_font_that_is_no_file_of_the_project_is_not_read(project: Path, make: object) -> None:
    (project / "content" / "fonts").mkdir()
    make(project / "content" / "x.ttf")  # type: ignore[operator]
    (project / "content" / "x.ttf").rename(project / "content" / "fonts" / "x.ttf")
    assert own_fonts.read(project / "content").problems == ()


@pytest.mark.parametrize("make", [fifo, socket_file, device, secret])
def test_a_picture_that_is_no_file_of_the_project_is_told_where_it_is_shown(
    project: Path, capsys: pytest.CaptureFixture[str], make: object
) -> None:
    written(project, {"t.yaml": NOTES.replace("is: 答え", "is: 答え\n        image: {file: x.png, alt: 絵}")})
    make(project / "content" / "x.png")  # type: ignore[operator]
    assert main(["check", "-C", str(project)]) == 1
    assert "content/t.yaml:10:23: " in capsys.readouterr().err


def test_links_inside_the_repository_are_followed(tmp_path: Path, project: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(project)], check=True)
    shared = project / "shared"
    shared.mkdir()
    (shared / "u.yaml").write_text(NOTES.replace("topic: t", "topic: u").replace("  e:", "  f:"), "utf-8")
    (shared / "x.png").write_bytes(png())
    (project / "content" / "more").symlink_to("../shared")
    (project / "content" / "again").symlink_to("../content/more")
    (project / "content" / "ring").symlink_to("../content")
    written(project, {"t.yaml": NOTES.replace("is: 答え", "is: 答え\n        image: {file: more/x.png, alt: 絵}")})
    assert main(["build", "deck", "-C", str(project)]) == 0
    ledger = (project / "content" / "ledger.json").read_text("utf-8")
    assert '"path": "f.a"' in ledger
    assert '"path": "e.a"' in ledger


def test_the_folder_of_topics_may_be_a_link_inside_the_project(project: Path) -> None:
    real = project / "real"
    real.mkdir()
    (real / "u.yaml").write_text(NOTES.replace("topic: t", "topic: u").replace("  e:", "  f:"), "utf-8")
    (project / "content" / "topics").symlink_to(real)
    assert main(["build", "deck", "-C", str(project)]) == 0
    assert '"path": "f.a"' in (project / "content" / "ledger.json").read_text("utf-8")


@pytest.mark.parametrize("name", ["deck.yaml", "words.yaml", "ledger.json"])
def test_a_folder_where_a_file_belongs_is_told(project: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (project / "content" / name).unlink(missing_ok=True)
    (project / "content" / name).mkdir()
    for command in (["check"], ["build", "deck"], ["diff"]):
        assert main([*command, "-C", str(project)]) == 1
        said = capsys.readouterr().err.splitlines()
        assert said[0].startswith(f"content/{name}:1:1: "), said
        assert said[1] == "hitoe: 1 problem, nothing was written"


@pytest.mark.parametrize("name", ["log", ".cache"])
def test_nothing_is_written_through_a_link_in_the_output_folder(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "victim").mkdir()
    (project / "build").mkdir()
    (project / "build" / name).symlink_to(tmp_path / "victim")
    for command in (["build"], ["build", "deck"], ["log"], ["log", "--week", "2020-W30"]):
        assert main([*command, "-C", str(project)]) == 1
        assert "is a link that leads out of" in capsys.readouterr().err
    assert list((tmp_path / "victim").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("content/.schema", ("schema",)),
        ("content/topics", ("new", "topic", "題")),
        ("content/topics", ("import", "notes.csv")),
        ("content/topics", ("import", "notes.md")),
        ("content/images", ("import", "notes.md")),
        (".github", ("init", ".")),
    ],
)
def test_nothing_is_written_through_a_link_in_the_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, command: list[str]
) -> None:
    project, victim = tmp_path / "p", tmp_path / "victim"
    for folder in (victim, project / "content"):
        folder.mkdir(parents=True)
    if command[0] != "init":
        (project / "content" / "deck.yaml").write_text(DECK, "utf-8")
    (project / name).symlink_to(victim)
    (project / "p.png").write_bytes(png())
    (project / "notes.csv").write_text("a,b\n")
    (project / "notes.md").write_text("Q: a ![x](p.png)\nA: b\n")
    monkeypatch.chdir(project)
    assert main(list(command)) == 1
    assert capsys.readouterr().err.splitlines()[0] == f"{name}:1:1: {OUT}"
    assert list(victim.iterdir()) == []
    assert not (project / "README.md").exists()


@pytest.mark.parametrize("command", [("build", "deck"), ("check",), ("log", "--week", "2020-W30")])
def test_an_output_folder_that_is_a_link_to_itself_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    (project / "build").symlink_to("build")
    assert main([*command, "-C", str(project)]) == 1
    assert capsys.readouterr().err == f"hitoe: {project / 'build'} is a link that leads in a circle: delete it\n"


@pytest.mark.parametrize("words", [("check", "-C"), ("init",)])
def test_a_project_that_is_a_link_to_itself_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    (tmp_path / "p").symlink_to("p")
    assert main([*words, str(tmp_path / "p")]) == 1
    assert capsys.readouterr().err.startswith("hitoe: ")


def test_a_link_to_a_name_that_no_file_can_have_stops_nothing_else(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "content" / "x.png").symlink_to("x" * 300)
    assert main(["build", "deck", "-C", str(project)]) == 0
    assert "content/x.png:1:1: warning: the file cannot be read" in capsys.readouterr().err


def test_links_in_the_place_of_outputs_and_caches_become_files(tmp_path: Path, project: Path) -> None:
    written(project, {"t.yaml": NOTES.replace("    items:", "    learned: 2020-W30\n    items:")})
    assert main(["build", "deck", "log", "-C", str(project)]) == 0
    (tmp_path / "victim").write_text("mine")
    files = [path for path in (project / "build").rglob("*") if path.is_file()]
    for path in files:
        kept = tmp_path / path.name
        path.rename(kept)
        path.symlink_to(kept if path.parent.name == ".cache" else tmp_path / "victim")
    assert main(["build", "deck", "log", "-C", str(project)]) == 0
    assert not any(path.is_symlink() for path in files)
    assert (tmp_path / "victim").read_text() == "mine"


def test_a_ledger_is_not_written_over_another_file(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "victim").write_text("mine")
    (project / "content" / "ledger.json").symlink_to(tmp_path / "victim")
    for command in (["build", "deck"], ["ledger", "rebuild"]):
        assert main([*command, "-C", str(project)]) == 1
    assert "is a link to" in capsys.readouterr().err
    assert (tmp_path / "victim").read_text() == "mine"


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="there are no such names")
@pytest.mark.parametrize("name", ["a\nb", "a\x1b[2Jb", "a\u202eb", "a\rb", "a\u2028b", "\udcffa"])
def test_names_are_printed_in_one_line(project: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    written(project, {"t.yaml": NOTES.replace("is: 答え", "si: 答え")})
    (project / "content" / "t.yaml").rename(project / "content" / f"{name}.yaml")
    assert main(["check", "-C", str(project)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == len(said.splitlines()) == said.count("content/") + 1
    assert not any(sign in said for sign in "\r\x1b\u202e\u2028\udcff")


RUN = """
import contextlib, io, json, sys
from hitoe.cli import main
done = []
for words in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as said:
        done.append((main(words), said.getvalue()))
print(json.dumps(done))
"""


def unprivileged(commands: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """Run commands as a user who is not root; return the status of each and what it tells as an error."""
    user = ["setpriv", "--reuid", "65534", "--clear-groups"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*user, sys.executable, "-c", RUN, json.dumps(commands)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return [(status, said) for status, said in json.loads(done.stdout)]


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="it takes setpriv to test this as root")
def test_what_may_not_be_read_or_written_ends_in_a_sentence(tmp_path: Path, project: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    assert main(["build", "deck", "-C", str(project)]) == 0
    written(project, {"t.yaml": NOTES.replace("答え", "別の答え")})
    locked = {}
    for number, name in enumerate(("content/t.yaml", "content/deck.yaml", "content/ledger.json", "content", "build")):
        copy = shutil.copytree(project, tmp_path / str(number))
        for path in (copy, *copy.rglob("*")):
            os.chown(path, 65534, -1) if os.geteuid() == 0 else None
        locked[copy / name] = copy
        (copy / name).chmod(0o500 if name == "build" else 0)
    try:
        commands = (["build", "log"], ["check"], ["diff"], ["schema"], ["build", "deck"])
        done = iter(unprivileged([[*words, "-C", str(copy)] for copy in locked.values() for words in commands]))
        for path in locked:
            of_one = [next(done) for _ in commands]
            for status, said in of_one:
                assert status in (0, 1), path
                assert status == 0 or "Permission denied" in said or "no folder" in said, path
            assert of_one[-1][0] == 1, path
    finally:
        for path in locked:
            path.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of a file's size")
@pytest.mark.parametrize("size", [0, 512, 1024])
def test_a_full_disk_ends_in_a_sentence_and_leaves_no_part_files(project: Path, size: int) -> None:
    assert main(["build", "deck", "-C", str(project)]) == 0
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    written(project, {"t.yaml": NOTES.replace("答え", "別の答え" * 200)})
    shell = f"ulimit -f {size // 512}; exec {sys.executable} -m hitoe build deck log -C {project}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].endswith((": File too large", "collection.anki2: disk I/O error"))
    after = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    assert after.keys() - before.keys() <= {path for path in after if not path.name.endswith(".part")}
    assert all(content for content in after.values())
    assert main(["build", "deck", "log", "-C", str(project)]) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of a file's size")
def test_a_disk_without_room_for_the_fonts_is_named(project: Path) -> None:
    shell = f"ulimit -f 100; exec {sys.executable} -m hitoe build sheet -C {project}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith(f"hitoe: {project}/build/.cache/fonts.")
    assert last.endswith(": File too large")


def test_a_file_in_the_place_of_a_folder_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(project, {"t.yaml": NOTES.replace("    items:", "    learned: 2020-W30\n    items:")})
    (project / "build").mkdir(exist_ok=True)
    (project / "build" / "log").write_text("")
    assert main(["build", "log", "-C", str(project)]) == 1
    assert "hitoe: build/log: Not a directory\n" in capsys.readouterr().err


def test_part_files_of_killed_builds_are_removed_and_those_of_running_ones_stay(project: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (project / "build" / ".cache").mkdir(parents=True)
    (project / "build" / "log").mkdir()
    dead = [f".ledger.json.{gone.pid}.part", f".0a1b2c3d.{gone.pid}.part", ".x.99999999999999999999.part"]
    kept = [f".x.{os.getppid()}.part", "x.part", ".x.part", f"x.{gone.pid}.part", f".x.{gone.pid}", "collection.12x"]
    folders = [project / "content", project / "build", project / "build" / "log", project / "build" / ".cache"]
    for folder in folders:
        for name in (*dead, *kept):
            (folder / name).write_text("half")
    gone_folders = {f"collection.{gone.pid}", f"fonts.{gone.pid}.ab_c"}
    for name in gone_folders:
        (project / "build" / ".cache" / name).mkdir()
    assert main(["build", "deck", "-C", str(project)]) == 0
    for folder in folders:
        names = {path.name for path in folder.iterdir()}
        assert not names & set(dead), folder
        assert set(kept) <= names
        assert not names & gone_folders


def test_a_sheet_leaves_nothing_in_the_temporary_folder(project: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    picture = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><style>rect {fill: red}</style><rect/></svg>"
    (project / "content" / "a.svg").write_text(picture)  # is drawn in a process of its own first
    written(project, {"t.yaml": item("fact: 問い ![絵](a.svg)\nis: 答え")})
    code = (
        "import os, sys; os.cpu_count = lambda: 2; from hitoe import cli, sheet; sheet.WORTH_WORKERS = 1\n"
        "sys.exit(cli.main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "build", "sheet", "--edition", "colour", "-C", str(project)]
    subprocess.run(command, env={**os.environ, "TMPDIR": str(empty)}, check=True, capture_output=True)
    assert not list(empty.iterdir())
    assert not list((project / "build" / ".cache").glob("fonts.[0-9]*"))


def test_a_file_is_written_whole_and_never_through_a_link_that_stands_in_the_way(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    target = tmp_path / ("x" * 255)
    writing.part_of(target).symlink_to(victim)
    for lasting in (False, True):
        writing.write(target, b"new", lasting=lasting)
        assert target.read_bytes() == b"new"
    assert victim.read_text() == "mine"
    assert {path.name for path in tmp_path.iterdir()} == {"victim", target.name}
    (tmp_path / "deck.yaml").write_text(DECK)
    with pytest.raises(OSError, match=r"deck\.yaml'$") as told:
        writing.write(tmp_path / "deck.yaml" / "x", b"new")
    assert told.value.filename == str(tmp_path / "deck.yaml")
