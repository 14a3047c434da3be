"""Whether sources are still there: asked of a web server of the test's own, at 127.0.0.1, and of nobody else."""

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic

import pytest
from hitoe import checks, links
from hitoe.cli import main
from hitoe.commands import check
from hitoe.links import RequestLimits
from support.notes import written

FAST = RequestLimits(pause=0, timeout=60, total=300)
"""Nothing here takes so long, but a busy machine may stand still for seconds."""
NOW = 1_700_000_000


class Server(ThreadingHTTPServer):
    """A web server that remembers what it was asked for, when, and how often at a time."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, str]] = []
        self.times: list[float] = []
        self.at_a_time = self.most_at_a_time = 0
        self.lock = Lock()
        self.over = Event()
        self.elsewhere = ""

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers by what the path says."""

    server: Server

    def answer(self) -> None:
        with self.server.lock:
            self.server.at_a_time += 1
            self.server.most_at_a_time = max(self.server.most_at_a_time, self.server.at_a_time)
            self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
            self.server.times.append(monotonic())
        word = self.path.strip("/").partition("/")[0]
        if word == "slow":
            self.server.over.wait(10)
        self.server.over.wait(0.02)
        status = int(word) if word.isdigit() else 405 if word == "get" and self.command == "HEAD" else 200
        self.send_response(status)
        if status in (301, 302):
            rest = self.path.removeprefix(f"/{status}")
            away = rest.startswith("/away")
            self.send_header("Location", self.server.elsewhere + rest.removeprefix("/away") if away else rest)
        self.send_header("Content-Length", "0")
        with self.server.lock:
            self.server.at_a_time -= 1
        self.end_headers()

    do_HEAD = do_GET = answer  # noqa: N815 (the library's names)

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as one:
        Thread(target=one.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield one
        one.over.set()
        one.shutdown()


@pytest.fixture
def other() -> Iterator[Server]:
    with Server() as one:
        Thread(target=one.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield one
        one.over.set()
        one.shutdown()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))


def noted(folder: Path, *addresses: str) -> Path:
    """Write notes with these sources; the first address stands in line 7, column 25."""
    sources = "".join(f"      - {{title: T, url: '{address}'}}\n" for address in addresses)
    return written(
        folder / "project",
        {"t.yaml": f"topic: t\ntitle: 題\nentries:\n  e:\n    title: 題\n    sources:\n{sources}    points: [点]\n"},
    )


def report(project: Path, limits: RequestLimits = FAST, now: int = NOW) -> check.Findings:
    return check.ask_links(checks.trusted(project), now, limits, lambda: None)


def warned(folder: Path, address: str, limits: RequestLimits = FAST) -> list[str]:
    return [str(each) for each in report(noted(folder, address), limits).warnings]


def test_what_is_there_is_passed_over_and_counted(tmp_path: Path, server: Server) -> None:
    project = noted(tmp_path, f"{server.home}/a", f"{server.home}/b#part", f"{server.home}/b#other")
    answers: list[int] = []
    found = check.ask_links(checks.trusted(project), NOW, FAST, lambda: answers.append(1))
    assert len(answers) == 2
    assert (found.warnings, found.problems) == ([], [])
    assert found.sentences == ["2 of 2 sources looked at, 0 of them within the last day"]
    assert [(method, path) for method, path, _ in server.asked] == [("HEAD", "/a"), ("HEAD", "/b")]


