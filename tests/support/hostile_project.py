"""The project of a stranger, as an archive unpacks it: files of all kinds that name what is none of theirs."""

import json
from collections.abc import Callable
from pathlib import Path

from support.notes import DECK, item, written
from support.pictures import SVG, png

NOTES = item("fact: 問い\nis: 答え").replace("    items:", "    learned: 2020-W30\n    items:")
SVG_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
SHOWN = NOTES.replace("is: 答え", "is: 答え\n        image: {{file: {}, alt: 絵}}")
Feature = Callable[[Path, Path], object]
"""Adds something hostile to a project; the second folder is outside of it, with files and folders of the user."""


def outside(folder: Path) -> Path:
    """Make the user's own files, which no project may touch, and return their folder."""
    for name in ("notes", "pictures", "folder", "git"):
        (folder / name).mkdir(parents=True)
    (folder / "victim").write_text("mine")
    (folder / "folder" / "victim").write_text("mine")
    (folder / "folder" / ".x.99999999.part").write_text("mine")
    (folder / "folder" / "settings.json").write_text('{"mine": 1}')
    (folder / "notes" / "u.yaml").write_text(NOTES.replace("topic: t", "topic: secret"), "utf-8")
    (folder / "pictures" / "a.svg").write_bytes(SVG)
    (folder / "pictures" / "a.png").write_bytes(png())
    (folder / "git" / "config").write_text("[core]\n\tpager = cat\n")
    return folder


def _link(name: str, target: str) -> Feature:
    def add(project: Path, other: Path) -> None:
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target.format(other))

    return add


def _shown(name: str, content: str) -> Feature:
    def add(project: Path, other: Path) -> None:
        written(project, {"shown.yaml": SHOWN.format(name).replace("topic: t", "topic: shown").replace("  e:", "  s:")})
        (project / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "content" / name).write_text(content.replace("OUTSIDE", str(other)))

    return add


def _topic(text: str) -> Feature:
    def add(project: Path, other: Path) -> None:
        written(project, {"more.yaml": text.replace("OUTSIDE", str(other))})

    return add


def _state(project: Path, other: Path) -> None:
    names = [
        str(other / "victim"),
        "../../outside/victim",
        "../../outside/folder/victim",
        "../content/deck.yaml",
        "link",
    ]
    record = {"project": "..", "inputs": "", "files": dict.fromkeys(names, "")}
    path = project / "build" / ".cache" / "state.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(dict.fromkeys(("deck", "log", "sheet"), record)))


def _names(project: Path, other: Path) -> None:
    names = [
        "a\nb.yaml",
        "\x1b]0;x\x07.yaml",
        "..yaml",
        "-rf.yaml",
        "$(touch x).yaml",
        "`x`.yaml",
        "a\u202eb.yaml",
        "é.yaml",
    ]
    for number, name in enumerate(names):
        text = NOTES.replace("topic: t", f"topic: n{number}").replace("  e:", f"  n{number}:")
        (project / "content" / name).write_text(text, "utf-8")
    (project / "content" / ("x" * 240 + ".yaml")).write_text("x: [")


