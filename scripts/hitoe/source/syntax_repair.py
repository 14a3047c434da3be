"""Explains a YAML syntax error to the author, and guesses the corrected line so that parsing can continue after it."""

import re
from contextlib import suppress

from ruamel.yaml import YAML, tokens
from ruamel.yaml.error import MarkedYAMLError

Mistake = tuple[int, int, str]
"""Line and column from 1, and the message."""

Diagnosis = tuple[str, int, str | None]
"""The message, the column from 0, and the corrected line (None: no guess)."""

VALUE = re.compile(r"""^(\s*(?:-\s+)*(?:[^\s:#'"\[{-][^:#]*|'[^']*'|"[^"]*"):[ ]+|\s*(?:-\s+)+)(\S.*?)\s*$""")
KEY = re.compile(r"^( *)([\w-]+)(：\s*|:\u3000\s*|:(?!//)(?=\S)|$)")
"""A line that was meant to begin with a key, but lacks ': ' or has full-width characters in its place."""
BAD_START = re.compile("cannot start any token|alias|node content")
"""The parser's words for a value that begins with a character of YAML's syntax."""
SPECIAL = ("**", "*", "`", "{{", "@", "%", "&", "!", "[", "{", "|", ">")
CLOSING = {"[": "]", "{": "}"}
WIDE_SPACE = "\u3000"
TAB_INDENT = "a tab indents this line: use spaces"
WIDE_INDENT = "a full-width space indents this line: use spaces"
NO_COLON = "a key without ':': add it, or quote the text of the lines above"
INDENTATION = "the indentation does not fit the lines above: begin in the same column as the neighbours"


def diagnose(text: str, error: MarkedYAMLError) -> tuple[Mistake, str | None]:
    """Return the mistake behind a parser's error, and the text with that line corrected (None: no guess)."""
    mark, problem = error.problem_mark or error.context_mark, str(error.problem)
    if "could not find expected ':'" in problem or "unexpected end of stream" in problem:
        mark = error.context_mark or mark
    lines = text.split("\n")
    number = min(mark.line, len(lines) - 1)
    bracket, quoted = _open_at(text, number, mark.column)
    if quoted is not None and "expected" in problem:
        message = f"the quote that opens here is closed only in line {number + 1}: close it in its own line"
        return (quoted.start_mark.line + 1, quoted.start_mark.column + 1, message), None
    if bracket is not None and bracket.start_mark.line != number and "expected" in problem:
        opening = text[bracket.start_mark.index]
        message = f"'{opening}' is never closed: add '{CLOSING[opening]}', or quote the text"
        lines[number - 1] += " " + CLOSING[opening]
        return (bracket.start_mark.line + 1, bracket.start_mark.column + 1, message), "\n".join(lines)
    if bracket is not None and not lines[number].startswith("{{", bracket.start_mark.column):
        message, column, corrected = _in_brackets(lines[number], mark.column, problem)
    else:
        previous = next((i for i in reversed(range(number)) if lines[i].strip()), None)
        above = "" if previous is None else lines[previous]
        if previous is not None and "mapping values" in problem and ":" not in lines[number][: mark.column]:
            # The parser took the line above for text that continues here, though this line is not indented deeper.
            deeper = len(_indent(lines[number])) - len(_indent(above))
            failed = _failed_key(above, _indent(lines[number]), "" if deeper else "…") if deeper >= 0 else None
            number = number if failed is None else previous
        else:
            no_colon = "could not find expected ':'" in problem
            failed = _failed_key(lines[number], _indent(above), "") if no_colon else None
        message, column, corrected = failed or _in_block(lines[number], mark.column, problem, above)
    mistake = number + 1, column + 1, message
    if corrected is None:
        return mistake, None
    lines[number] = corrected
    return mistake, "\n".join(lines)


def _open_at(text: str, line: int, column: int) -> tuple[tokens.Token | None, tokens.Token | None]:
    """Return the innermost bracket open at a position, and the quoted scalar of several lines that ends in its line."""
    brackets: list[tokens.Token] = []
    last: tokens.Token | None = None
    with suppress(MarkedYAMLError):
        for token in YAML(typ="base", pure=True).scan(text):
            if (token.start_mark.line, token.start_mark.column) >= (line, column):
                break
            if isinstance(token, tokens.FlowMappingStartToken | tokens.FlowSequenceStartToken):
                brackets.append(token)
            elif isinstance(token, tokens.FlowMappingEndToken | tokens.FlowSequenceEndToken) and brackets:
                brackets.pop()
            last = token
    quoted = isinstance(last, tokens.ScalarToken) and last.style in ("'", '"')
    long = quoted and last is not None and last.start_mark.line < last.end_mark.line == line
    return brackets[-1] if brackets else None, last if long else None


