"""The documentation says what is: the reference is up to date, links lead somewhere, commands take such arguments."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from unicodedata import category

import pytest
import reference
from hitoe import __version__, cli
from hitoe.model import loader
from hitoe.model.project import DECK_FILE
from hitoe.schema import Deck
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for pattern in ("*.md", "content/*.md", "docs/**/*.md")
    for path in sorted(ROOT.glob(pattern))
}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
LINK = re.compile(r"\]\(([^()\s]+)\)")
COMMANDS = re.compile(r"^(?:\$ )?(hitoe .*)$", re.MULTILINE)


def prose(page: str) -> str:
    return CODE.sub("", FENCE.sub("", page))


def anchors(page: str) -> Iterator[str]:
    """Yield the names of the headings of a page as GitHub makes them."""
    for title in re.findall(r"^#+ (.*)$", FENCE.sub("", page), re.MULTILINE):
        kept = (sign for sign in title.lower() if sign in " -_" or category(sign)[0] in "LMN")
        yield "".join(kept).replace(" ", "-")


def commands(page: str) -> Iterator[str]:
    """Yield what a page tells to type, in blocks and in sentences."""
    yield from (line for _, block in FENCE.findall(page) for line in COMMANDS.findall(block))
    yield from (code for _, code in CODE.findall(FENCE.sub("", page)) if re.match(r"hitoe \w", code))


def test_the_reference_is_what_the_code_says() -> None:
    written = {name: (ROOT / "docs" / name).read_text("utf-8") for name in reference.files()}
    assert written == reference.files(), "run `make reference`"


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files_and_headings(page: str) -> None:
    wrong = []
    for link in LINK.findall(prose(PAGES[page])):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (ROOT / page).parent / file if file else ROOT / page
        if not target.exists() or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            wrong.append(link)
    assert wrong == []


def test_every_command_has_such_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = []
    told = {(page, command) for page, text in PAGES.items() for command in commands(text)}
    assert len(told) > 100
    for page, command in sorted(told):
        words = shlex.split(command, comments=True)[1:]
        if {"COMMAND", "…"} & set(words) or any("|" in word for word in words):
            continue
        try:
            parse(words)
        except SystemExit:
            wrong.append(f"{page}: {command}: {capsys.readouterr().err.splitlines()[-1]}")
    assert wrong == []


def parse(words: list[str]) -> None:
    """Parse arguments as hitoe does; raises SystemExit if it refuses them. A command's name alone is no call of it."""
    if len(words) > 1 or words[0] not in cli.COMMANDS:
        cli.parser(words).parse_args(words)


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith("docs/ja/")])
def test_pages_in_both_languages_name_each_other(page: str) -> None:
    name = Path(page).name
    assert f"](../{name})" in PAGES[page]
    assert f"](ja/{name})" in PAGES[f"docs/{name}"]
    heads = [re.findall(r"^#+ ", PAGES[each], re.MULTILINE) for each in (page, f"docs/{name}")]
    assert heads[0] == heads[1]


def test_the_deck_of_the_guide_is_a_deck() -> None:
    (example,) = (block for _, block in FENCE.findall(PAGES["content/README.md"]) if block.startswith("format: 1"))
    _, deck, problems = loader.parse(DECK_FILE, example.encode(), Deck)
    assert problems == []
    assert deck
    assert deck.model_fields_set == Deck.model_fields.keys()


def test_the_version_is_the_same_everywhere_and_the_changes_tell_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == __version__
    assert re.findall(r"^## (\S+)", PAGES["CHANGELOG.md"], re.MULTILINE)[0] == __version__


def test_pictures_are_small_and_shown() -> None:
    shown = {link for page in ("README.md", "README.ja.md") for link in LINK.findall(PAGES[page])}
    pictures = sorted((ROOT / "docs" / "pictures").iterdir())
    assert pictures
    for picture in pictures:
        assert f"docs/pictures/{picture.name}" in shown
        assert picture.stat().st_size < 120_000
        with Image.open(picture) as image:
            assert image.width <= 1000
