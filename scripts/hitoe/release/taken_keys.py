"""The keys that a project has, or that learners know: a new entry or item must have another one."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from hitoe.release import release
from hitoe.source import Document
from hitoe.source.document_value import Value


class TakenKeys:
    """Keys of topics and paths of entries and items, those of shipped decks and earlier names too."""

    def __init__(self, root: Path, documents: Mapping[str, Document]) -> None:
        ledgers = release.read_ledgers(root)
        values = [mapping(document.value) for document in documents.values()]
        self.topics = {str(value.get("topic")) for value in values} | {key for each in ledgers for key in each.decks}
        self._paths = {row.path.partition("[")[0] for each in ledgers for row in each.notes.values()}
        for value in values:
            self._paths.update(_earlier(value))
            for entry, content in mapping(value.get("entries")).items():
                self._paths |= {entry, *(f"{entry}.{key}" for key in mapping(mapping(content).get("items")))}

    @property
    def entries(self) -> set[str]:
        """The keys that no new entry can have."""
        return {path.partition(".")[0] for path in self._paths}

    def items(self, entry: str, content: Value) -> set[str]:
        """Return the keys that no new item of an entry can have; `content` is what the file says of the entry."""
        names = {entry, *_texts(mapping(content).get("was"))}
        return {key for name, _, key in (path.partition(".") for path in self._paths) if key and name in names}


def mapping(value: Value | None) -> dict[str, Value]:
    """Return a value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def _earlier(value: Value) -> Iterator[str]:
    """Yield the texts of all `was:` in a value."""
    inner: Iterable[Value] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    yield from _texts(mapping(value).get("was"))
    for each in inner:
        yield from _earlier(each)


def _texts(value: Value | None) -> list[str]:
    """Return one text or a list of texts as a list."""
    return [value] if isinstance(value, str) else [text for text in value or () if isinstance(text, str)]