def _failed_key(line: str, neighbours_indent: str, value: str) -> Diagnosis | None:
    """Return why a line that was meant to begin with a key does not; None when it was not meant to.

    `neighbours_indent` is the indentation of a neighbouring line; `value` is written after a key without a value.
    """
    indent = _indent(line)
    if WIDE_SPACE in indent:
        return WIDE_INDENT, indent.index(WIDE_SPACE), neighbours_indent + line.lstrip()
    key = KEY.match(line.rstrip())
    if key is None:
        return None
    corrected = f"{indent}{key[2]}: {line[key.end() :].strip() or value}"
    if key[3] == ":":
        return "no space follows the ':' of this key: add one", key.start(3), corrected
    if key[3]:
        return f"a full-width sign follows this key: write ': ' for '{key[3]}'", key.start(3), corrected
    return NO_COLON, key.start(2), corrected


def _in_block(line: str, column: int, problem: str, above: str) -> Diagnosis:
    """Return the mistake in a line outside of brackets; `above` is the last line before it that is not blank."""
    indent, above_indent = _indent(line), _indent(above)
    if "\t" in indent:
        # Two spaces for a tab, as far as that fits the line above.
        least = len(above_indent) + 2 if above.rstrip().endswith(":") else 0
        spaces = min(max(len(indent.replace("\t", "  ")), least), max(least, len(above_indent)))
        return TAB_INDENT, indent.index("\t"), " " * spaces + line.lstrip()
    if "another document" in problem:
        return "'---' begins a second document: one file holds one, so delete this line", column, None
    if anywhere := _anywhere(line, column, problem):
        return anywhere
    parts = VALUE.match(line)
    if parts and column >= parts.end(1):
        if parts[2].startswith(SPECIAL):
            return _begins(parts[2]), parts.end(1), _quoted(parts)
        if parts[2][0] in "\"'":
            message = "the text goes on after its closing quote: put the whole text in quotes"
            return message, parts.end(1), _quoted(parts)
        if "not allowed" in problem:
            indicator = "'? '" if "keys" in problem else "': '" if "mapping" in problem else "'- '"
            return f"{indicator} inside the text: quote the text", column, _quoted(parts)
    if line[column : column + 1] and BAD_START.search(problem):
        return _begins(line[column:]), column, _quoted(parts) if parts else None
    if "could not find expected ':'" in problem:
        return NO_COLON, column, None
    if "document start" in problem:
        return "the file is not one mapping: write lines of 'key: value'", column, None
    return INDENTATION, column, above_indent + line.lstrip() if above and above_indent != indent else None


def _in_brackets(line: str, column: int, problem: str) -> Diagnosis:
    """Return the mistake in a line inside {…} or […]."""
    if anywhere := _anywhere(line, column, problem):
        return anywhere
    if line[column : column + 1] and BAD_START.search(problem):
        end = next((i for i in range(column, len(line)) if line[i] in ",}]"), len(line))
        return _begins(line[column:]), column, line[:column] + _in_quotes(line[column:end]) + line[end:]
    parts = VALUE.match(line)
    message = "not expected inside {…} or […]: a ',' is missing, or a text needs quotes"
    return message, column, _quoted(parts) if parts else None


def _anywhere(line: str, column: int, problem: str) -> Diagnosis | None:
    """Return a mistake that is the same inside and outside of brackets, or None."""
    if "escape" in problem or "hexadecimal" in problem:
        at = line.rfind("\\", 0, column + 1)
        return "a lone '\\' in double quotes: write '\\\\', or use single quotes", at, line[:at] + "\\" + line[at:]
    if "unexpected end of stream" in problem:
        return "the quote that opens here is never closed: close it", column, None
    if line[column : column + 1] == "\t":
        return "a tab stands here: use spaces, or quote the text", column, line[:column] + " " + line[column + 1 :]
    return None


def _begins(text: str) -> str:
    start = next((each for each in SPECIAL if text.startswith(each)), text[:1])
    return f"a text that begins with '{start}' means something else in YAML: quote the text"


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _quoted(parts: re.Match[str]) -> str:
    return parts[1] + _in_quotes(parts[2])


def _in_quotes(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
