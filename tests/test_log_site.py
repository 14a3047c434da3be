"""The lists of posts, the feed and the hero image; and which files of the log a build writes."""

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hitoe import checks, memo
from hitoe.cli import main
from hitoe.log import hero, site
from hitoe.log.week_stats import WeekStats
from hitoe.model.project import Project
from hitoe.schema import Series, Week
from markdown_it import MarkdownIt
from support.logs import log_files
from support.notes import item, problems, written
from support.pictures import SVG, png
from support.projects import edit, example_copy
from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]

ATOM = "{http://www.w3.org/2005/Atom}"
DECK = "format: 1\nkey: d\ntitle: D\n"
SERIES = "series: {title: 'S & <T>', number_1: 2020-W25}\n"
FORMS = (".md", ".commonmark.md", ".html")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return example_copy(tmp_path / "project")


@pytest.fixture
def logged(tmp_path: Path) -> Callable[..., dict[str, str]]:
    """Return a function that renders the log of one entry for each of some weeks."""

    def render(*weeks: str, deck: str = DECK + SERIES) -> dict[str, str]:
        entries = "".join(f"  e{i}: {{title: 題, points: [x], {week}}}\n" for i, week in enumerate(weeks))
        files = {"deck.yaml": deck, "t.yaml": f"topic: t\ntitle: T\nentries:\n{entries}"}
        return log_files(checks.trusted(written(tmp_path / "p", files)))

    return render


def hitoe(*words: str | Path) -> int:
    return main([str(word) for word in words])


def stamps(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in sorted(folder.glob("*.*"))}


@pytest.mark.golden
@pytest.mark.parametrize("name", ["index.html", "index.md", "feed.xml"])
def test_lists_of_the_example(example_project: Project, golden: Callable[[str, str], None], name: str) -> None:
    golden(f"log/{name}", log_files(example_project)[name])


def test_the_lists_lead_to_every_post_newest_first(example_project: Project) -> None:
    files = log_files(example_project)
    weeks = ["2021-W01", "2020-W53", "2020-W52", "2020-W30"]
    assert re.findall(r'<li><a href="(.*?)\.html">', files["index.html"]) == weeks
    tokens = MarkdownIt().parse(files["index.md"])
    links = [child.attrs["href"] for token in tokens for child in token.children or [] if child.type == "link_open"]
    assert links == [f"{week}.commonmark.md" for week in weeks]
    assert all(link in files for link in links)


def test_the_index_is_sound_html_and_names_the_feed(logged: Callable[..., dict[str, str]]) -> None:
    page = logged("learned: 2020-W30")["index.html"]
    parser = HTMLParser()
    parser.parse(page)
    assert parser.errors == []
    assert '<link rel="alternate" type="application/atom+xml" href="feed.xml" title="S &amp; &lt;T&gt;">' in page


def test_nothing_learned_makes_no_files(logged: Callable[..., dict[str, str]]) -> None:
    assert logged("order: 1") == {}


