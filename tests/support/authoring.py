"""A notebook of random notes, and new parts for it; no two texts of one are the same."""

import struct
import zlib
from random import Random

from support.notebook import Cell, Entry, Item, Notebook, Thing, Topic

TAILS = (
    "",
    "",
    "、AWS::S3::Bucket",
    " a < b & c > d",
    "「括弧」",
    " $0.20",
    ' "x" は y',
    " か\u3099",
    " {{resolve:x}}",
)
KINDS = ("fact", "cloze", "table", "steps", "code", "calc", "choice")


class Author:
    """Owns a notebook, and knows the paths of the notes that were `shipped`."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.counter = 0
        self.notebook = Notebook([])
        self.shipped: set[str] = set()
        self.freed: list[str] = []
        for _ in range(random.randint(2, 3)):
            self.add_topic()
        for kind in KINDS:
            self.add_item(kind)

    def fresh(self, stem: str) -> str:
        """Return a word that no other thing of the notebook has."""
        self.counter += 1
        return f"{stem}{self.counter}"

    def words(self, stem: str) -> str:
        """Return a text that no other thing has, some of it hostile."""
        return f"{self.fresh(stem)}号{self.random.choice(TAILS)}"

    def topic(self) -> Topic:
        """Return any topic."""
        return self.random.choice(self.notebook.topics)

    def entry(self) -> Entry:
        """Return any entry."""
        return self.random.choice(self.notebook.entries())

    def item(self, *kinds: str) -> Item | None:
        """Return any item of these kinds, or None."""
        found = [item for item in self.notebook.items() if item.kind in (kinds or KINDS)]
        return self.random.choice(found) if found else None

    def table(self) -> Item:
        """Return any table; a notebook without one gets one."""
        return self.item("table") or self.add_item("table")

    def cloze(self) -> Item:
        """Return any cloze; a notebook without one gets one."""
        return self.item("cloze") or self.add_item("cloze")

    def add_topic(self) -> Topic:
        """Add a file with one entry."""
        folder = self.random.choice(["", "topics/", "a/b/"])
        topic = Topic(f"{folder}{self.fresh('file')}.yaml", self.fresh("topic"), self.words("分野"))
        self.notebook.topics.append(topic)
        key = self.fresh("entry")
        topic.entries.append(Entry(key, key, self.words("題")))
        return topic

    def add_item(self, kind: str) -> Item:
        """Add an item of a kind somewhere, with all that it needs."""
        entry, key = self.entry(), self.fresh("item")
        item = Item(key, f"{entry.birth}.{key}", self.words("問い"), kind=kind)
        entry.items.insert(self.random.randint(0, len(entry.items)), item)
        if kind in ("fact", "code"):
            item.words["is"] = self.words("答え")
        if kind == "calc":
            item.words["value"] = str(self.random.randint(100, 999))
        if kind == "choice":
            item.words |= {name: self.words(name) for name in ("right", "wrong", "why")}
        if kind == "cloze":
            item.blanks = {number: self.words("穴") for number in range(1, self.random.randint(2, 4))}
        if kind == "steps":
            item.steps = [self.part("step") for _ in range(self.random.randint(2, 4))]
        if kind == "table":
            item.columns = [self.part("column") for _ in range(self.random.randint(1, 3))]
            item.rows = [self.part("row") for _ in range(self.random.randint(1, 3))]
            item.ask_rows = self.random.random() < 0.3
            self.fill(item)
        return item

    def part(self, stem: str) -> Thing:
        """Return a row, column or step."""
        key = self.fresh(stem)
        return Thing(key, key, self.words(stem))

    def fill(self, table: Item) -> None:
        """Give every place of a table a cell."""
        for row in table.rows:
            for column in table.columns:
                table.cells.setdefault((row.birth, column.birth), Cell(self.words("セル")))

    def picture(self) -> str:
        """Add a picture of one pixel, or other bytes under a name that is in use, and return its name."""
        name = self.random.choice(["one.png", "two.png"])
        self.notebook.pictures[name] = _png(self.random.randbytes(3))
        return name


def _png(colour: bytes) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" + colour)) + chunk(b"IEND", b"")
