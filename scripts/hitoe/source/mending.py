"""Why a text is not YAML, in an author's words, and the line as it was probably meant."""

import re

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.tokens import (
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    ScalarToken,
    Token,
)

Mistake = tuple[int, int, str]
"""Line and column from 1, and the sentence."""

Diagnosis = tuple[str, int, str | None]
"""The sentence, the column from 0 and the mended line (None: no idea how)."""

VALUE = re.compile(r"""^(\s*(?:-\s+)*(?:[^\s:#'"\[{-][^:#]*|'[^']*'|"[^"]*"):[ ]+|\s*(?:-\s+)+)(\S.*?)\s*$""")
KEY = re.compile(r"^( *)([\w-]+)(：\s*|:\u3000\s*|:(?!//)(?=\S)|$)")
"""A line that was meant to begin with a key, and does not for want of ': ', or for full-width signs."""
SIGNS = ("**", "*", "`", "{{", "@", "%", "&", "!", "[", "{", "|", ">")
CLOSING = {"[": "]", "{": "}"}
WIDE = "\u3000"
TAB = "a tab indents this line: use spaces"
WIDE_SPACE = "a full-width space indents this line: use spaces"
NO_COLON = "a key without ':': add it, or quote the text of the lines above"
INDENTATION = "the indentation does not fit the lines above: begin in the same column as the neighbours"


def explain(text: str, error: MarkedYAMLError) -> tuple[Mistake, str | None]:
    """Return the mistake behind a parser's error, and the text with that line mended (None: no idea how)."""
    mark, problem = error.problem_mark or error.context_mark, str(error.problem)
    if "could not find expected ':'" in problem or "unexpected end of stream" in problem:
        mark = error.context_mark or mark
    lines = text.split("\n")
    number = min(mark.line, len(lines) - 1)
    bracket, quoted = _open(text, number, mark.column)
    if quoted is not None and "expected" in problem:
        message = f"the quote that opens here is closed only in line {number + 1}: close it in its own line"
        return (quoted.start_mark.line + 1, quoted.start_mark.column + 1, message), None
    if bracket is not None and bracket.start_mark.line != number and "expected" in problem:
        sign = text[bracket.start_mark.index]
        message = f"'{sign}' is never closed: add '{CLOSING[sign]}', or quote the text"
        lines[number - 1] += " " + CLOSING[sign]
        return (bracket.start_mark.line + 1, bracket.start_mark.column + 1, message), "\n".join(lines)
    if bracket is not None and not lines[number].startswith("{{", bracket.start_mark.column):
        message, column, mended = _inside_brackets(lines[number], mark.column, problem)
    else:
        over = next((i for i in reversed(range(number)) if lines[i].strip()), None)
        above = "" if over is None else lines[over]
        if over is not None and "mapping values" in problem and ":" not in lines[number][: mark.column]:
            # The line above was read as text that goes on here, though neither is indented deeper than a neighbour.
            deeper = len(_indent(lines[number])) - len(_indent(above))
            slip = _slip(above, _indent(lines[number]), "" if deeper else "…") if deeper >= 0 else None
            number = number if slip is None else over
        else:
            slip = _slip(lines[number], _indent(above), "") if "could not find expected ':'" in problem else None
        message, column, mended = slip or _diagnosis(lines[number], mark.column, problem, above)
    place = number + 1, column + 1, message
    if mended is None:
        return place, None
    lines[number] = mended
    return place, "\n".join(lines)


def _open(text: str, line: int, column: int) -> tuple[Token | None, Token | None]:
    """Return the innermost bracket that is open at a place, and the quoted text over several lines that ends there."""
    brackets: list[Token] = []
    last: Token | None = None
    try:
        for token in YAML(typ="base", pure=True).scan(text):
            if (token.start_mark.line, token.start_mark.column) >= (line, column):
                break
            if isinstance(token, FlowMappingStartToken | FlowSequenceStartToken):
                brackets.append(token)
            elif isinstance(token, FlowMappingEndToken | FlowSequenceEndToken) and brackets:
                brackets.pop()
            last = token
    except MarkedYAMLError:
        pass
    quoted = isinstance(last, ScalarToken) and last.style in ("'", '"')
    long = quoted and last is not None and last.start_mark.line < last.end_mark.line == line
    return brackets[-1] if brackets else None, last if long else None


