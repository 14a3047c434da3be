"""Targets of files that come from Anki and other programs: a learner's collection, and what is imported."""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

from hitoe import checks, progress
from hitoe.commands import import_
from hitoe.problems import InputError
from hitoe.progress import report
from support.anki_engine import collection as opened
from support.anki_engine import import_deck
from support.foreign import add, export, picture
from support.projects import build
from support.studying import exported, study
from zstandard import ZstdCompressor, ZstdDecompressor, ZstdError

from fuzzing.mutations import BYTES, mutated
from fuzzing.notes import example
from fuzzing.target import BrokenRuleError, Target, outcome
from fuzzing.text_mutations import YAML
from fuzzing.words import SCALARS

SQLITE = b"SQLite format 3"
HTML = [
    *(
        "<b>x</b>",
        "<div><ul><li>a<ol><li>b</ol></ul>",
        '<img src="a.png">',
        '<img src="../../x.png">',
        "<table><tr><td>a</table>",
        "<pre><code>x\n y</code></pre>",
    ),
    *(
        "[sound:a.mp3]",
        "\\(x^2\\)",
        "\\[\\frac{1}{2}\\]",
        "[latex]x[/latex]",
        "<anki-mathjax>x</anki-mathjax>",
        "<ruby>漢<rt>かん</rt></ruby>",
        " 漢字[かんじ]",
    ),
    *(
        "{{c1::x::y}}",
        "{{c1::{{c2::x}}}}",
        "{{c1,2::x}}",
        "<div>" * 300,
        "<ul><li>" * 400,
        "\\(" * 900 + "x" + "\\)" * 900,
        "_a_" * 900,
        "$x_{" * 400,
        "<b><i><u>" * 99,
        "&nbsp;&lt;&#0;",
        "a<br><br>b",
        "<span style='color:red'>x</span>",
    ),
    *(
        '<a href="http://x.y/(z)">q</a>',
        "<sub>1</sub><sup>2</sup>",
        "**x** _y_ `z` # - 1.",
        "{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}}",
    ),
    *(
        "{{c1::image-occlusion:polygon:points=.1,.2 .3,.4}}",
        "{{c0::image-occlusion:text:text=a:scale=nan}}",
        "\x1f",
        "\x1f\x1f",
        "<script>x</script>",
        "<svg><rect/></svg>",
    ),
]


def _sqlite(raw: bytes, random: Random) -> bytes:
    """Return a database with other values in some places, or with other tables."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.create_collation("unicase", lambda one, other: (one > other) - (one < other))
            database.deserialize(raw)
            names = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
            for _ in range(random.choice([1, 1, 2, 5])):
                table = random.choice([*names, *({"notes", "cards", "col", "revlog"} & {*names})])
                columns = [row[1] for row in database.execute(f'pragma table_info("{table}")')]
                column, value = random.choice(columns), _value(random)
                rows = random.choice(
                    ["", " where rowid = (select max(rowid) from {0})", " where rowid = (select min(rowid) from {0})"]
                ).format(table)
                statement = random.choice(
                    [f'update "{table}" set "{column}" = ?{rows}'] * 9 + [f'delete from "{table}"{rows}']
                )
                database.execute(statement, [value] * statement.count("?"))
                if random.random() < 0.03:
                    database.execute(
                        random.choice(
                            [f'drop table "{table}"', f'alter table "{table}" rename column "{column}" to other']
                        )
                    )
            database.commit()
            return database.serialize()
        except (sqlite3.Error, IndexError):  # what is changed may be damaged already
            return raw


def _value(random: Random) -> object:
    texts = [*random.choices(HTML, k=4), *random.choices(SCALARS, k=3)]
    joined = random.choice(["", "\x1f", " "]).join(texts)
    numbers = [0, -1, 1, 2, 3, 2**31, 2**63 - 1, -(2**63), 1.5, 1e308, 10**12]
    bytes_ = [b"", b"\0", b"\xff\xfe", b"\x0a\x01x", b"\x08\x01", b"\x80" * 99, b"\x0a\xff\xff\xff\xff\x7f"]
    return random.choice(
        [random.choice(numbers), random.choice(texts), joined, random.choice(bytes_), None, random.choice(texts)]
    )


def packaged(raw: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Change what is in a package or a database; of other bytes only bytes."""
    if raw.startswith(SQLITE):
        return _sqlite(raw, random)
    try:
        with ZipFile(BytesIO(raw)) as package:
            members = {name: package.read(name) for name in package.namelist()}
    except Exception:  # what is changed may be damaged already
        return raw
    if not members:
        return raw
    name = random.choice(list(members))
    members[name] = _member(members[name], random)
    if random.random() < 0.1:
        members[random.choice([*members, "media", "meta", "0", "../x", "collection.anki21b", "collection.anki2"])] = (
            members.pop(name)
        )
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return file.getvalue()


def _member(content: bytes, random: Random) -> bytes:
    try:
        plain = ZstdDecompressor().decompress(content, max_output_size=1 << 24)
    except (ZstdError, ValueError):
        return (
            _sqlite(content, random)
            if content.startswith(SQLITE)
            else mutated(content, random, [content], (*BYTES, *YAML))
        )
    return ZstdCompressor().compress(
        _sqlite(plain, random) if plain.startswith(SQLITE) else mutated(plain, random, [plain], BYTES)
    )


PACKAGED = (packaged, packaged, packaged, *BYTES)


