"""Every way in which an author may edit notes without costing learners a review. Each returns whether it could."""

from collections.abc import Callable, Sequence

from support.authoring import KINDS, Author
from support.notebook import Item, Thing


def reword(author: Author) -> bool:
    """Say anything in other words."""
    item = author.item()
    if item is None:
        return False
    parts = [*item.rows, *item.columns, *item.steps]
    chosen = author.random.choice(["text", "words", "part", "cell", "blank", "entry"])
    if chosen == "words" and item.words:
        name = author.random.choice(list(item.words))
        item.words[name] = str(author.random.randint(100, 999)) if name == "value" else author.words(name)
    elif chosen == "part" and parts:
        part = author.random.choice(parts)
        part.text = author.words("部分")
    elif chosen == "cell" and item.cells:
        author.random.choice(list(item.cells.values())).text = author.words("セル")
    elif chosen == "blank" and item.blanks:
        item.blanks[author.random.choice(list(item.blanks))] = author.words("穴")
    elif chosen == "entry":
        author.entry().text = author.words("題")
    else:
        item.text = author.words("問い")
    return True


def retitle(author: Author) -> bool:
    """Give a topic another title, sometimes one that another topic has."""
    other = author.topic().title if author.random.random() < 0.3 else author.words("分野")
    author.topic().title = other
    return True


def reorder(author: Author) -> bool:
    """Put entries, items, rows, columns or steps into another order."""
    item = author.item()
    lists: list[list[Thing]] = [author.topic().entries, author.entry().items]  # type: ignore[list-item]
    lists += [item.rows, item.columns, item.steps] if item else []
    author.random.shuffle(author.random.choice(lists))
    return True


def rename(author: Author) -> bool:
    """Give a thing another key, sometimes one that another thing had once."""
    things, prefix = _siblings(author)
    if not things:
        return False
    thing = author.random.choice(things)
    taken = {other.key for other in author.notebook.entries()} | {other.key for other in things}
    free = [key for key in author.freed if key not in taken]
    new = author.random.choice(free) if free and author.random.random() < 0.3 else author.fresh("key")
    author.freed.append(thing.key)
    _rekey(thing, prefix, new)
    return True


def swap(author: Author) -> bool:
    """Let two things of one kind change keys."""
    things, prefix = _siblings(author)
    if len(things) < 2:
        return False
    one, other = author.random.sample(list(things), 2)
    keys = one.key, other.key
    _rekey(one, prefix, keys[1])
    _rekey(other, prefix, keys[0])
    return True


def _siblings(author: Author) -> tuple[Sequence[Thing], str]:
    """Return things whose keys must differ, and the shape of their full paths."""
    item, entry = author.item() or author.add_item("fact"), author.entry()
    path = item.birth
    choices: list[tuple[Sequence[Thing], str]] = [(item.rows, path + "[{}]"), (item.columns, path + "[,{}]")]
    choices = [choice for choice in [*choices, (item.steps, path + "[{}]")] if choice[0]]
    return author.random.choice([*choices, (entry.items, entry.key + ".{}"), (author.notebook.entries(), "{}")])


def _rekey(thing: Thing, shape: str, key: str) -> None:
    """Rename as content/README.md says: `was` gets the first path, then each later one."""
    first = thing.birth if isinstance(thing, Item) else shape.format(thing.birth)
    thing.was = [*thing.was, shape.format(thing.key)] if thing.was else [first]
    thing.key = key


def move(author: Author) -> bool:
    """Move an entry to another file, or an item to another entry."""
    if author.random.random() < 0.5:
        source, target = author.topic(), author.topic()
        if source is target or not source.entries:
            return False
        target.entries.append(source.entries.pop(author.random.randrange(len(source.entries))))
        return True
    start, end = author.entry(), author.entry()
    if start is end or not start.items or start.retired or end.retired:
        return False
    item = start.items.pop(author.random.randrange(len(start.items)))
    if item.key in {other.key for other in end.items}:
        _rekey(item, start.key + ".{}", author.fresh("key"))
    item.was = item.was or [item.birth]
    end.items.append(item)
    return True


def split(author: Author) -> bool:
    """Move half of a file's entries to a new file; a file without entries is not written."""
    topic = author.topic()
    half = len(topic.entries) // 2
    author.add_topic().entries, topic.entries = topic.entries[half:], topic.entries[:half]
    return True


def rename_file(author: Author) -> bool:
    """Give a file another name, folder and sometimes key."""
    topic = author.topic()
    topic.file = f"{author.random.choice(['', 'z/', 'topics/'])}{author.fresh('file')}.yaml"
    if author.random.random() < 0.3:
        topic.key = author.fresh("topic")
    return True


