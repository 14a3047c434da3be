"""Emphasis, subscripts, superscripts, line ends, pictures and sounds: what is meant as a mark is one, all else not."""

import re

import pytest
from hitoe.text import (
    Break,
    CodeSpan,
    Emphasis,
    Inline,
    Link,
    PictureSpan,
    Plain,
    SoundSpan,
    Strong,
    Sub,
    Sup,
    Tex,
    Text,
    TextError,
)
from hitoe.text.notations import is_marked, told
from hitoe.text.parse import parse
from hypothesis import given, settings
from hypothesis import strategies as st


def outline(raw: str) -> str:
    """Return a text with the kind of each mark around it: `<Emphasis x>`."""
    return "".join(map(_outline, parse(raw).inline or ()))


def _outline(node: Inline) -> str:
    name = type(node).__name__
    match node:
        case Plain(text):
            return text
        case CodeSpan(text) | Sub(text) | Sup(text) | Tex(text):
            return f"<{name} {text}>"
        case PictureSpan(file, alt) | SoundSpan(file, alt):
            return f"<{name} {file}|{alt}>"
        case Break():
            return "<Break>"
        case _:
            return f"<{name} {''.join(map(_outline, node.children))}>"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("*Homo sapiens*", "<Emphasis Homo sapiens>"),
        ("これは*強調*です", "これは<Emphasis 強調>です"),
        ("*「引用」*は", "<Emphasis 「引用」>は"),
        ("(*E. coli*)、", "(<Emphasis E. coli>)、"),
        ("is *Homo sapiens*.", "is <Emphasis Homo sapiens>."),
        ("*Note*: x", "<Emphasis Note>: x"),
        ("*E. coli*-negative", "<Emphasis E. coli>-negative"),
        ('*"Faust"* and *a* *b*', '<Emphasis "Faust"> and <Emphasis a> <Emphasis b>'),
        ("***both***", "<Strong <Emphasis both>>"),
        ("*a **b***", "<Emphasis a <Strong b>>"),
        ("*a **b* c** d*", "<Emphasis a <Strong b* c> d>"),
        ("**a *b* c**", "<Strong a <Emphasis b> c>"),
        ("**必須***任意*", "<Strong 必須><Emphasis 任意>"),
        ("*`kms:*`と語*", "<Emphasis <CodeSpan kms:*>と語>"),
        ("[*x*](https://a.example)", "<Link <Emphasis x>>"),
        ("{{c1::*Canis lupus*::学名}}", "<ClozeSpan <Emphasis Canis lupus>>"),
        ("*{{c1::a*}} b*", "<Emphasis <ClozeSpan a*> b>"),
        ("*x*~1~と*y*^2^", "<Emphasis x><Sub 1>と<Emphasis y><Sup 2>"),
        ("*한국어*는", "<Emphasis 한국어>는"),
        ("*ไทย*คำ", "<Emphasis ไทย>คำ"),
        ("Δ*G* = Δ*H* − *T* Δ*S*", "Δ<Emphasis G> = Δ<Emphasis H> − <Emphasis T> Δ<Emphasis S>"),
        ("{{c1::*T* Δ*S*}}", "<ClozeSpan <Emphasis T> Δ<Emphasis S>>"),
    ],
)
def test_words_between_single_stars_are_emphasised(raw: str, expected: str) -> None:
    assert outline(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        *(
            "kms:*",
            "g2.*",
            "a*b",
            "a*b*c",
            "s3:*b*",
            "g2.*b*",
            "s3:Get*と s3:Put*",
            "kms:* と iam:*",
            "kms:*、ec2:*",
            "2*3*4",
            "* a * b *",
        ),
        *(
            "*",
            "**",
            "*.*",
            "*/*",
            "Accept: */*",
            "*.js と *.ts",
            "src/*.c と lib/*.h",
            "/* 注 */",
            "/*注*/",
            "*a",
            "a*",
        ),
        *('"*" と "*"', "「*」と「*」", "(*) と (*)", "[*][*]", "{*}", "count(*) と sum(*)", "f(*args, **kwargs)"),
        *(
            "*.example.com と *.example.org",
            "int *p, *q;",
            "*/5 * * * *",
            "é*x*",
            "λόγος*x*",
            "α*β*γ",
            "слово*слово*",
            "_*x*_",
            "@*x*",
        ),
        *("*印は`必須*`", '{"Action": ["s3:*"], "Resource": "*"}', "*p++ = *q", "a.*b.*c", "$*x*"),
    ],
)
def test_stars_of_names_and_lists_stay(raw: str) -> None:
    assert "<Emphasis" not in outline(raw)
    assert outline(raw).replace("<CodeSpan 必須*>", "`必須*`") == raw


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("H~2~O", "H<Sub 2>O"),
        ("x^2^", "x<Sup 2>"),
        ("SO~4~^2-^", "SO<Sub 4><Sup 2->"),
        ("CO~2~は", "CO<Sub 2>は"),
        ("10^6^ と 10^−9^", "10<Sup 6> と 10<Sup −9>"),
        ("^14^C と ~6~C", "<Sup 14>C と <Sub 6>C"),
        ("log~2~8", "log<Sub 2>8"),
        ("a~n+1~ と a~max~", "a<Sub n+1> と a<Sub max>"),
        ("λ~α~", "λ<Sub α>"),
        ("(a+b)^2^", "(a+b)<Sup 2>"),
        ("H~2~O、CO~2~、x^2^+y^2^", "H<Sub 2>O、CO<Sub 2>、x<Sup 2>+y<Sup 2>"),
        ("**H~2~O**", "<Strong H<Sub 2>O>"),
        ("{{c1::SO~4~^2-^}}", "<ClozeSpan SO<Sub 4><Sup 2->>"),
        ("e^x^y", "e<Sup x>y"),
        ("t~1/2~、a~i,j~、10^-3.5^", "t<Sub 1/2>、a<Sub i,j>、10<Sup -3.5>"),
        ("10^6^/mL と CO~2~/H~2~O", "10<Sup 6>/mL と CO<Sub 2>/H<Sub 2>O"),
        ("^235^~92~U", "<Sup 235><Sub 92>U"),
        ("F♯^ø^", "F♯<Sup ø>"),
        ("H{{c1::~2~}}Oと{{c2::^2-^::電荷}}", "H<ClozeSpan <Sub 2>>Oと<ClozeSpan <Sup 2->>"),
    ],
)
def test_subscripts_and_superscripts(raw: str, expected: str) -> None:
    assert outline(raw) == expected
    assert not list(told(raw))


