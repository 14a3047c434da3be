"""The digest of what is marked, and sheets of single topics: the same machinery, fewer items."""

import re
from pathlib import Path

import pypdfium2
import pytest
from hitoe import checks, sheet
from hitoe.cli import main
from support.notes import DECK, written

FACTS = "".join(f"      f{n}: {{fact: {n}番の問い, is: {n}番の答え, key: true}}\n" for n in range(60))
TOPIC = "topic: {key}\ntitle: {key}の題\nentries:\n  {key}-e:\n    title: {key}の項\n    items:\n"
LEFT_OFF = "      off: {fact: 印のない問い, is: 印のない答え}\n"


def texts(pdf: bytes) -> list[str]:
    """Return the visible characters of each page."""
    return [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(pdf)]


def test_the_digest_has_what_is_marked_and_nothing_else(tmp_path: Path) -> None:
    few = "".join(FACTS.splitlines(keepends=True)[:9])
    root = written(tmp_path, {"a.yaml": TOPIC.format(key="a") + few + LEFT_OFF})
    files = sheet.editions(checks.trusted(root), tmp_path / "cache").files
    digests = {name: texts(pdf) for name, pdf in files.items() if "-digest" in name}
    assert set(digests) == {f"own-digest{end}.pdf" for end in ("", "-red", "-mask", "-worksheet")}
    for front in ("".join(pages) for pages in digests.values()):
        assert [n for n in range(9) if f"{n}番の問い" not in front] == []
        assert "印のない" not in front
    assert "印のない問い" in texts(files["own-sheet.pdf"])[0]


def test_without_marks_there_is_no_digest(tmp_path: Path) -> None:
    root = written(tmp_path, {"a.yaml": TOPIC.format(key="a") + LEFT_OFF})
    assert [name for name in sheet.editions(checks.trusted(root), tmp_path / "cache").files if "digest" in name] == []


def test_a_digest_of_more_than_a_page_says_how_much_is_too_much(tmp_path: Path) -> None:
    deck = f"{DECK}sheet: {{paper: A5, smallest: 12}}\n"
    root = written(tmp_path, {"deck.yaml": deck, "a.yaml": TOPIC.format(key="a") + FACTS})
    printed = sheet.editions(checks.trusted(root), tmp_path / "cache", wanted=["colour"])
    (problem,) = printed.no_digest
    assert "own-sheet.pdf" in printed.files
    assert "own-digest.pdf" not in printed.files
    match = re.fullmatch(
        r"at 12 pt the digest takes more than one page: (\d+) of its 60 items are too much, (\d+) mm of a column: "
        r"take `key: true` away from (\d+)",
        problem.message,
    )
    assert match
    assert match[1] == match[3]
    assert 20 < int(match[1]) < 50
    assert str(problem.at) == f"content/a.yaml:{7 + 60 - int(match[1])}:{FACTS.splitlines()[50].index('true') + 1}"
    fewer = "".join(FACTS.splitlines(keepends=True)[: 60 - int(match[1])])
    written(root, {"a.yaml": TOPIC.format(key="a") + fewer})
    assert "own-digest.pdf" in sheet.editions(checks.trusted(root), tmp_path / "cache", wanted=["colour"]).files


@pytest.fixture
def topics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with the topics rivers and mask."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    names = {"rivers": "川", "mask": "面"}
    return written(
        tmp_path / "topics",
        {
            f"{key}.yaml": TOPIC.format(key=key) + f"      it: {{fact: {word}の問い, is: {word}の答え}}\n"
            for key, word in names.items()
        },
    )


