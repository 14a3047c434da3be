"""`hitoe import` of tables of text and of Markdown: encodings, separators, heads of Anki's exports, three forms."""

import time
from pathlib import Path

import pytest
from hitoe import checks
from hitoe.cli import main
from hitoe.importing.text_file import rows
from support.foreign import picture_file


def imported(folder: Path, name: str, text: str | bytes) -> str:
    """Import a file into a new project, check the project, and return what is below `items:`."""
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    assert main(["import", str(folder / name), "-C", str(folder / "project")]) == 0
    checks.trusted(folder / "project")
    files = sorted((folder / "project" / "content" / "topics").glob("*.yaml"))
    return "".join(file.read_text("utf-8").partition("    items:\n")[2] for file in files)


def report(folder: Path) -> list[str]:
    return (folder / "project" / "import-report.txt").read_text("utf-8").splitlines()


DOGS = "      dog:\n        fact: dog\n        is: 犬\n      cat:\n        fact: cat\n        is: 猫\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932"])
def test_letters_of_every_usual_encoding_are_read(tmp_path: Path, encoding: str) -> None:
    assert imported(tmp_path, "a.txt", "dog\t犬\r\ncat\t猫\r\n".encode(encoding)) == DOGS
    said = {"utf-8": "utf-8-sig"}.get(encoding, encoding)
    assert report(tmp_path) == [f"the letters are taken to be {said}", "the separator is taken to be the tab"]


@pytest.mark.parametrize(
    ("name", "text", "separator"),
    [
        ("a.txt", "dog\t犬\ncat\t猫\n", "tab"),
        ("a.csv", "dog,犬\ncat,猫\n", "comma"),
        ("a.csv", 'dog;犬\n"cat";猫', "semicolon"),
        ("a.txt", "dog|犬\ncat|猫", "pipe"),
        ("a.tsv", "dog\t犬\ncat\t猫\n", "tab"),
        ("a.csv", "Term,Definition\ndog,犬\n\ncat,猫\n", "comma"),
    ],
)
def test_the_separator_is_found_and_said(tmp_path: Path, name: str, text: str, separator: str) -> None:
    assert imported(tmp_path, name, text) == DOGS
    assert f"the separator is taken to be the {separator}" in report(tmp_path)


def test_a_separator_is_one_that_all_lines_have(tmp_path: Path) -> None:
    table = rows("a, b, c\t1\nd\t2\ne, f\t3", ".txt")
    assert [row for _, row in table.rows] == [["a, b, c", "1"], ["d", "2"], ["e, f", "3"]]
    for ending, row in ((".csv", ["a", "b\tc"]), (".txt", ["a,b", "c"]), (".tsv", ["a,b", "c"])):
        assert [each for _, each in rows("a,b\tc\n", ending).rows] == [row]
    assert [line for line, _ in rows('#separator:,\n\n"a\nb",c\nd,e\n', ".csv").rows] == [3, 5]


def test_heads_of_ankis_exports_are_obeyed(tmp_path: Path) -> None:
    text = (
        "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
        "g1\tBasic\tLang::JA\t<b>dog</b>\t犬<br>いぬ\ta b::c\n"
        'g2\tCloze\tLang::EN\tThe {{c1::cat}}\t"a\tb"\t\n'
    )
    assert imported(tmp_path, "a.txt", text) == (
        "      the-cat:\n        cloze: The {{c1::cat}}\n        extra: a b\n"
        '      dog:\n        fact: "**dog**"\n        is: |\n          犬\n          いぬ\n        tags: [a, "b::c"]\n'
    )
    assert report(tmp_path) == ["the letters are taken to be utf-8-sig"]


@pytest.mark.parametrize("number", ["²", "0", "٣", "-1", "1.0", "9" * 5000])
def test_a_column_that_no_table_has_is_passed_by(tmp_path: Path, number: str) -> None:
    assert imported(tmp_path, "a.txt", f"#separator:tab\n#tags column:{number}\ndog\t犬\ncat\t猫\n") == DOGS


def test_markup_in_a_table_is_read_as_html_and_that_is_said(tmp_path: Path) -> None:
    assert imported(tmp_path, "a.txt", "a &amp; b\t<b>c</b><br>d\n") == (
        "      a-b:\n        fact: a & b\n        is: |\n          **c**\n          d\n"
    )
    assert report(tmp_path)[2:] == ["the texts are taken to be HTML"]


def test_texts_without_markup_are_taken_as_they_are(tmp_path: Path) -> None:
    text = 'a < b,"*x*, &amp;\ny"\n'
    assert imported(tmp_path, "a.csv", text) == (
        "      a-b:\n        fact: a < b\n        is: |\n          \\*x\\*, \\&amp;\n          y\n"
    )


def test_further_columns_are_extra_with_their_titles(tmp_path: Path) -> None:
    text = "Front,Back,Example,Note\ndog,犬,a dog,n\ncat,猫,,\n"
    assert "        extra: |\n          - Example: a dog\n          - Note: n\n" in imported(tmp_path, "a.csv", text)


def test_words_that_are_keys_of_the_format_are_keys_of_items_too(tmp_path: Path) -> None:
    words = imported(tmp_path, "a.csv", "file,Datei\nlabel,Etikett\n")
    assert words == DOGS.replace("dog", "file").replace("犬", "Datei").replace("cat", "label").replace("猫", "Etikett")