@pytest.mark.parametrize(
    "raw",
    [
        *(
            "1~2個、3~4個",
            "2^10と2^20",
            "~/.awsと~/.kube",
            "9~17時、20~22時",
            "~5分",
            "a^b",
            "^x",
            "x^",
            "~~a~~",
            "a ~ b ~ c",
        ),
        *("10~20,30~40", "x^2,y^2", "x^2/y^2", "5月~1,000~2,000円", "a~b/c~d"),
        *("~a b~", "x^あ^", "x^abcdefghijklm^", "[^1^", "`H~2~O`", "\\^2\\^"),
    ],
)
def test_ranges_powers_and_paths_stay(raw: str) -> None:
    assert not re.search("<Su[bp]", outline(raw))


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        ("2*x* + 1", "'2*x*' could be meant as emphasis"),
        ("1~2~3", "'~2~' could be meant as a subscript"),
        ("2^10+2^20", "'^10+2^' could be meant as a superscript"),
        ("x^n+y^n", "'^n+y^' could be meant as a superscript"),
        ("a~b~/c", "'~b~' could be meant as a subscript"),
        ("2~10~まで", "'~10~' could be meant as a subscript"),
        ("x^2^3", "'^2^' could be meant as a superscript"),
        ("(^o^)", "'^o^' could be meant as a superscript"),
        ("約~5~10個", "'~5~' could be meant as a subscript"),
        ("これが ~A~ です", "'~A~' could be meant as a subscript"),
    ],
)
def test_what_could_be_meant_either_way_stays_and_is_told(raw: str, what: str) -> None:
    assert outline(raw) == raw
    assert [message.partition(",")[0] for message in told(raw)] == [what]


