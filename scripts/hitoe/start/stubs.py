"""Adds a topic, an entry or an item, which its author then fills in, to the files of a project."""

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from hitoe import checks, content_folder, resources, writing
from hitoe.messages import joined, say
from hitoe.model import loader
from hitoe.model.project import CONTENT, Project, is_topic
from hitoe.problems import InputError, Position, RefusedError, did_you_mean
from hitoe.release.taken_keys import TakenKeys, mapping
from hitoe.source import Document, Loc, read, splicing
from hitoe.start.key_names import unused

TOPIC = "# yaml-language-server: $schema={schema}\ntopic: {key}\ntitle: {title}\nentries:\n"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be added: `topic`, `entry` or a kind of item, its title, key and place, and a picture's file.

    `place` is the key of an entry, or of a topic, whose last entry it then is. `week` is when entries are learned.
    """

    kind: str
    title: str = ""
    key: str = ""
    place: str = ""
    image: str = ""
    week: str = ""


def add(root: Path, wanted: Wanted) -> Position:
    """Add to a file of the project, or a file to it, and return where the new key is.

    Raises:
        InputError: the file cannot be read, or has no place for lines.
        RefusedError: the key is taken, there is no such place, or what is added would be a mistake.
    """
    texts, problems = loader.texts(root)
    checked = checks.deck_file(root, texts)
    if (deck := checked.project) is None:
        raise InputError([*problems, *checked.problems])
    files = {name: read(name, text) for name, text in texts.items() if is_topic(name)}
    documents = {name: document for name, (document, _) in files.items() if document}
    taken = TakenKeys(root, documents)
    if wanted.kind == "topic":
        document, loc = _topic(deck, documents, taken, wanted)
    else:
        try:
            file, entry = _place(documents, wanted)
        except RefusedError:
            if unclear := [problem for _, found in files.values() for problem in found]:
                raise InputError(unclear) from None  # the place is perhaps there
            raise
        if files[file][1]:
            raise InputError(files[file][1])
        document, loc = _inside(deck, documents[file], entry, taken, wanted)
    _write(deck, texts.get(document.file), document)
    return document.at(loc, key=True)


def _topic(deck: Project, documents: Mapping[str, Document], taken: TakenKeys, wanted: Wanted) -> tuple[Document, Loc]:
    """Return the document of a new topic, in the folder that has most of the topics, and the location of its entry."""
    if not wanted.title:
        raise RefusedError('a topic needs a title: hitoe new topic "TITLE"')
    folders = Counter(str(PurePosixPath(file).parent) for file in documents)
    folder = PurePosixPath(folders.most_common(1)[0][0] if folders else f"{CONTENT}/topics")
    used = {PurePosixPath(file).stem for file in documents if PurePosixPath(file).parent == folder}
    key = _key(wanted, "topic", taken.topics | used)
    depth = len(folder.parts) - 1
    text = TOPIC.format(
        schema=f"{'../' * depth}.schema/topic.schema.json",
        key=splicing.spelled(key),
        title=splicing.spelled(wanted.title),
    )
    document, _ = read(f"{folder}/{key}.yaml", text.encode())
    assert document is not None
    entry = unused("", "entry", taken.entries)
    return _with(document, ("entries",), entry, _stub(deck, Wanted("entry", week=wanted.week)))


def _inside(deck: Project, old: Document, entry: str, taken: TakenKeys, wanted: Wanted) -> tuple[Document, Loc]:
    """Return the document with a new entry, or with a new item in an entry, and its location."""
    if wanted.kind == "entry":
        return _with(old, ("entries",), _key(wanted, "entry", taken.entries), _stub(deck, wanted))
    content = mapping(mapping(old.value).get("entries"))[entry]
    key = _key(wanted, wanted.kind, taken.items(entry, content))
    return _with(old, ("entries", entry, "items"), key, _stub(deck, wanted))


def _with(document: Document, loc: Loc, key: str, stub: str) -> tuple[Document, Loc]:
    return splicing.with_child(document, loc, key, stub, apart=len(loc) == 1), (*loc, key)


def _stub(deck: Project, wanted: Wanted) -> str:
    """Return the lines of a stub, in Japanese for a Japanese deck and otherwise in English."""
    name = f"new/{'ja' if deck.deck.language.primary == 'ja' else 'en'}.yaml"
    stubs, _ = read(name, resources.source(name).encode())
    assert stubs is not None
    stub, _ = read(name, splicing.part(stubs, (wanted.kind,)).encode())
    assert stub is not None
    title: Loc = ("title",) if wanted.kind == "entry" else (wanted.kind,)
    for loc, text in {title: wanted.title, ("learned",): wanted.week, ("image", "file"): wanted.image}.items():
        if text and stub.value_at(loc) is not None:
            stub = splicing.with_text(stub, loc, text)
    return stub.text.decode()


def _key(wanted: Wanted, generic: str, taken: set[str]) -> str:
    if wanted.key:
        splicing.spelled(wanted.key)  # refuses what no file can hold
    if wanted.key and wanted.key in taken:
        raise RefusedError(
            "the key '{key}' is taken, or was in a shipped deck: name another one with --key", key=wanted.key
        )
    return wanted.key or unused(wanted.title, generic, taken)


def _file(documents: Mapping[str, Document], wanted: Wanted) -> str:
    """Return the file of the topic that is named, or of the only one."""
    topics = {str(mapping(document.value).get("topic")): file for file, document in documents.items()}
    if wanted.place in topics:
        return topics[wanted.place]
    if wanted.place:
        raise RefusedError("no topic '{place}': {hint}", place=wanted.place, hint=did_you_mean(wanted.place, topics))
    if len(topics) == 1:
        return next(iter(documents))
    raise RefusedError(
        "name the topic with --in: {topics}", topics=joined(", ", topics) or say("there is none, so add one first")
    )


def _place(documents: Mapping[str, Document], wanted: Wanted) -> tuple[str, str]:
    """Return the file for an entry; for an item also the entry that is named, or the last one of the topic."""
    if wanted.kind == "entry":
        return _file(documents, wanted), ""
    entries = {file: list(mapping(mapping(each.value).get("entries"))) for file, each in documents.items()}
    for file, keys in entries.items():
        if wanted.place in keys:
            return file, wanted.place
    try:
        file = _file(documents, wanted)
    except RefusedError:
        if not wanted.place:
            raise
        known = [key for keys in entries.values() for key in keys]
        raise RefusedError(
            "no entry or topic '{place}': {hint}", place=wanted.place, hint=did_you_mean(wanted.place, known)
        ) from None
    if not entries[file]:
        raise RefusedError("{file} has no entries: add one with `hitoe new entry` first", file=file)
    return file, entries[file][-1]


def _write(deck: Project, old: bytes | None, document: Document) -> None:
    """Write a file, unless something is wrong with it that was not before."""
    found = checks.topic_file(deck, document.file, document.text).problems
    before = checks.topic_file(deck, document.file, old).problems if old else ()
    known = Counter(problem.message for problem in before)
    new = Counter(problem.message for problem in found) - known
    if new:  # not as InputError: there are no such lines
        raise RefusedError("nothing was added: {new}", new=joined("; ", new))
    content_folder.refuse_links(deck.root, [document.file])
    path = Path(os.path.realpath(deck.root / document.file))  # a link stays one
    writing.write(path, document.text, lasting=True)  # nothing else has the author's notes