def collections(folder: Path) -> Target:
    """Return the target of collections in all forms: what `hitoe progress` prints of them."""
    root = example(folder)
    with opened(folder / "home") as col:
        import_deck(col, build(root))
        study(col, Random(1), 3)
        forms = exported(col, folder)
    project, path = checks.trusted(root), folder / "given.colpkg"

    def run(raw: bytes) -> Sequence[str]:
        path.write_bytes(raw)

        def read() -> None:
            found = progress.of(project, path, folder / "copy")
            report.as_json(found, None)
            report.table(found, None)

        said = outcome(read)
        if (folder / "copy").exists():
            raise BrokenRuleError("the copy of the collection stays")
        return said

    seeds = [form.read_bytes() for form in forms.values()]
    return Target("collection", ".colpkg", seeds, run, (packaged, packaged, packaged, *BYTES), share=3, factor=4)


def _imports(folder: Path, ending: str, *, keep: bool = False) -> Callable[[bytes], Sequence[str]]:
    """Return a function that imports a file into a project of its own; what comes of it must pass `hitoe check`."""
    path = folder / f"given{ending}"
    number = 0

    def run(raw: bytes) -> Sequence[str]:
        nonlocal number
        path.write_bytes(raw)
        shutil.rmtree(folder / f"into{number}", ignore_errors=True)
        shutil.rmtree(folder / f"scratch{number}", ignore_errors=True)
        number += 1
        root, scratch = folder / f"into{number}", folder / f"scratch{number}"
        scratch.mkdir()

        def read() -> None:
            imported = import_._read(path, root, scratch, lambda: None, keep=keep)
            ledger = import_._ledger(imported, root, scratch) if imported.kept else None
            import_._write(imported, root, ledger)
            list(imported.losses.summary("x"))
            try:
                checks.trusted(root)
            except InputError as error:
                raise BrokenRuleError(f"what was imported is refused: {error}") from error

        said = outcome(read)
        if {each.name for each in folder.iterdir()} - {path.name, root.name, scratch.name, "home", "seeds"}:
            raise BrokenRuleError("something was written beside the project")
        return said

    return run


def packages(folder: Path) -> Target:
    """Return the target of packages that are imported."""
    return Target("apkg", ".apkg", _packages(folder), _imports(folder, ".apkg"), PACKAGED, share=2, factor=4)


def kept_packages(folder: Path) -> Target:
    """Return the target of packages whose collections go on."""
    run = _imports(folder, ".apkg", keep=True)
    return Target("kept", ".apkg", _packages(folder), run, PACKAGED, share=2, factor=4)


def _packages(folder: Path) -> list[bytes]:
    with opened(folder / "home") as col:
        picture(col, "a.png")
        for type_, fields in (
            ("Basic", {"Front": "問い <b>x</b>", "Back": '<img src="a.png">'}),
            ("Basic (and reversed card)", {"Front": "a", "Back": "<ul><li>b</li></ul>"}),
            ("Basic (type in the answer)", {"Front": "a c", "Back": "b"}),
            ("Cloze", {"Text": "{{c1::x}} と {{c2::y::z}}", "Back Extra": "\\(x\\)"}),
            ("Image Occlusion", {"Occlusion": HTML[-8], "Image": '<img src="a.png">', "Header": "h"}),
        ):
            add(col, type_, fields)
        (folder / "seeds").mkdir()
        return [
            export(col, folder / "seeds" / f"{legacy}.apkg", legacy=legacy).read_bytes() for legacy in (False, True)
        ]


def tables(folder: Path) -> Target:
    """Return the target of tables that are imported."""
    rows = ["問い,答え", '"a ""b""",c', *(f'"{cell}",x' for cell in HTML[:20]), "{{c1::x}},y"]
    quizlet = "\n".join(f"{cell}\tx" for cell in HTML)
    anki = "#separator:tab\n#html:true\n#tags column:3\n#deck column:4\n#notetype column:5\n" + "\n".join(
        f"a\t{cell}\tt u\td::e\tn" for cell in HTML[:15]
    )
    seeds = ["\n".join(rows), quizlet, anki, "Front,Back,Extra\na,b,c\n", "問い;答え\na;b\n"]
    return Target(
        "csv",
        ".csv",
        [seed.encode() for seed in seeds],
        _imports(folder, ".csv"),
        (*YAML, *BYTES, _html),
        share=2,
        factor=4,
    )


def markdown(folder: Path) -> Target:
    """Return the target of Markdown that is imported."""
    seeds = [
        "Q: 問い\nA: 答え\n\nQ: **a** `b`\nA: - x\n- y\n",
        "# 見出し\n本文 $x^2$\n\n## b\n```python\nx = 1\n```\n![x](a.png)\n",
        "| 問 | 答 |\n|---|---|\n| a | b |\n| c \\| d | [e](http://x.y) |\n",
        "\n".join(f"Q: {cell}\nA: {cell}" for cell in HTML),
    ]
    return Target(
        "markdown",
        ".md",
        [seed.encode() for seed in seeds],
        _imports(folder, ".md"),
        (*YAML, *BYTES, _html),
        share=2,
        factor=4,
    )


def _html(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    at = random.randint(0, len(raw))
    return raw[:at] + random.choice(HTML).encode() * random.choice([1, 1, 1, 20]) + raw[at:]


TARGETS: Sequence[Callable[[Path], Target]] = (collections, packages, kept_packages, tables, markdown)