@pytest.mark.parametrize("raw", ["一\n二", "一\\\n二", "一  \n二", "**一\n二**", "*一\n二*", "- 一\n  二"])
def test_a_line_end_that_arrives_is_one(raw: str) -> None:
    text = parse(raw)
    assert [type(node) for node in text.walk() if isinstance(node, Break)] == [Break]
    assert text.plain in {"一二", "一 二"}
    assert text.lines == ["一", "二"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("![旗](images/fr.png)", "<PictureSpan images/fr.png|旗>"),
        ("![](images/a.SVG)", "<PictureSpan images/a.SVG|>"),
        ("前![a *b* `c` \\]](x (1).jpg)後", "前<PictureSpan x (1).jpg|a b c ]>後"),
        ("![a](<a b.webp>)![b](b.gif)", "<PictureSpan a b.webp|a><PictureSpan b.gif|b>"),
        ("![発音](audio/x.mp3)", "<SoundSpan audio/x.mp3|発音>"),
        ("{{c1::![a::b](x.png)::図}}", "<ClozeSpan <PictureSpan x.png|a::b>>"),
        ("[![a](x.png)](https://a.example)", "<Link <PictureSpan x.png|a>>"),
        ("**![a](x.png)**", "<Strong <PictureSpan x.png|a>>"),
    ],
)
def test_pictures_and_sounds(raw: str, expected: str) -> None:
    assert outline(raw) == expected
    assert not list(told(raw))


def test_a_blank_within_the_words_for_a_picture_is_refused() -> None:
    with pytest.raises(TextError, match="a cloze in the words for a picture or a sound: put all of"):
        parse("![{{c1::a}}](x.png)")


@pytest.mark.parametrize("words", ["👍🏽", "ma˥", "∑x", "کتاب\u200c", "བོད་", "متى؟", "\u200dক"])
def test_words_of_every_script_and_signs_are_emphasised(words: str) -> None:
    assert outline(f"語 *{words}* 語") == f"語 <Emphasis {words}> 語"


def test_a_paragraph_does_not_decide_on_the_stars_of_another_one() -> None:
    text = parse("**abc\n\n**b**\n\n*ab\n\n*b*")
    assert [type(node) for node in text.walk() if isinstance(node, Strong | Emphasis)] == [Strong, Emphasis]


@pytest.mark.parametrize(
    "raw",
    [
        *("2**3と4**5", "x**2 + y**2", "f(x)**2 + (a+b)**2", "a[0]**2 + b[1]**2"),
        *("**/*.py と src/**/a.py", "src/**/a と lib/**/b", "f(**a) or g(**b)"),
    ],
)
def test_two_stars_of_powers_globs_and_arguments_stay(raw: str) -> None:
    assert outline(raw) == raw


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("x**2 と **太字**", "x**2 と <Strong 太字>"),
        ("un**believ**able", "un<Strong believ>able"),
        ("S3**標準**IA", "S3<Strong 標準>IA"),
        ("**a**/**b**", "<Strong a>/<Strong b>"),
        ("**/etc/hosts**", "<Strong /etc/hosts>"),
    ],
)
def test_strong_words_beside_letters_and_slashes(raw: str, expected: str) -> None:
    assert outline(raw) == expected