def test_the_server_is_told_who_asks(tmp_path: Path, server: Server) -> None:
    report(noted(tmp_path, f"{server.home}/a"))
    assert server.asked[0][2].startswith("hitoe/")


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_stops_with_its_place(
    tmp_path: Path, server: Server, other: Server, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    project = noted(tmp_path, f"{server.home}/{status}/x", f"{other.home}/403")
    assert main(["check", "--links", "-C", str(project)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"content/t.yaml:8:25: warning: {other.home}/403 answers 403: look at it in a browser",
        f"content/t.yaml:7:25: {server.home}/{status}/x is gone ({status}): find where it went, or name another source",
        "hitoe: 1 problem, nothing was written",
    ]


def test_a_server_that_refuses_head_is_asked_for_the_whole(tmp_path: Path, server: Server) -> None:
    assert warned(tmp_path, f"{server.home}/get") == []
    assert [method for method, _, _ in server.asked] == ["HEAD", "GET"]


def test_where_a_page_moved_for_ever_is_told(tmp_path: Path, server: Server, other: Server) -> None:
    server.elsewhere = other.home
    assert warned(tmp_path, f"{server.home}/301/301/away/new") == [
        f"content/t.yaml:7:25: {server.home}/301/301/away/new has moved: write {other.home}/new"
    ]
    assert warned(tmp_path, f"{server.home}/302/new") == []
    assert warned(tmp_path, f"{server.home}/301/302/new") == [
        f"content/t.yaml:7:25: {server.home}/301/302/new has moved: write {server.home}/302/new"
    ]


def test_a_page_that_moved_and_is_gone_is_gone(tmp_path: Path, server: Server) -> None:
    assert "is gone (404)" in str(report(noted(tmp_path, f"{server.home}/301/404")).problems[0])


def test_no_redirection_leads_to_a_file(tmp_path: Path, server: Server) -> None:
    server.elsewhere = "file:///etc/hostname"
    assert "does not answer" in warned(tmp_path, f"{server.home}/301/away")[0]


def test_a_ring_of_redirections_ends(tmp_path: Path, server: Server) -> None:
    server.elsewhere = f"{server.home}/302/away"
    assert warned(tmp_path, f"{server.home}/302/away") == [
        f"content/t.yaml:7:25: {server.home}/302/away does not answer (too many redirects): "
        "try again later, or look at it in a browser"
    ]


def test_a_slow_server_and_a_closed_door_are_told_and_not_remembered(tmp_path: Path, server: Server) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{unused.getsockname()[1]}/"
    project = noted(tmp_path, f"{server.home}/slow", closed)
    found = report(project, RequestLimits(pause=0, timeout=0.2, total=20))
    assert ["does not answer (timed out)" in str(found.warnings[0]), "refused" in str(found.warnings[1])] == [
        True,
        True,
    ]
    assert (
        report(project, RequestLimits(pause=0, timeout=0.2, total=20))
        .sentences[0]
        .endswith("0 of them within the last day")
    )


def test_when_the_time_is_over_the_rest_is_left(tmp_path: Path, server: Server) -> None:
    started = monotonic()
    found = report(noted(tmp_path, *(f"{server.home}/slow/{n}" for n in range(9))), RequestLimits(0, 60, total=0.3))
    assert monotonic() - started < 10
    assert found.sentences[-1] == f"for {9 - int(found.sentences[0].split()[0])} there was no time: run it again"


def test_each_server_is_asked_one_thing_at_a_time_with_a_pause(tmp_path: Path, server: Server, other: Server) -> None:
    server.elsewhere = other.home
    pages = [f"{home}/{n}" for n in "abc" for home in (server.home, f"{server.home}/302/away", other.home)]
    report(noted(tmp_path, *pages), RequestLimits(pause=0.1, timeout=60, total=300))
    for each in (server, other):
        assert each.most_at_a_time == 1
        assert len(each.times) == 6
        assert min(b - a for a, b in zip(each.times, each.times[1:], strict=False)) >= 0.1


def test_answers_are_remembered_for_a_day(tmp_path: Path, server: Server) -> None:
    project = noted(tmp_path, f"{server.home}/a", f"{server.home}/404", f"{server.home}/503")
    report(project)
    asked = len(server.asked)
    again = report(project, now=NOW + 86_399)
    assert again.sentences == ["3 of 3 sources looked at, 2 of them within the last day"]
    assert len(again.problems) == len(again.warnings) == 1
    assert {path for _, path, _ in server.asked[asked:]} == {"/503"}
    report(project, now=NOW + 86_400)
    assert {path for _, path, _ in server.asked[asked + 2 :]} == {"/503", "/a", "/404"}


@pytest.mark.parametrize("damage", ["", "{", "[1]", '{"http://127.0.0.1/": 3}'])
def test_a_damaged_memory_is_as_good_as_none(tmp_path: Path, server: Server, damage: str) -> None:
    project = noted(tmp_path, f"{server.home}/a")
    report(project)
    (project / "build" / ".cache" / "links.json").write_text(damage, "utf-8")
    assert report(project).sentences == ["1 of 1 sources looked at, 0 of them within the last day"]


def test_letters_that_no_address_may_have_are_spelt_out(tmp_path: Path, server: Server) -> None:
    assert warned(tmp_path, f"{server.home}/頁?q=語") == []
    assert server.asked[0][1] == "/%E9%A0%81?q=%E8%AA%9E"


def test_only_those_who_ask_for_it_go_to_the_network(tmp_path: Path, server: Server) -> None:
    project = noted(tmp_path, f"{server.home}/404")
    assert main(["check", "-C", str(project)]) == 0
    assert main(["check", "--evidence", "-C", str(project)]) == 0
    assert server.asked == []


def test_of_retired_entries_nothing_is_asked(tmp_path: Path, server: Server) -> None:
    project = noted(tmp_path, f"{server.home}/404")
    path = project / "content" / "t.yaml"
    path.write_text(path.read_text("utf-8") + "    retired: true\n", "utf-8")
    assert links.source_addresses(checks.trusted(project)) == {}
