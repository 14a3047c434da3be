"""`hitoe push` shows the deck in Anki's own import dialog, and says what to do where Anki does not.

Against a server that speaks the protocol of AnkiConnect's documentation (`support/anki_connect_stub.py`). The add-on
itself (version 6, of 2025-11) was tried by hand in Anki 26.9.3: the dialog came, and imported what was expected.
"""

import shlex
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from hitoe.cli import main
from hitoe.problems import RefusedError
from hitoe.send.anki_connect import AnkiConnect
from support.anki_connect_stub import Stub, running
from support.notes import DECK, item, written


@pytest.fixture
def anki() -> Iterator[Stub]:
    with running(Stub()) as stub:
        yield stub


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return written(tmp_path / "ノート", {"deck.yaml": DECK, "t.yaml": item("fact: 問い\nis: 答え")})


def push(project: Path, anki: Stub, *words: str) -> int:
    return main(["push", "-C", str(project), "--url", anki.address, *words])


def refused(anki: Stub, key: str = "", seconds: float = 5) -> str:
    with pytest.raises(RefusedError) as found:
        AnkiConnect(anki.address, key, seconds).check()
    return str(found.value)


def test_the_deck_is_built_and_shown_in_the_dialog(
    project: Path, anki: Stub, capsys: pytest.CaptureFixture[str]
) -> None:
    assert push(project, anki) == 0
    package = project / "build/own.apkg"
    assert package.is_file()
    assert anki.shown == [package.resolve().as_posix()]
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "build/own.apkg",
        "Anki shows its import dialog: leave it as it is, and press Import",
        "expected, by the ledger: 1 new, 0 changed, 0 retired notes",
        "0 cards keep their schedule",
    ]
    assert "content/ledger.json" in said.err


def test_what_is_expected_is_what_changed_since_the_last_build(
    project: Path, anki: Stub, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "deck", "-C", str(project)]) == 0
    written(project, {"t.yaml": item("fact: 問い\nis: 別の答え") + "      b: {fact: 問い2, is: 答え2}\n"})
    capsys.readouterr()
    assert push(project, anki) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "expected, by the ledger: 1 new, 1 changed, 0 retired notes" in lines
    assert "1 card keeps its schedule" in lines
    assert push(project, anki) == 0
    assert "expected, by the ledger: 0 new, 0 changed, 0 retired notes" in capsys.readouterr().out


def test_requests_are_as_documented(project: Path, anki: Stub) -> None:
    assert push(project, anki) == 0
    assert [sorted(request) for request in anki.asked] == [["action", "params", "version"]] * 3
    assert [request["action"] for request in anki.asked] == ["requestPermission", "version", "guiImportFile"]
    assert {request["version"] for request in anki.asked} == {6}
    assert not any("Origin" in headers for headers in anki.headers)


def test_the_key_is_sent(project: Path, anki: Stub) -> None:
    anki.api_key = "geheim"
    assert push(project, anki, "--api-key", "geheim") == 0
    assert len(anki.shown) == 1