@pytest.mark.parametrize("raw", ["2 H~2~\n+ O~2~", "+ 5 °C", "1) 甲\n2) 乙", "- 甲\n  + 乙\n  1) 丙"])
def test_lines_of_sums_and_of_numbers_with_a_parenthesis_keep_their_signs(raw: str) -> None:
    shown = "".join(node.text for node in parse(f"{raw}\n").walk() if isinstance(node, Plain))
    assert all(sign in shown for sign in re.findall(r"\+|\d\)", raw))


def test_plain_text_says_what_stands_higher_and_lower() -> None:
    assert parse("H~2~O、10^−6^、x^n^、v~max~").plain == "H₂O、10⁻⁶、x^n、vmax"
    assert parse("*a* ![旗](x.png) ![音](x.mp3)").plain == "a 旗"


@pytest.mark.parametrize(
    ("raw", "found", "instead"),
    [
        ("H<sub>2</sub>O", "<sub>", "`~2~`"),
        ("x<sup>2</sup>", "<sup>", "`^2^`"),
        ("a<br>b", "<br>", "`\\`"),
        ("a<br/>b", "<br/>", "`\\`"),
        ("<b>x</b>", "<b>", "`**words**`"),
        ("<strong>x</strong>", "<strong>", "`**words**`"),
        ("<i>x</i>", "<i>", "`*words*`"),
        ("<em class='a'>x</em>", "<em class='a'>", "`*words*`"),
        ('<img src="a.png">', '<img src="a.png">', "images/x.png"),
        ("[sound:x.mp3]", "[sound:x.mp3]", "audio/x.mp3"),
        ("![[a.png]]", "![[a.png]]", "images/x.png"),
        (f"![{'絵' * 501}](a.png)", f"![{'絵' * 38}…", "at most 500 characters"),
        ("![a](https://a.example/b.png)", "![a](https://a.example/b.png)", "a file of content/"),
        ("![a](b.pdf)", "![a](b.pdf)", "a file of content/"),
        ("{{c1:x}}", "{{c1:", "{{c1::answer}}"),
        ("{{C1::x}}", "{{C1:", "{{c1::answer}}"),
        ("__x__", "__x__", "`**words**`"),
        ("_x y_", "_x y_", "`*words*`"),
        ("==x==", "==x==", "`**words**`"),
        ("~~x~~", "~~x~~", "delete it"),
        ("a&nbsp;b", "&nbsp;", "the sign itself, '\xa0'"),
        ("&#8594;", "&#8594;", "the sign itself, '→'"),
        (r"\begin{align*} x \end{align*}", r"\begin{align*}", "`$…$`"),
        ("食[た]べる", "食[た]", "the item's `reading:`"),
        ("水晶[すいしょう]", "水晶[すいしょう]", "the item's `reading:`"),
        ("[latex]x[/latex]", "[latex]", "`$…$`"),
        ("[$]x[/$]", "[$]", "`$…$`"),
        ("<anki-mathjax>x</anki-mathjax>", "<anki-mathjax>", "`$…$`"),
    ],
)
def test_other_notations_are_told_with_what_to_write(raw: str, found: str, instead: str) -> None:
    (message,) = told(f"これは{raw}です" if raw[0] not in "_" else raw)
    assert message.startswith(f"'{found}' is shown as written")
    assert instead in message


@pytest.mark.parametrize(
    "raw", ["| a | b |\n|---|:--:|\n| 1 | 2 |", "a | b\n--- | ---\n1 | 2", "| a |\n| --- |\n| 1 |"]
)
def test_a_table_of_other_markdown_is_told_once(raw: str) -> None:
    (message,) = told(raw)
    assert "an item of the kind `table`" in message