def atom(text: str) -> ElementTree.Element:
    """Parse a feed, and see that it is as RFC 4287 wants it."""
    feed = ElementTree.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    assert [one.tag for one in feed.findall(f"{ATOM}author/*")] == [f"{ATOM}name"]
    entries = feed.findall(f"{ATOM}entry")
    for one in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(one.findall(ATOM + name)) == 1, name
        assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one.findtext(f"{ATOM}id") or "")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", one.findtext(f"{ATOM}updated") or "")
        assert [link.get("rel") for link in one.findall(f"{ATOM}link")].count("alternate") == 1
        assert all(link.get("href") for link in one.findall(f"{ATOM}link"))
    ids = [one.findtext(f"{ATOM}id") for one in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    assert feed.findtext(f"{ATOM}updated") == max(one.findtext(f"{ATOM}updated") or "" for one in entries)
    return feed


def links(feed: ElementTree.Element) -> list[tuple[str | None, str | None]]:
    return [(link.get("rel"), link.get("href")) for link in feed.iter(f"{ATOM}link")]


def test_the_feed_is_atom(example_project: Project) -> None:
    feed = atom(log_files(example_project)["feed.xml"])
    assert links(feed)[:3] == [
        ("alternate", "https://example.com/log/index.html"),
        ("self", "https://example.com/log/feed.xml"),
        ("alternate", "https://example.com/log/2021-W01.html"),
    ]


def test_without_an_address_the_feed_leads_to_its_neighbours(logged: Callable[..., dict[str, str]]) -> None:
    feed = atom(logged("learned: 2020-W30")["feed.xml"])
    assert links(feed) == [("alternate", "index.html"), ("alternate", "2020-W30.html")]
    assert [one.text for one in feed.iter(f"{ATOM}title")] == ["S & <T>", "S & <T>⑥"]


def test_an_address_without_a_slash_at_its_end_is_a_folder_too(logged: Callable[..., dict[str, str]]) -> None:
    deck = DECK + SERIES.replace("}", ", url: 'https://a.example/b'}")
    assert links(atom(logged("learned: 2020-W30", deck=deck)["feed.xml"]))[1] == (
        "self",
        "https://a.example/b/feed.xml",
    )


def test_ids_outlive_titles_and_addresses(logged: Callable[..., dict[str, str]]) -> None:
    """Pinned: a reader that has a post would show it again under another id."""
    ids = [
        [one.text for one in atom(logged("learned: 2020-W30", deck=deck)["feed.xml"]).iter(f"{ATOM}id")]
        for deck in (DECK, DECK + SERIES.replace("}", ", url: 'https://a.example/'}"))
    ]
    assert ids[0] == ids[1]
    assert ids[0] == ["urn:uuid:c4ff86b6-8671-8a95-977b-a9383becf89a", "urn:uuid:b614d3d6-d305-86aa-bf6f-07e44ab19f65"]


def test_a_post_is_updated_when_its_week_ends_or_its_sources_were_checked(
    logged: Callable[..., dict[str, str]],
) -> None:
    weeks = ("learned: 2020-W30", "learned: 2020-W31, checked: 2021-02-03", "learned: 2020-W31, checked: 2020-01-01")
    feed = atom(logged(*weeks)["feed.xml"])
    assert [one.text for one in feed.iter(f"{ATOM}updated")] == [
        "2021-02-03T00:00:00Z",
        "2021-02-03T00:00:00Z",
        "2020-07-26T00:00:00Z",
    ]


def test_the_feed_has_the_newest_posts_only(
    logged: Callable[..., dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hitoe.log.feed.FEED_POSTS", 2)
    feed = atom(logged("learned: 2020-W30", "learned: 2020-W31", "learned: 2020-W33")["feed.xml"])
    assert [href for _, href in links(feed)] == ["index.html", "2020-W33.html", "2020-W31.html"]


def test_all_three_forms_show_the_picture(example_project: Project) -> None:
    files = log_files(example_project)
    assert files["2020-W30.md"].split("\n")[2] == "[f:id:example:20200720120000p:plain]"
    address = "https://cdn-ak.f.st-hatena.com/images/fotolife/e/example/20200720/20200720120000.png"
    assert files["2020-W30.commonmark.md"].split("\n")[2] == f"![旗]({address})"
    flag = base64.b64encode((example_project.root / "content" / "images" / "flag.png").read_bytes()).decode()
    assert (
        f'<h1>【雑学】一日ひとつの学習①</h1>\n<img class="hero" src="data:image/png;base64,{flag}" alt="旗">'
        in files["2020-W30.html"]
    )


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("f:id:a-b_c:20200621160338p", "a/a-b_c/20200621/20200621160338.png"),
        ("f:id:x:20200621160338j:plain", "x/x/20200621/20200621160338.jpg"),
        ("f:id:x:20200621160338g", "x/x/20200621/20200621160338.gif"),
        ("f:id:x:1p", None),
        ("https://a.example/x.png", None),
    ],
)
def test_where_the_blog_service_keeps_a_picture(tmp_path: Path, name: str, address: str | None) -> None:
    found = hero.of(Series.model_validate({"title": "t", "number_1": "2020-W25", "hero": name}), tmp_path)
    assert found is not None
    assert found.address == (f"https://cdn-ak.f.st-hatena.com/images/fotolife/{address}" if address else None)


def test_a_picture_without_a_file_is_shown_from_the_web(logged: Callable[..., dict[str, str]]) -> None:
    deck = DECK + SERIES.replace("}", ", hero: 'f:id:x:20200621160338p'}")
    page = logged("learned: 2020-W30", deck=deck)["2020-W30.html"]
    assert '<img class="hero" src="https://cdn-ak.f.st-hatena.com/' in page


def test_a_picture_that_is_not_there_is_told(tmp_path: Path) -> None:
    deck = DECK + "series: {title: t, number_1: 2020-W25, hero_image: {file: no.png, alt: x}}\n"
    assert problems(tmp_path, {"deck.yaml": deck, "t.yaml": item("fact: a\nis: b")}) == [
        "content/deck.yaml:4:59: no picture 'no.png' in content/: add it or mend the name"
    ]


def test_one_week_is_built_and_nothing_else(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hitoe("log", "--week", "2020-W53", "-C", project) == 0
    names = sorted(f"2020-W53{form}" for form in FORMS)
    assert capsys.readouterr().out.splitlines() == [f"build/log/{name}" for name in names]
    assert sorted(path.name for path in (project / "build" / "log").glob("*.*")) == names
    texts = log_files(checks.trusted(project))
    for name in names:
        assert (project / "build" / "log" / name).read_text("utf-8") == texts[name]


def test_all_weeks_since_one_are_built(project: Path, tmp_path: Path) -> None:
    assert hitoe("log", "--since", "2020-W53", "-C", project, "-o", tmp_path / "out") == 0
    weeks = {path.name[:8] for path in (tmp_path / "out" / "log").glob("*.*")}
    assert weeks == {"2020-W53", "2021-W01"}
    assert not (project / "build").exists()


def test_posts_of_some_weeks_leave_the_others_to_the_next_build(project: Path) -> None:
    assert hitoe("log", "-C", project) == 0
    edit(project, "ryori.yaml", "is: 池田菊苗\n", "is: 池田\n")
    assert hitoe("log", "--week", "2021-W01", "-C", project) == 0
    assert hitoe("log", "-C", project) == 0
    texts = log_files(checks.trusted(project))
    built = {path.name: path.read_text("utf-8") for path in (project / "build" / "log").glob("*.*")}
    assert built == texts


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--week", "2020-W31", "--week", "2020-W53"), "hitoe: nothing was learned in 2020-W31: look at `learned:`"),
        (("--since", "2030-W01"), "hitoe: nothing was learned since 2030-W01: look at `learned:`"),
    ],
)
def test_a_week_in_which_nothing_was_learned_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert hitoe("log", *words, "-C", project) == 1
    assert capsys.readouterr().err.startswith(said)


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ("W30", "'W30' is not an ISO week: write it as 2020-W30"),
        ("2021-W53", "2021 has no ISO week 53: look the week up"),
    ],
)
def test_what_is_no_week_is_told(week: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--week", "--since"):
        assert hitoe("log", option, week) == 1
        assert capsys.readouterr().err == f"hitoe: {said}\n"


def test_a_mistake_in_the_notes_stops_one_week_too(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(project, "ryori.yaml", "is: 池田菊苗\n", "iss: 池田菊苗\n")
    assert hitoe("log", "--week", "2020-W53", "-C", project) == 1
    assert "unknown key 'iss': did you mean 'is'?" in capsys.readouterr().err
    assert not (project / "build").exists()


def test_only_posts_that_changed_are_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hitoe("log", "-C", project) == 0
    before = stamps(project / "build" / "log")
    assert len(before) == 15
    edit(project, "chiri.yaml", "富士山は静岡県", "富士の山は静岡県")
    capsys.readouterr()
    assert hitoe("log", "-C", project) == 0
    after = stamps(project / "build" / "log")
    changed = sorted(name for name in after if after[name] != before[name])
    assert changed == sorted(f"2020-W30{form}" for form in FORMS)
    assert capsys.readouterr().out.splitlines() == [f"build/log/{name}" for name in changed]


def test_a_post_is_rendered_again_only_when_it_changed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hitoe("log", "-C", project) == 0
    edit(project, "chiri.yaml", "富士山は静岡県", "富士の山は静岡県")
    weeks: list[str] = []
    render = site._post

    def recorded(*parts: Any) -> str:
        weeks.extend(str(part.week) for part in parts if isinstance(part, WeekStats))
        return render(*parts)

    monkeypatch.setattr(site, "_post", recorded)
    assert hitoe("log", "-C", project) == 0
    assert weeks == ["2020-W30"] * 3


@pytest.mark.parametrize("damage", ["delete", "cut", "turn", "post", "all"])
def test_what_is_remembered_may_be_deleted_and_damaged(project: Path, damage: str) -> None:
    assert hitoe("log", "-C", project) == 0
    edit(project, "chiri.yaml", "富士山は静岡県", "富士の山は静岡県")
    memory, post = project / "build" / memo.FILES["log"], project / "build" / "log" / "2021-W01.html"
    content = memory.read_bytes()
    match damage:
        case "delete":
            memory.unlink()
        case "cut":
            memory.write_bytes(content[: len(content) // 2])
        case "turn":
            assert "記法".encode() in content
            memory.write_bytes(content.replace("記法".encode(), "記去".encode()))
            post.unlink()
        case "post":
            post.write_text("not mine", "utf-8")
        case _:
            for path in (project / "build").rglob("*"):
                if path.is_file():
                    path.write_bytes(b"\0")
    assert hitoe("log", "-C", project) == 0
    rendered = log_files(checks.trusted(project))
    assert {name: (project / "build" / "log" / name).read_text("utf-8") for name in rendered} == rendered


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("topic: u\ntitle: U\nentries: {a: {title: 題, points: [x]}}\n", "entry 'a' stands also in content/t.yaml"),
        ("topic: t\ntitle: U\nentries: {b: {title: 題, points: [x]}}\n", "topic 't' stands also in content/t.yaml"),
        ("topic: u\ntitle: U\nentries: {b: {was: a, title: 題, points: [x]}}\n", "'a' is also the identity of"),
    ],
    ids=["entry", "topic", "path"],
)
def test_a_key_of_two_files_is_told_though_one_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    topic = "topic: t\ntitle: T\nentries: {a: {title: 題, points: [x], learned: 2020-W30}}\n"
    other = "topic: u\ntitle: U\nentries: {b: {title: 題, points: [x]}}\n"
    root = written(tmp_path / "p", {"deck.yaml": DECK, "t.yaml": topic, "u.yaml": other})
    assert hitoe("log", "-C", root) == 0
    (root / "content" / "u.yaml").write_text(text, "utf-8")
    assert hitoe("log", "-C", root) == 1
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("ryori.yaml", "title: 料理の科学", "title: 料理"),
        ("chiri.yaml", "learned: 2020-W30", "learned: 2020-W29"),
        ("chiri.yaml", "checked: 2025-04-02", "checked: 2025-04-03"),
        ("kiho.yaml", "order: 2", "order: 9"),
        ("chiri.yaml", "learned: 2020-W30\n    domain: chiri", "learned: 2020-W30\n    domain: ryori"),
        ("", "", ""),
    ],
    ids=["topic", "week", "date", "order", "domain", "picture"],
)
def test_every_change_reaches_the_files_of_the_log(project: Path, file: str, old: str, new: str) -> None:
    assert hitoe("log", "-C", project) == 0
    if file:
        edit(project, file, old, new)
    else:
        (project / "content" / "images" / "flag.png").write_bytes(png())
    assert hitoe("log", "-C", project) == 0
    texts = log_files(checks.trusted(project))
    built = {path.name: path.read_text("utf-8") for path in (project / "build" / "log").glob("*.*")}
    assert built == texts