def test_nothing_is_built_when_anki_is_not_there(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    assert main(["push", "-C", str(project), "--url", address]) == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert said == (
        f"hitoe: no Anki with AnkiConnect answers at {address}: start Anki; the add-on is installed once "
        "(Tools → Add-ons → Get Add-ons, 2055492159). Without it: hitoe open -C "
        f"{shlex.quote(str(project))}"
    )
    assert {path.name for path in project.iterdir()} == {"content"}
    assert not (project / "content/ledger.json").exists()


def test_mistakes_in_the_notes_show_no_dialog(project: Path, anki: Stub, capsys: pytest.CaptureFixture[str]) -> None:
    written(project, {"t.yaml": item("fact: 問い")})
    assert push(project, anki) == 1
    assert capsys.readouterr().err.startswith("content/t.yaml:8:9: key 'is' is missing")
    assert anki.shown == []


SETTINGS = "its settings (Tools → Add-ons → AnkiConnect → Config)"
OLD = "this AnkiConnect is too old: update it (Tools → Add-ons → Check for Updates), its number is 2055492159"


@pytest.mark.parametrize(
    ("settings", "key", "said"),
    [
        ({"api_key": "k"}, "", f"AnkiConnect asks for a key: give the `apiKey` of {SETTINGS} with --api-key"),
        ({"api_key": "k"}, "x", f"AnkiConnect does not take this key: give the `apiKey` of {SETTINGS} with --api-key"),
        ({"trusted": False}, "", f"Anki does not allow requests: press Yes when it asks, or look at {SETTINGS}"),
        ({"version": 5}, "", OLD),
        ({"actions": ("version",)}, "", OLD),
        (
            {"status": 403, "raw": b""},
            "",
            f'AnkiConnect forbids requests: "http://localhost" is missing in webCorsOriginList of {SETTINGS}',
        ),
    ],
)
def test_settings_and_versions_that_do_not_do(settings: dict[str, object], key: str, said: str) -> None:
    with running(Stub(**settings)) as anki:  # type: ignore[arg-type]  # each has its type
        assert refused(anki, key) == said


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"actions": ("requestPermission", "version")}, OLD),
        ({"error": "collection is not available"}, "Anki says: collection is not available"),
    ],
)
def test_an_import_that_is_not_shown(
    settings: dict[str, object], said: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(Stub(**settings)) as anki:  # type: ignore[arg-type]  # each has its type
        assert push(project, anki) == 1
        assert capsys.readouterr().err.splitlines()[-1] == f"hitoe: {said}"


@pytest.mark.parametrize(
    ("status", "raw"),
    [
        (200, b"<html>"),
        (200, b"\xff\xfe"),
        (200, b"[]"),
        (200, b"[" * 10**5),
        (200, b'{"result": 1}'),
        (404, b'{"result": {"permission": "granted", "version": 6}, "error": null}'),
        (302, b'{"result": {"permission": "granted", "version": 6}, "error": null}'),
    ],
)
def test_another_server_is_told_and_its_redirects_are_not_followed(status: int, raw: bytes) -> None:
    with running(Stub(status=status, raw=raw)) as anki:
        said = refused(anki)
        assert said == f"what answers at {anki.address} is not AnkiConnect: name its address with --url"
        assert len(anki.asked) == 1


def test_a_server_that_speaks_no_http_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"220 mail\r\n")

        thread = Thread(target=answer)
        thread.start()
        stub = Stub(address=f"http://127.0.0.1:{server.getsockname()[1]}")
        assert "is not AnkiConnect" in refused(stub)
        thread.join()


def test_an_answer_that_does_not_end_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                for _ in range(200):
                    connection.sendall(b" ")
                    time.sleep(0.01)

        thread = Thread(target=answer)
        thread.start()
        start = time.monotonic()
        assert "is not AnkiConnect" in refused(Stub(address=f"http://127.0.0.1:{server.getsockname()[1]}"))
        assert time.monotonic() - start < 1.5
        thread.join()


def test_an_anki_that_waits_for_its_user_is_told(anki: Stub) -> None:
    anki.silent = True
    said = "Anki does not answer: close what it shows in front of its window, and try again"
    assert refused(anki, seconds=0.2) == said


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1:8765",
        "http://192.168.0.2:8765",
        "http://example.com",
        "http://localhost.example.com:8765",
        "http://127.0.0.1:8765@example.com/",
        "http://me:secret@127.0.0.1:8765",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:8765/path",
        "http://0.0.0.0:8765",
        "file:///etc/passwd",
        "127.0.0.1:8765",
        "http://[::1",
    ],
)
def test_only_this_machine_is_asked(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["push", "-C", str(tmp_path), "--url", address]) == 1
    assert capsys.readouterr().err == (
        f"hitoe: '{address}' is no address of this machine: AnkiConnect is asked at http://127.0.0.1:8765 or the like\n"
    )


@pytest.mark.parametrize("address", ["http://localhost:8765", "http://127.0.0.2", "http://[::1]:8765/"])
def test_other_names_of_this_machine_are_allowed(address: str) -> None:
    AnkiConnect(address)


def test_a_proxy_is_not_asked(project: Path, anki: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(Stub()) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.address)
        monkeypatch.delenv("no_proxy", raising=False)
        assert push(project, anki) == 0
        assert proxy.asked == []
    assert len(anki.shown) == 1