def test_what_the_head_of_a_table_says_twice_counts_as_it_is_said_last(tmp_path: Path) -> None:
    text = "#separator:tab\n#html:true\n#html:false\ndog\t<b>犬</b>\ncow\t\n"
    assert "is: '\\<b>犬\\</b>'" in imported(tmp_path, "a.csv", text)
    assert "5: no answer: a fact needs one" in report(tmp_path)


def test_a_row_without_an_answer_is_told_with_its_line(tmp_path: Path) -> None:
    imported(tmp_path, "a.csv", 'dog,"犬\nいぬ"\ncow,\ncat,猫\n')
    assert report(tmp_path)[2:] == ["3: no answer: a fact needs one", "3: the note was not carried over: cow"]


@pytest.mark.parametrize("text", ["dog\ncat\n", "#tags column:1\ndog\ncat\n"])
def test_a_table_of_one_column_is_told(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(text)
    assert main(["import", str(tmp_path / "a.txt"), "-C", str(tmp_path / "project")]) == 1
    assert "holds no note that can be carried over" in capsys.readouterr().err
    assert not (tmp_path / "project").exists()


def test_letters_of_no_known_encoding_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_bytes(b"dog\t\x81 \n")
    assert main(["import", str(tmp_path / "a.txt"), "-C", str(tmp_path / "project")]) == 1
    assert "save it as UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "# Animals\n\nQ: dog\nA: 犬\n\nQ: cat\nA: 猫\n",
        "**Q:** dog\n**A:** 犬\n## Other\nnot asked\n\nQ. cat\nA. 猫",
        "# dog\n\n犬\n\n# cat\n猫\n",
        "---\nQ: dog\nA: 犬\n\n---\n\nQ: cat\nA: 猫\n* * *\n",
        "| Animal | 日本語 |\n|---|---|\n| dog | 犬 |\n| cat | 猫 |\n",
        "words before\n\nTerm | Meaning\n:-- | --:\ndog | 犬\ncat | 猫\n\nafter\n",
    ],
)
def test_three_forms_of_markdown_are_read(tmp_path: Path, text: str) -> None:
    assert imported(tmp_path, "a.md", text) == DOGS


def test_a_question_without_an_answer_is_told_with_its_line(tmp_path: Path) -> None:
    assert imported(tmp_path, "a.md", "Q: dog\nA: 犬\nQ: cow\n\nQ: cat\nA: 猫\n") == DOGS
    assert report(tmp_path)[1:] == ["line 3: the note was not carried over, for it has no answer: cow"]


def test_words_that_belong_to_no_question_are_told_with_their_line(tmp_path: Path) -> None:
    text = "Read this\nfirst\n\nQ: dog\nA: 犬\n\n## Cow\n\n牛\n\n## Cats\nQ: cat\nA: 猫\n| bird | 鳥 |\n"
    assert imported(tmp_path, "a.md", text) == DOGS.replace("猫", "|\n          猫\n          | bird | 鳥 |")
    assert report(tmp_path)[1:3] == [
        "line 1: this was not carried over, for it belongs to no question: Read this …",
        "line 9: this was not carried over, for it belongs to no question: 牛",
    ]


def test_markdown_stays_markdown(tmp_path: Path) -> None:
    picture_file(tmp_path / "img" / "a.png")
    text = "# dog\n\n**犬** `x`\n\n- a\n- b\n\n```py\n# no heading\n```\n![it](img/a.png)\n"
    text += "# cat\n![](no.png)\n__x__ {{c1::y}}\n"
    assert imported(tmp_path, "a.md", text) == (
        "      dog:\n        fact: dog\n        is: |\n          **犬** `x`\n\n          - a\n          - b\n\n"
        "          ```py\n          # no heading\n          ```\n          ![it](images/img_a.png)\n"
        "      cat:\n        fact: cat\n        is: '\\_\\_x\\_\\_ \\{\\{c1::y\\}\\}'\n"
    )
    assert report(tmp_path) == [
        "the letters are taken to be utf-8-sig",
        "line 12: file is missing: no.png",
        "line 12: shown as written: a blank in a question or an answer",
    ]


def test_a_picture_that_the_project_has_already_is_not_copied_again(tmp_path: Path) -> None:
    picture_file(tmp_path / "a.png")
    for name in ("dog", "cat"):
        imported(tmp_path, f"{name}.md", f"# {name}\n![](a.png)\n")
    assert [path.name for path in (tmp_path / "project" / "content" / "images").iterdir()] == ["a.png"]


def test_marks_that_hitoe_has_not_are_told_with_their_line(tmp_path: Path) -> None:
    imported(tmp_path, "a.md", "# cat\n猫\n# dog\n__犬__\n")
    told = "line 3: '__犬__' is shown as written: write `**words**`, or put it into `…` if it is meant so"
    assert report(tmp_path)[1:] == [told]


@pytest.mark.parametrize(
    "line", ["# " * 40_000 + "x", "|" + "\\|" * 40_000 + "||", "a|b" + " " * 80_000 + "|x|", "$a " + "_ " * 40_000]
)
def test_a_line_that_never_ends_is_read_in_time_that_grows_with_it(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.md").write_text(f"# 問い\n答え\n{line}\n", "utf-8")
    start = time.process_time()
    assert main(["import", str(tmp_path / "a.md"), "-C", str(tmp_path / "project")]) == 0
    assert time.process_time() - start < 5


def test_a_table_of_thousands_of_columns_is_read_in_time_that_grows_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\nc,d" + "," * 40_000 + "\n", "utf-8")
    start = time.process_time()
    assert main(["import", str(tmp_path / "a.csv"), "-C", str(tmp_path / "project")]) == 0
    assert time.process_time() - start < 4
