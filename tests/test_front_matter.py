"""With `front_matter: blogsync` posts for Hatena Blog begin as blogsync and Hatena's workflow for GitHub read them."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hitoe import checks
from hitoe.cli import main
from ruamel.yaml import YAML
from support.logs import log_files
from support.notes import problems, written

DECK = "format: 1\nkey: d\ntitle: D\n"
ASKED = "series: {title: 学習, number_1: 2020-W30, front_matter: blogsync}\n"
TITLES = (
    "普通の題",
    "--- ---",
    'a: "b" # c',
    "'- \\n \\\\",
    "{x}: [y], &z *z !t | > % @ `",
    "yes",
    "1.10",
    "　全角の空白　と😀",
)


def topic(key: str, title: str, week: str = "2020-W31") -> str:
    return f"topic: {key}\ntitle: {title}\nentries:\n  {key}-e: {{title: 題, points: [x], learned: {week}}}\n"


def quoted(title: str) -> str:
    return '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'


def read(post: str, version: str = "1.2") -> tuple[dict[str, Any], str]:
    """Return the values and the post itself, divided as blogsync divides a file (entry.go, `delimReg`)."""
    before, values, text = re.split(r"---\n+", post, maxsplit=2)
    assert before == ""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = version
    return yaml.load(values), text


def posts(root: Path, deck: str, *topics: str) -> dict[str, str]:
    files = {f"{i}.yaml": text for i, text in enumerate(topics)}
    return log_files(checks.trusted(written(root, {"deck.yaml": deck, **files})))


def test_title_categories_day_and_draft(tmp_path: Path) -> None:
    files = posts(tmp_path, DECK + ASKED, topic("a", "化学"), topic("b", "物理"), topic("c", "化学", "2020-W32"))
    values, text = read(files["2020-W31.md"])
    assert list(values) == ["Title", "Category", "Date", "Draft"]
    assert values["Title"] == "学習②"
    assert values["Category"] == ["化学", "物理"]
    assert values["Draft"] is True
    assert text.startswith("## ")
    assert "<!--" not in text
    assert files["2020-W31.md"].startswith("---\n")
    assert read(files["2020-W32.md"])[0]["Category"] == ["化学"]


def test_the_date_is_the_last_day_of_the_week_all_over_the_world(tmp_path: Path) -> None:
    line = next(
        line for line in posts(tmp_path, DECK + ASKED, topic("a", "題"))["2020-W31.md"].splitlines() if "Date" in line
    )
    shown = datetime.strptime(line, "Date: %Y-%m-%dT%H:%M:%S%z")
    assert {shown.astimezone(timezone(timedelta(hours=hours))).date() for hours in range(-12, 12)} == {date(2020, 8, 2)}
    assert shown == datetime(2020, 8, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize("title", TITLES)
def test_every_title_arrives_as_it_is_written(title: str, version: str, tmp_path: Path) -> None:
    deck = f"{DECK}series: {{title: {quoted(title)}, number_1: 2020-W31, front_matter: blogsync}}\n"
    files = posts(tmp_path, deck, topic("a", quoted(title)))
    project = checks.trusted(tmp_path)
    assert project.deck.series
    values, _ = read(files["2020-W31.md"], version)
    assert values["Title"] == project.deck.series.title + "①"
    assert values["Category"] == [each.title for each in project.topics.values()]


def test_two_topics_of_one_title_are_one_category(tmp_path: Path) -> None:
    values, _ = read(posts(tmp_path, DECK + ASKED, topic("a", "題"), topic("b", "題"))["2020-W31.md"])
    assert values["Category"] == ["題"]


def test_all_else_stays(tmp_path: Path) -> None:
    with_it = posts(tmp_path / "a", DECK + ASKED, topic("a", "題"))
    without = posts(tmp_path / "b", DECK + ASKED.replace(", front_matter: blogsync", ""), topic("a", "題"))
    assert {name for name in without if without[name] != with_it[name]} == {"2020-W31.md"}
    first, _, rest = without["2020-W31.md"].partition("\n\n")
    assert first == "<!-- 学習② -->"
    assert read(with_it["2020-W31.md"])[1] == rest
    assert re.search(r"\n---\n\n(?!\n)", with_it["2020-W31.md"])


def test_the_wish_for_it_reaches_posts_that_were_built_before(tmp_path: Path) -> None:
    deck = DECK + ASKED.replace(", front_matter: blogsync", "")
    root = written(tmp_path, {"deck.yaml": deck, "t.yaml": topic("a", "題")})
    assert main(["log", "-C", str(root)]) == 0
    written(root, {"deck.yaml": DECK + ASKED})
    assert main(["log", "-C", str(root)]) == 0
    assert (root / "build/log/2020-W31.md").read_text("utf-8").startswith('---\nTitle: "学習②"\n')


def test_other_tools_are_told(tmp_path: Path) -> None:
    deck = DECK + ASKED.replace("blogsync", "jekyll")
    (said,) = problems(tmp_path, {"deck.yaml": deck, "t.yaml": topic("a", "題")})
    assert said.startswith("content/deck.yaml:4:55: ")
    assert "blogsync" in said