def test_a_picture_that_is_gone_is_told_though_its_notes_are_kept(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hitoe("log", "-C", project) == 0
    for name, file in (("states.svg", "topics/"), ("flag.png", "deck.yaml")):
        picture = project / "content" / "images" / name
        content = picture.read_bytes()
        picture.unlink()
        capsys.readouterr()
        assert hitoe("log", "-C", project) == 1
        told = capsys.readouterr().err
        lines = [line for line in told.splitlines() if f"no picture 'images/{name}' in content/" in line]
        assert any(line.startswith(f"content/{file}") for line in lines)
        picture.write_bytes(content)


def test_the_picture_of_deck_yaml_that_is_gone_is_told_though_all_else_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deck = DECK + "series: {title: t, number_1: 2020-W25, hero_image: {file: a.svg, alt: x}}\n"
    topic = "topic: t\ntitle: T\nentries:\n  e: {title: 題, points: [x], learned: 2020-W30}\n"
    root = written(tmp_path / "p", {"deck.yaml": deck, "t.yaml": topic, "a.svg": SVG.decode()})
    assert hitoe("log", "-C", root) == 0
    (root / "content" / "a.svg").unlink()
    capsys.readouterr()
    assert hitoe("log", "-C", root) == 1
    assert capsys.readouterr().err.startswith("content/deck.yaml:4:59: no picture 'a.svg'")


def test_weeks_are_read_and_compared() -> None:
    assert str(Week.read("0001-W01")) == "0001-W01"
    assert Week.read("2020-W09") < Week.read("2020-W30") < Week.read("2021-W01")
