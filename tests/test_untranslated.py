"""What commands print comes from the catalogue: with one that brackets its texts, no English stands outside of them."""

import re
import string
from pathlib import Path

import pytest
from hitoe import translation
from hitoe.cli import COMMANDS, main
from support import anki_engine
from support.notes import item, written
from support.projects import example_copy

ENGLISH = re.compile(r"(?!hitoe |COMMAND )\b[A-Za-z]{2,}(?: [a-z]{2,})+")
"""Two words or more: single ones are names, keys and values. Usage has the names of commands."""
SHOWN = re.compile("⟦[^⟦⟧\n]*(?:⟧|$)", re.MULTILINE)

WRONG = {
    "a.yaml": item("fact: 問い\nis:")
    + "      b: [1]\n      c: {fcat: 甲}\n      d: 乙\n      e: {fact: 甲, is: {a: 1}}\n",
    "b.yaml": item("cloze: '{{c2::甲}}'") + "      b: {cloze: 乙}\n      a-b c: {fact: 甲, is: 乙}\n",
    "c.yaml": "topic: c\ntitle: 題\nentries:\n  e:\n    title: 題\n    learned: 2020-W60\n    items: [甲]\n",
    "d.yaml": item("table: 題\nrows: [甲]")
    + "      b: {steps: 題, sequence: [甲]}\n      c: {calc: 題, given: {n: 1}, formula: m}\n",
    "e.yaml": item("fact: 甲\nis: '乙\nextra: 丙"),
    "f.yaml": item("fact: 甲\nis: &x 乙") + "      b: {fact:甲, is:乙}\n\tc: {}\n",
    "g.yaml": item("fact: 甲\nis:　乙") + "      b： {fact: 甲}\n",
    "h.yaml": item("choice: 題\noptions: {a: {right: 甲}, b: {wrong: 乙}}") + "      b: {picture: 題, image: x.png}\n",
    "i.yaml": item("fact: 甲\nis: 乙\nfigure: {title: 題, alt: 図, bra: {}}\nevidence: {botocore: x}"),
    "j.yaml": "",
    "k.yaml": "---\na: 1\n---\nb: 2\n",
    "words.yaml": "nothing: 甲\n",
}
DOUBTFUL = {
    "deck.yaml": "format: 1\nkey: own\ntitle: 題\nmath: true\nreview_after: 1\nexam: {questions: 1, minutes: 1}\n",
    "a.yaml": item(
        "fact: 甲は何か\nis: '<b>乙</b> == ~~丙~~ &amp; 2*x*y *a*b 𝄞'\n"
        "extra: '__乙__ \\. H~2 O~ $5 と $6'\nreading: 丙[へい]"
    )
    + "      b: {fact: これは正しいか, is: はい}\n      c: {fact: 甲は何か, is: 甲、乙、丙、丁、戊など}\n",
}
NOTES = (
    "#separator:tab\n#html:true\n<u>甲</u>\t<font color=red>乙</font>\n丙\t\n"
    "<table><tr><td>丁</td></tr></table>\t<img src=x.png>戊\n"
)


class Brackets:
    """A catalogue that puts the words of a template, and not its arguments, into brackets."""

    def gettext(self, message: str) -> str:
        try:
            parts = list(string.Formatter().parse(message))
        except ValueError:
            return f"⟦{message}⟧"
        if not any(name for _, name, _, _ in parts):
            return f"⟦{message}⟧"
        return "".join(_part(*part) for part in parts)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def _part(text: str, name: str | None, spec: str | None, _: str | None) -> str:
    words = "⟦" + text.replace("{", "{{").replace("}", "}}") + "⟧" if text else ""
    return words + (f"{{{name}{':' + spec if spec else ''}}}" if name else "")


@pytest.fixture(autouse=True)
def _brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation, "translation", lambda *_, **__: Brackets())
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


def left_in_english(capsys: pytest.CaptureFixture[str], *words: str | Path) -> set[str]:
    """Return the English words that a command prints outside of brackets; it must print some that are inside."""
    main([str(word) for word in words])
    told = "".join(capsys.readouterr())
    assert "⟦" in told
    return set(ENGLISH.findall(SHOWN.sub("⟧", told)))


def test_mistakes_in_notes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in WRONG.items():
        project = written(tmp_path / name, {name: text})
        assert left_in_english(capsys, "check", "-C", project) <= {"an HTML"}


@pytest.mark.parametrize(
    "words", [["check"], ["build", "deck", "log"], ["diff", "--notes"], ["build", "deck", "--locked"]]
)
def test_doubts_about_notes(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, DOUBTFUL)
    assert left_in_english(capsys, *words, "-C", project) == set()
    if "deck" in words:  # what is remembered of a build is told in the language of the next one
        assert left_in_english(capsys, "check", "-C", project) == set()


@pytest.mark.parametrize(
    "words",
    [
        ["coverage"],
        ["doctor"],
        ["check", "--links"],
        ["log", "--week", "2019-W01"],
        ["log", "--since", "2999-W01"],
        ["log", "--week", "2019-W60"],
        ["where", "nowhere"],
        ["where", "other/a.b"],
        ["new", "fact", "--in", "nowhere"],
        ["new", "topic"],
        ["ledger", "restore"],
        ["ledger", "restore", "x.apkg"],
        ["build", "--topic", "x"],
        ["build", "sheet", "--topic", "x"],
        ["build", "--seed", "2"],
        ["progress", "nothing.colpkg"],
        ["preview", "--editor", "ed"],
        ["push", "--url", "http://example.org"],
        ["import", "nothing.csv"],
        ["check", "--evidence", "--against", "x"],
    ],
    ids=" ".join,
)
def test_refusals_and_tables(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = example_copy(tmp_path / "project")
    if "--links" in words:
        project = written(tmp_path / "small", {"t.yaml": item("fact: 甲\nis: 乙")})
    assert left_in_english(capsys, *words, "-C", project) == set()


def test_an_import_and_its_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes = tmp_path / "notes.tsv"
    notes.write_text(NOTES * 15, "utf-8")
    assert left_in_english(capsys, "import", notes, "-C", tmp_path / "project") == set()
    report = (tmp_path / "project/import-report.txt").read_text("utf-8")
    assert set(ENGLISH.findall(SHOWN.sub("⟧", report))) == set()


def test_a_learners_progress(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = example_copy(tmp_path / "project")
    assert main(["build", "deck", "-C", str(project)]) == 0
    (package,) = (project / "build").glob("*.apkg")
    with anki_engine.collection(tmp_path / "anki") as col:
        anki_engine.import_deck(col, package)
        anki_engine.study(col, most=5)
    (collection,) = tmp_path.glob("anki*/**/*.anki2")
    capsys.readouterr()
    assert left_in_english(capsys, "progress", collection, "-C", project) == set()


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*command.split(), "-h"])
    told = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert "⟦" in told
    assert set(ENGLISH.findall(SHOWN.sub("⟧", told))) == set()
