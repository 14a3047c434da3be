"""Random fields as three editors write them: Anki's own, Word and Google Docs, with formulas and several scripts."""

from html import escape
from random import Random

SIGNS = r"""
mitochondrion powerhouse e.g. C:\Users\me x_1 a*b 2**8 $5 1~2 #tag 10% key: - 1. `tick` [a](b) {brace} <tag> &amp; \n
snake_case_name __init__ 'quoted' "double" AWS::S3::Bucket f(x) ~/.aws 2^10 H2O ! ? 犬 日本語のテキスト 東京 は 、
「引用」 שלום עברית مرحبا العربية Привет ελληνικά हिन्दी ไทย 한국어 café naïve ½ → 😀 …
"""
WORDS = SIGNS.split()
TEX = (r"x^2", r"\frac{a}{b}", r"\sum_{i=1}^{n} i", r"a < b", r"\alpha\beta", r"\sqrt{2}", r"e^{i\pi}+1=0")
UNKNOWN_TEX = (r"\ce{H2O}", r"\require{mhchem}")
PASTED = (
    '<p class="MsoNormal" style="margin:0"><span lang="EN-US" style="font-family:Calibri">{}<o:p></o:p></span></p>',
    '<b style="font-weight:normal" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38"><span '
    'style="font-size:11pt;font-weight:700">{}</span><span style="font-weight:400"> end</span></p></b>',
    '<span style="color: rgb(0, 0, 0); font-family: Arial; display: inline !important;">{}</span>',
    '<div dir="rtl">{}</div>',
    '<font color="#ff0000">{}</font>',
)


def words(random: Random, most: int = 6) -> str:
    """Return words as HTML, with the spaces that editors put between them."""
    chosen = (escape(random.choice(WORDS), quote=False) for _ in range(random.randint(1, most)))
    return random.choice((" ", " ", " ", "&nbsp; ", "\n")).join(chosen)


def inline(random: Random) -> str:
    """Return words with marks in them."""
    text = words(random)
    match random.randrange(14):
        case 0:
            return f"{words(random)} <b>{text}</b> {words(random)}"
        case 1:
            return f"<i>{text}</i>, {words(random)}"
        case 2:
            return f"H<sub>2</sub>O {text} x<sup>2</sup>"
        case 3:
            return f"<code>{text}</code> {words(random)}"
        case 4:
            return f'<a href="https://example.org/a?b=1&amp;c=2">{text}</a>'
        case 5:
            return f"\\({escape(random.choice(TEX), quote=False)}\\) {text}"
        case 6:
            return f"{text}<br>\\[{escape(random.choice(TEX), quote=False)}\\]"
        case 7:
            return f'<b>{text} <span style="color:red">{words(random)}</span></b>'
        case 8 if random.random() < 0.2:
            return f"\\({escape(random.choice(UNKNOWN_TEX), quote=False)}\\) {text}"
        case _:
            return text


def field(random: Random) -> str:
    """Return a field of one or several lines."""
    match random.randrange(12):
        case 0:
            return f"<div>{inline(random)}</div><div>{inline(random)}</div>"
        case 1:
            return f"{inline(random)}<br>{inline(random)}<br><br>{inline(random)}"
        case 2:
            inner = f"<ul><li>{words(random)}</li></ul>"
            return f"{words(random)}<ul><li>{inline(random)}</li><li>{inline(random)}{inner}</li></ul>"
        case 3:
            return f"<ol><li>{inline(random)}</li><li>{inline(random)}</li></ol>{words(random)}"
        case 4:
            return f"<pre><code>def f(x):\n    return {escape(random.choice(WORDS), quote=False)}\n</code></pre>"
        case 5 | 6:
            return random.choice(PASTED).format(inline(random))
        case 7:
            return f"<h3>{words(random)}</h3><p>{inline(random)}</p><p>{inline(random)}</p>"
        case 8:
            return f"<table><tbody><tr><td>{words(random)}</td><td>{words(random)}</td></tr></tbody></table>"
        case _:
            return inline(random)


def cloze(random: Random) -> str:
    """Return a field with blanks."""
    first, second, number = words(random, 2), inline(random), random.choice((2, 2, 3))
    hint = "::a hint" if random.random() < 0.3 else ""
    match random.randrange(4):
        case 0:
            return f"{words(random)} {{{{c1::<b>{words(random, 2)}</b>}}}} <br>{{{{c{number}::{first}{hint}}}}}"
        case 1:
            return f"\\(a^2 + {{{{c1::b^2}}}}\\) {second}"
        case 2:
            return f"<ul><li>{{{{c1::{first.replace('::', ':')}}}}}</li><li>{second}</li></ul>"
        case _:
            return f"{second} {{{{c1::{first.replace('::', ':')}{hint}}}}}"