@pytest.mark.parametrize("raw", ["| a | b |", "|--", "a -| b", "- a | b", "---", "|x|\n| - |", "`|--|--|`"])
def test_other_lines_and_dashes_are_no_table(raw: str) -> None:
    assert not list(told(raw))


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (r"C:\Users\me\*.txt", r"'C:\Users\me\*.txt' is shown without some"),
        (r"\\server\share", r"'\\server\share' is shown without some"),
        (r"[a-z]+\.com", r"'\.' is shown as '.'"),
        (r"rm {} \;", r"'\;' is shown as ';'"),
        (r"echo \"hi\"", "'\\\"' is shown as '\"'"),
        (r"H~{{c1::2}}~O", "'~{{c1::2}}~' is shown as written: write `{{c1::~2~}}`"),
    ],
)
def test_backslashes_and_marks_around_a_blank_that_are_lost_are_told(raw: str, found: str) -> None:
    (message,) = told(raw)
    assert message.startswith(found)


@pytest.mark.parametrize(
    "raw", [r"C:\Users\x", r"C:\\Users\\x", r"`\\a\b.c`", r"1\. e4", r"\* \_ \~", r"\\\\server\\share", r"a \\. b"]
)
def test_backslashes_that_arrive_as_meant_are_not_told(raw: str) -> None:
    assert not list(told(raw))


def test_a_line_end_that_yaml_took_is_told() -> None:
    assert [message[:23] for message in told("one\\ two")] == ["'\\ ' is shown as writte"]


@pytest.mark.parametrize(
    "raw",
    [
        *(
            "<LocalPath>",
            "List<String>",
            "Map<K, V>",
            "a < b > c",
            "<https://a.example>",
            "AT&T; &c",
            "a == b == c",
            "snake_case_name",
        ),
        *(
            "`<br>`",
            "\\<br>",
            "`` [sound:x.mp3] ``",
            "\\[sound:x.mp3]",
            "```\n<b>x</b> == ~~a~~\n```",
            "\\__x\\__",
            "\\&amp;",
        ),
        *(
            "{{c1::x}}",
            "{{resolve:ssm:a}}",
            "args[0](必須)",
            "_retry",
            "C:\\Users\\x",
            "重要![手引き]",
            "=~",
        ),
    ],
)
def test_what_is_meant_as_written_is_not_told(raw: str) -> None:
    assert not list(told(raw))


SIGNS = [
    "*",
    "**",
    "*",
    "~",
    "^",
    "~2~",
    "^2^",
    "![a](x.png)",
    "`",
    "あ",
    "強調",
    "word",
    "x",
    "2",
    " ",
    "、",
    "「",
    "」",
]
SIGNS += [":", ".", "(", ")", "-", "[", "](https://a.example)", "kms:*", "\t", "é", "ไ", "한", "!", "_"]


def written(nodes: tuple[Inline, ...]) -> str:
    """Return Markdown for nodes, without any escape."""
    marks = {Emphasis: "*", Strong: "**", Sub: "~", Sup: "^"}
    found = ""
    for node in nodes:
        match node:
            case Plain(text):
                found += text
            case Sub(text) | Sup(text):
                found += marks[type(node)] + text + marks[type(node)]
            case CodeSpan(text):
                found += f"`{text}`"
            case Emphasis(children) | Strong(children):
                found += marks[type(node)] + written(children) + marks[type(node)]
            case Link(children, url):
                found += f"[{written(children)}]({url})"
            case PictureSpan(file, alt):
                found += f"![{alt}]({file})"
    return found


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=12).map("".join).filter(str.strip))
def test_no_sign_is_lost_whatever_is_a_mark(raw: str) -> None:
    text: Text = parse(raw)
    if "``" not in raw and "` " not in raw and " `" not in raw:  # code spans drop spaces at their ends
        assert written(text.inline or ()) == raw.strip()


@pytest.mark.parametrize(
    ("words", "marked"), [("a*", False), ("*a*", True), ("`a`", True), ("{{c1::a", True), ("", False)]
)
def test_words_with_a_mark_or_with_one_that_cannot_be_read_are_marked(words: str, marked: bool) -> None:
    assert is_marked(words) is marked