def _slip(line: str, beside: str, value: str) -> Diagnosis | None:
    """Return what keeps a line from beginning with a key; None when nothing does.

    `beside` is the indentation of a neighbour, and `value` what a key alone is mended with.
    """
    indent = _indent(line)
    if WIDE in indent:
        return WIDE_SPACE, indent.index(WIDE), beside + line.lstrip()
    key = KEY.match(line.rstrip())
    if key is None:
        return None
    mended = f"{indent}{key[2]}: {line[key.end() :].strip() or value}"
    if key[3] == ":":
        return "no space follows the ':' of this key: add one", key.start(3), mended
    if key[3]:
        return f"a full-width sign follows this key: write ': ' for '{key[3]}'", key.start(3), mended
    return NO_COLON, key.start(2), mended


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _diagnosis(line: str, column: int, problem: str, above: str) -> Diagnosis:
    indent = _indent(line)
    if "\t" in indent:
        return TAB, indent.index("\t"), _indented(line, above)
    if "another document" in problem:
        return "'---' begins a second document: one file holds one, so delete this line", column, None
    if "escape" in problem or "hexadecimal" in problem:
        at = line.rfind("\\", 0, column + 1)
        return "a lone '\\' in double quotes: write '\\\\', or use single quotes", at, line[:at] + "\\" + line[at:]
    if "unexpected end of stream" in problem:
        return "the quote that opens here is never closed: close it", column, None
    if line[column : column + 1] == "\t":
        return "a tab stands here: use spaces, or quote the text", column, line[:column] + " " + line[column + 1 :]
    parts = VALUE.match(line)
    value = parts and column >= parts.end(1)
    if parts and value and parts[2].startswith(SIGNS):
        return _begins(parts[2]), parts.end(1), _quoted(parts)
    if parts and value and parts[2][0] in "\"'":
        return "the text goes on after its closing quote: put the whole text in quotes", parts.end(1), _quoted(parts)
    if "not allowed" in problem and parts and value:
        what = "'? '" if "keys" in problem else "': '" if "mapping" in problem else "'- '"
        return f"{what} inside the text: quote the text", column, _quoted(parts)
    if line[column : column + 1] and re.search("cannot start any token|alias|node content", problem):
        return _begins(line[column:]), column, _quoted(parts) if parts else None
    if "could not find expected ':'" in problem:
        return NO_COLON, column, None
    if "document start" in problem:
        return "the file is not one mapping: write lines of 'key: value'", column, None
    above_indent = _indent(above)
    return INDENTATION, column, above_indent + line.lstrip() if above and above_indent != indent else None


def _inside_brackets(line: str, column: int, problem: str) -> Diagnosis:
    if line[column : column + 1] == "\t":
        return "a tab stands here: use spaces, or quote the text", column, line[:column] + " " + line[column + 1 :]
    if "unexpected end of stream" in problem:
        return "the quote that opens here is never closed: close it", column, None
    if "escape" in problem or "hexadecimal" in problem:
        at = line.rfind("\\", 0, column + 1)
        return "a lone '\\' in double quotes: write '\\\\', or use single quotes", at, line[:at] + "\\" + line[at:]
    if line[column : column + 1] and re.search("cannot start any token|alias|node content", problem):
        return _begins(line[column:]), column, _quoted_at(line, column)
    parts = VALUE.match(line)
    return (
        "this does not go on as {…} or […] do: a ',' is missing, or a text needs quotes",
        column,
        _quoted(parts) if parts else None,
    )


def _begins(text: str) -> str:
    sign = next((sign for sign in SIGNS if text.startswith(sign)), text[:1])
    return f"a text that begins with '{sign}' means something else in YAML: quote the text"


def _indented(line: str, above: str) -> str:
    """Return the line indented with spaces: two for a tab, if that fits the line above it."""
    tabs = line[: len(line) - len(line.lstrip())]
    indent = len(tabs.replace("\t", "  "))
    least = len(above) - len(above.lstrip()) + 2 if above.rstrip().endswith(":") else 0
    most = max(least, len(above) - len(above.lstrip()))
    return " " * min(max(indent, least), most) + line.lstrip()


def _quoted(parts: re.Match[str]) -> str:
    return parts[1] + "'" + parts[2].replace("'", "''") + "'"


def _quoted_at(line: str, column: int) -> str:
    end = next((i for i in range(column, len(line)) if line[i] in ",}]"), len(line))
    return line[:column] + "'" + line[column:end].replace("'", "''") + "'" + line[end:]