def add(author: Author) -> bool:
    """Add an item, a row, a column, a step or a cloze number."""
    what, table = author.random.choice(["item", "row", "column", "step", "blank"]), author.table()
    if what == "item":
        author.add_item(author.random.choice(KINDS))
    elif what == "blank":
        cloze = author.cloze()
        cloze.blanks[max([*cloze.blanks, *cloze.retired_blanks]) + 1] = author.words("穴")
    elif what == "step":
        steps = author.item("steps")
        if steps is None:
            return False
        steps.steps.insert(author.random.randint(0, len(steps.steps)), author.part("step"))
    else:
        things = table.rows if what == "row" else table.columns
        things.insert(author.random.randint(0, len(things)), author.part(what))
        author.fill(table)
    return True


def remove(author: Author) -> bool:
    """Delete an item or a row that no learner was given."""
    for entry in author.notebook.entries():
        for item in entry.items:
            if not _shipped(author, item.birth):
                entry.items.remove(item)
                return True
            for row in item.rows:
                if len(item.rows) > 1 and not _shipped(author, f"{item.birth}[{row.birth}"):
                    item.rows.remove(row)
                    return True
    return False


def _shipped(author: Author, path: str) -> bool:
    return any(other == path or other.startswith((path + "[", path + ",", path + "]")) for other in author.shipped)


def retire(author: Author) -> bool:
    """Retire an item, a part of one, a cloze number, or seldom a whole entry."""
    what = author.random.choice(["item", "part", "part", "blank", "entry"])
    item = author.item()
    if item is None:
        return False
    if what == "blank":
        cloze = author.cloze()
        if len(cloze.blanks) < 2:
            return False
        number = author.random.choice(list(cloze.blanks))
        del cloze.blanks[number]
        cloze.retired_blanks.append(number)
    elif what == "part" and (parts := [*item.rows, *item.columns, *item.steps]):
        if item.steps and sum(not step.retired for step in item.steps) < 3:
            return False
        author.random.choice(parts).retired = True
    elif what == "entry" and author.random.random() < 0.2:
        author.entry().retired = True
    else:
        item.retired = True
    return True


def bring_back(author: Author) -> bool:
    """Take back that an entry, an item or a part of one is retired."""
    parts = [part for item in author.notebook.items() for part in (item, *item.rows, *item.columns, *item.steps)]
    retired = [thing for thing in (*author.notebook.entries(), *parts) if thing.retired]
    if not retired:
        return False
    author.random.choice(retired).retired = False
    return True


def turn(author: Author) -> bool:
    """Ask a table's cells the other way, or a fact also in reverse or no more."""
    item = author.item("table", "fact", "code")
    if item is None:
        return False
    if item.kind != "table":
        return _toggle(item, "reverse", author.words("逆"))
    direction = author.random.choice(["forward", "reverse", "both", "none"])
    chosen = author.random.random()
    if chosen < 0.5:
        item.ask[author.random.choice(item.columns).birth] = direction
    elif chosen < 0.8:
        author.random.choice(list(item.cells.values())).ask = direction
    else:
        item.ask_rows = not item.ask_rows
    return True


def enrich(author: Author) -> bool:
    """Add a hint, an explanation, another question, a picture, a source or a tag, or take it away."""
    item, entry = author.item(), author.entry()
    if item is None:
        return False
    names = ["hint", "extra", "image", "tag", "source", *(["ask"] if item.kind in ("fact", "code") else [])]
    name = author.random.choice(names)
    if name == "image":
        item.image = author.picture() if item.image is None or author.random.random() < 0.7 else None
    elif name == "tag":
        author.random.choice([item.tags, entry.tags]).append(author.fresh("札 "))
    elif name == "source":
        # No entry names a source twice.
        entry.sources.append((author.words("出典"), f"https://docs.example.com/?a=1&b={len(entry.sources) + 2}"))
    else:
        return _toggle(item, name, author.words(name))
    return True


def _toggle(item: Item, name: str, words: str) -> bool:
    if item.words.pop(name, None) is None:
        item.words[name] = words
    return True


EDITS: tuple[Callable[[Author], bool], ...] = (
    *(reword, reword, retitle, reorder, rename, rename, swap, move, split),
    *(rename_file, add, add, remove, retire, bring_back, turn, turn, enrich, enrich),
)


def edit(author: Author) -> str:
    """Make one random edit and return its name."""
    while True:
        chosen = author.random.choice(EDITS)
        if chosen(author):
            return chosen.__name__