def _git(project: Path, other: Path) -> None:
    program = project / "program"
    program.write_text(f"#!/bin/sh\ntouch {other}/ran\n")
    program.chmod(0o755)
    settings = "".join(
        f"[{part}]\n\t{name} = {program}\n"
        for part, name in (
            ("core", "fsmonitor"),
            ("core", "pager"),
            ("core", "sshCommand"),
            ("diff", "external"),
            ('filter "x"', "clean"),
            ('diff "x"', "textconv"),
            ("gpg", "program"),
        )
    )
    (project / ".git" / "objects").mkdir(parents=True)
    (project / ".git" / "refs" / "heads").mkdir(parents=True)
    (project / ".git" / "hooks").mkdir()
    (project / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (project / ".git" / "config").write_text(f"[core]\n\trepositoryformatversion = 0\n\tbare = false\n{settings}")
    for name in ("post-index-change", "fsmonitor-watchman", "post-checkout"):
        (project / ".git" / "hooks" / name).write_bytes(program.read_bytes())
        (project / ".git" / "hooks" / name).chmod(0o755)
    (project / ".gitattributes").write_text("* filter=x diff=x\n")


BOMB = "".join(f'<g id="g{n}">' + f'<use xlink:href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, 9))
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
FEATURES: dict[str, Feature] = {
    "state": _state,
    "names": _names,
    "settings of git": _git,
    "link of a topic": _link("content/topics/x.yaml", "{}/notes/u.yaml"),
    "link of topics": _link("content/topics", "{}/notes"),
    "link of topics to processes": _link("content/topics", "/proc"),
    "link of a folder": _link("content/more", "{}/notes"),
    "link to the root": _link("content/root", "/"),
    "link of a picture": _link("content/images/a.svg", "{}/pictures/a.svg"),
    "link of pictures": _link("content/images", "{}/pictures"),
    "link of fonts": _link("content/fonts", "{}/pictures"),
    "link of the ledger": _link("content/ledger.json", "{}/folder/victim"),
    "link of the ledger to JSON": _link("content/ledger.json", "{}/folder/nothing.json"),
    "link of the schema": _link("content/.schema", "{}/folder"),
    "link of words": _link("content/words.yaml", "{}/notes/u.yaml"),
    "link of build": _link("build", "{}/folder"),
    "link of the cache": _link("build/.cache", "{}/folder"),
    "link of posts": _link("build/log", "{}/folder"),
    "link of media of posts": _link("build/log/media", "{}/folder"),
    "link of the state": _link("build/.cache/state.json", "{}/folder/settings.json"),
    "link of the deck": _link("build/own.apkg", "{}/victim"),
    "link of a part file": _link("build/.x.99999999.part", "{}/victim"),
    "picture outside": _topic(
        SHOWN.format("../../outside/pictures/a.png").replace("topic: t", "topic: m").replace("  e:", "  m:")
    ),
    "picture by its whole path": _topic(
        SHOWN.format("OUTSIDE/pictures/a.png").replace("topic: t", "topic: m").replace("  e:", "  m:")
    ),
    "drawing with a file": _shown(
        "a.svg", f'{SVG_HEAD}<image xlink:href="file://OUTSIDE/pictures/a.png" width="9" height="9"/></svg>'
    ),
    "drawing with an address": _shown(
        "a.svg", f'{SVG_HEAD}<image xlink:href="http://127.0.0.1:9/a.png" width="9" height="9"/></svg>'
    ),
    "drawing with a style": _shown(
        "a.svg", f'{SVG_HEAD}<style>@import url("file://OUTSIDE/victim");</style><rect width="9" height="9"/></svg>'
    ),
    "drawing with an entity": _shown(
        "a.svg", f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file://OUTSIDE/victim">]>{SVG_HEAD}<text>&x;</text></svg>'
    ),
    "drawing with many entities": _shown(
        "a.svg", f'<!DOCTYPE svg [<!ENTITY e0 "x">{ENTITIES}]>{SVG_HEAD}<text>&e9;</text></svg>'
    ),
    "drawing of many uses": _shown(
        "a.svg", f'{SVG_HEAD}<defs><rect id="g0" width="1" height="1"/>{BOMB}</defs><use xlink:href="#g8"/></svg>'
    ),
    "drawing within itself": _shown("a.svg", f'{SVG_HEAD}<g id="a"><use xlink:href="#a"/></g></svg>'),
    "aliases": _topic(
        "a: &a [x, x]\n"
        + "".join(f"{c}: &{c} [*{p}, *{p}, *{p}, *{p}]\n" for p, c in zip("abcdefghi", "bcdefghij", strict=True))
    ),
    "tags": _topic('topic: !!python/object/apply:os.system ["touch OUTSIDE/ran"]\ntitle: x\n'),
    "include": _topic("topic: !include OUTSIDE/victim\ntitle: !!binary aGk=\n"),
    "formula": _topic(
        item("fact: '$\\input{OUTSIDE/victim}$'\nis: '\\(\\href{file://OUTSIDE/victim}{x}\\)'")
        .replace("topic: t", "topic: m")
        .replace("  e:", "  m:")
    ),
    "template": _topic(
        item("fact: \"{{ ''.__class__ }} {% include '/etc/passwd' %}\"\nis: x")
        .replace("topic: t", "topic: m")
        .replace("  e:", "  m:")
    ),
}
"""What a stranger's project may have, by what it is."""


def project(folder: Path, other: Path, *names: str) -> Path:
    """Write a project of one good topic with some features, and return it."""
    written(folder, {"deck.yaml": DECK + "language: ja\nmath: true\n", "t.yaml": NOTES})
    for name in names:
        FEATURES[name](folder, other)
    return folder