def test_a_topic_has_a_sheet_of_its_own_on_request(topics: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "sheet", "--topic", "rivers", "--topic", "mask", "-C", str(topics)]) == 0
    assert sorted(capsys.readouterr().out.splitlines()) == sorted(
        f"build/own-sheet-{name}{end}.pdf"
        for name in ("rivers", "topic-mask")  # own-sheet-mask.pdf is an edition of the sheet of everything
        for end in ("", "-red", "-mask", "-worksheet")
    )
    front = texts((topics / "build/own-sheet-rivers.pdf").read_bytes())[0]
    assert "川の答え" in front
    assert "面" not in front
    # It is fresh, and neither it nor the sheet of everything takes the place of the other.
    assert main(["build", "sheet", "--topic", "rivers", "-C", str(topics)]) == 0
    assert capsys.readouterr().out == ""
    assert main(["build", "sheet", "-C", str(topics)]) == 0
    assert (topics / "build/own-sheet-rivers.pdf").is_file()


def test_an_unknown_topic_is_told_in_a_sentence(topics: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "sheet", "--topic", "river", "-C", str(topics)]) == 1
    assert capsys.readouterr().err == "hitoe: no topic 'river': did you mean 'rivers'?\n"
    assert not (topics / "build").exists()


@pytest.fixture
def weeks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with entries of two weeks, and of a third one that has nothing for the sheet."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    learned = {"2020-W30": "it: {fact: 川の問い, is: 川の答え}", "2020-07-28": "it: {fact: 山の問い, is: 山の答え}"}
    learned["2020-W32"] = "it: {fact: 海の問い, is: 海の答え, tier: extra}"
    entries = (
        f"  e{n}: {{title: 項{n}, learned: {week}, items: {{{text}}}}}\n"
        for n, (week, text) in enumerate(learned.items())
    )
    return written(tmp_path / "weeks", {"a.yaml": "topic: 2020-W30\ntitle: 話題\nentries:\n" + "".join(entries)})


def test_a_week_has_a_sheet_of_its_own_on_request(weeks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["build", "sheet", "-C", str(weeks)]
    assert main(command) == 0
    assert main([*command, "--topic", "2020-W30"]) == 0
    capsys.readouterr()
    assert main([*command, "--week", "2020-W31", "--week", "2020-W30"]) == 0
    assert sorted(capsys.readouterr().out.splitlines()) == sorted(
        f"build/own-week-{week}{end}.pdf"
        for week in ("2020-W30", "2020-W31")
        for end in ("", "-red", "-mask", "-worksheet")
    )
    front = texts((weeks / "build/own-week-2020-W31.pdf").read_bytes())[0]
    assert "題2020-W31" in front
    assert "山の答え" in front
    assert "川" not in front
    assert "山の答え" in "".join(texts((weeks / "build/own-week-2020-W31-worksheet.pdf").read_bytes()))
    assert main([*command, "--week", "2020-W30", "--edition", "red"]) == 0
    assert main(command) == 0
    assert capsys.readouterr().out == ""
    assert len(list((weeks / "build").glob("*.pdf"))) == 4 + 4 + 2 * 4 + 1


@pytest.mark.parametrize(
    ("week", "told"),
    [
        ("2020-W29", "nothing to print was learned in 2020-W29: look at `learned:` in the notes"),
        ("2020-W32", "nothing to print was learned in 2020-W32: look at `learned:` in the notes"),
        ("2021-W53", "2021 has no ISO week 53: look the week up"),
        ("W30", "'W30' is not an ISO week: write it as 2020-W30"),
    ],
)
def test_a_week_of_nothing_is_told_in_a_sentence(
    weeks: Path, capsys: pytest.CaptureFixture[str], week: str, told: str
) -> None:
    assert main(["build", "sheet", "--week", week, "-C", str(weeks)]) == 1
    assert capsys.readouterr().err == f"hitoe: {told}\n"
    assert not (weeks / "build").exists()


def test_weeks_are_for_sheets(weeks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--week", "2020-W30", "-C", str(weeks)]) == 1
    assert capsys.readouterr().err == f"hitoe: --week is for sheets: hitoe build -C {weeks} sheet --week WEEK\n"


def test_topics_are_for_sheets(topics: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "deck", "--topic", "rivers", "-C", str(topics)]) == 1
    assert capsys.readouterr().err == f"hitoe: --topic is for sheets: hitoe build -C {topics} sheet --topic TOPIC\n"
