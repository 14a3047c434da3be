"""Asking web servers politely: one request at a time for each, a pause between them, and an end to it all."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from queue import Empty, Queue
from threading import Lock, Thread
from time import monotonic, sleep
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request, UnknownHandler

from hitoe import __version__

AGENT = f"hitoe/{__version__} (looks whether the sources of study notes are still there)"
MOST_HOPS = 5
FOLLOWED, FOR_EVER = (301, 302, 303, 307, 308), (301, 308)
REFUSED = 400
SAFE = "%/:?#[]@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Manners:
    """Seconds: between two requests to a server, for one request, and for all; and how many servers at a time."""

    pause: float = 0.5
    patience: float = 10.0
    box: float = 120.0
    servers: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of an address: the last status, or 0 and why there is none; and where it has moved for ever."""

    status: int
    moved: str = ""
    why: str = ""


def visited(addresses: Sequence[str], manners: Manners) -> Iterator[tuple[str, Answer]]:
    """Yield answers as they come; when the time is over, those that are missing never come."""
    visit = _Visit(manners)
    by_server: dict[str, list[str]] = {}
    for address in addresses:
        by_server.setdefault(urlsplit(address).netloc, []).append(address)
    waiting = deque(by_server.values())
    answers: Queue[tuple[str, Answer]] = Queue()

    def work() -> None:
        while True:
            try:
                batch = waiting.popleft()
            except IndexError:
                return
            for address in batch:
                if visit.left <= 0:
                    return
                answers.put((address, visit.answer(address)))

    for _ in range(min(manners.servers, len(by_server))):
        Thread(target=work, daemon=True).start()  # one that never ends does not keep hitoe from ending
    for _ in addresses:
        try:
            yield answers.get(timeout=max(visit.left, 0) + manners.pause)
        except Empty:
            return


class _Visit:
    """One round of asking: when it ends, and when each server was last asked."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._end = monotonic() + manners.box
        self._locks: dict[str, Lock] = {}
        self._asked: dict[str, float] = {}
        self._opener = OpenerDirector()  # bare: it follows nothing, raises for no status, and opens no files
        for handler in (ProxyHandler(), UnknownHandler(), HTTPHandler(), HTTPSHandler()):
            self._opener.add_handler(handler)

    @property
    def left(self) -> float:
        """Seconds until the end."""
        return self._end - monotonic()

    def answer(self, address: str) -> Answer:
        """Return what comes of an address, through all its redirections."""
        at, moved, for_ever = address, "", True
        try:
            for _ in range(MOST_HOPS):
                status, target = self._ask("HEAD", at)
                if status >= REFUSED:  # some servers refuse only this
                    status, target = self._ask("GET", at)
                if status not in FOLLOWED or not target:
                    return Answer(status=status, moved=moved)
                at = urljoin(at, target)
                for_ever = for_ever and status in FOR_EVER
                moved = at if for_ever else moved
            return Answer(status=0, why="it leads on and on")
        except (OSError, HTTPException, ValueError) as error:
            return Answer(status=0, why=str(getattr(error, "reason", error)) or type(error).__name__)

    def _ask(self, method: str, address: str) -> tuple[int, str | None]:
        """Return the status, and where the server sends one."""
        server = urlsplit(address).netloc
        with self._locks.setdefault(server, Lock()):
            sleep(max(0.0, self._asked.get(server, 0.0) + self._manners.pause - monotonic()))
            seconds = min(self._manners.patience, self.left)
            if seconds <= 0:
                raise TimeoutError("no time left")
            request = Request(_spelt(address), headers={"User-Agent": AGENT}, method=method)
            try:
                with self._opener.open(request, timeout=seconds) as response:
                    return response.status, response.headers.get("Location")
            finally:
                self._asked[server] = monotonic()


def _spelt(address: str) -> str:
    """Return an address in the signs that a request can hold."""
    parts = urlsplit(address)
    server = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    return urlunsplit((parts.scheme, server, quote(parts.path, SAFE), quote(parts.query, SAFE), ""))
