"""Explains a YAML syntax error to the author, and guesses the corrected line so that parsing can continue after it."""

import re
from contextlib import suppress

from ruamel.yaml import YAML, tokens
from ruamel.yaml.error import MarkedYAMLError

from hitoe.messages import say
from hitoe.source.key_slips import NO_COLON, Slip, dash_slip, key_slip
from hitoe.source.signs import PLAIN, QUOTES, named

Mistake = tuple[int, int, str]
"""Line and column from 1, and the message."""

Diagnosis = tuple[str, int, str | None]
"""The message, the column from 0, and the corrected line (None: no guess)."""

VALUE = re.compile(r"""^(\s*(?:-\s+)*(?:[^\s:#'"\[{-][^:#]*|'[^']*'|"[^"]*"):[ ]+|\s*(?:-\s+)+)(\S(?:.*\S)?)\s*$""")
BLOCK_BEGUN = re.compile(r":[ ]+[|>][-+0-9]*\s*$")
BAD_START = re.compile("cannot start any token|alias|node content")
"""The parser's words for a value that begins with a character of YAML's syntax."""
SPECIAL = ("**", "*", "`", "{{", "@", "%", "&", "!", "[", "{", "|", ">")
SEPARATOR = re.compile(r"[，、](?=\s*[\w-]+:\s)")
"""A comma of Japanese that stands before a key."""
CLOSING = {"[": "]", "{": "}"}
TAB_INDENT = say("a tab indents this line: use spaces")
DIRECTIVE = say("'%' begins a YAML directive, which notes do not use: delete the line")
INDENTATION = say("the indentation does not fit the lines above: begin in the same column as the neighbours")


def diagnose(text: str, part: str, error: MarkedYAMLError) -> tuple[Mistake, str | None]:
    """Return the mistake behind a parser's error, and the text with that line corrected (None: no guess).

    `part` is the text as it was parsed, in which lines before the error may be empty.
    """
    mark, problem = error.problem_mark or error.context_mark, str(error.problem)
    if "could not find expected ':'" in problem or "unexpected end of stream" in problem:
        mark = error.context_mark or mark
    lines = text.split("\n")
    number = min(mark.line, len(lines) - 1)
    bracket, quoted = _open_at(part, number, mark.column)
    if quoted is not None and "expected" in problem:
        message: str = say(
            "the quote that opens here is closed only in line {number}: close it in its own line", number=number + 1
        )
        return (quoted.start_mark.line + 1, quoted.start_mark.column + 1, message), None
    if bracket is not None and bracket.start_mark.line != number and "expected" in problem:
        opening = part[bracket.start_mark.index]
        message = say(
            "'{opening}' is never closed: add '{closing}', or quote the text", opening=opening, closing=CLOSING[opening]
        )
        lines[number - 1] += " " + CLOSING[opening]
        return (bracket.start_mark.line + 1, bracket.start_mark.column + 1, message), "\n".join(lines)
    if bracket is not None and not lines[number].startswith("{{", bracket.start_mark.column):
        message, column, corrected = _in_brackets(lines[number], mark.column, problem)
    else:
        number, (message, column, corrected) = _outside(lines, number, mark.column, problem)
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


def _outside(lines: list[str], number: int, column: int, problem: str) -> tuple[int, Diagnosis]:
    """Return the mistake behind an error in a line outside of brackets, and the number of the line that has it."""
    line, failed = lines[number], None
    previous = next((i for i in reversed(range(number)) if lines[i].strip()), number)
    above = lines[previous] if previous < number else ""
    if previous < number and "mapping values" in problem and ":" not in line[:column]:
        # The parser took the line above for text that continues here, though this line is not indented deeper.
        deeper = len(_indent(line)) - len(_indent(above))
        failed = key_slip(above, "" if deeper else "…", _indent(line)) if deeper >= 0 else None
        if failed is None and deeper == 0 and lines[previous - 1].rstrip().endswith(":"):
            failed = _no_colon(above)
        if failed:
            return previous, failed
    elif above.lstrip().startswith("- ") or line.lstrip().startswith("* "):
        failed = dash_slip(line)
    if failed is None and "could not find expected ':'" in problem and not BLOCK_BEGUN.search(above):
        failed = key_slip(line, indent=_indent(above))
    return number, failed or _in_block(line, column, problem, above)


def _no_colon(line: str) -> Slip:
    """Return the mistake of the first line of a mapping that has no colon."""
    key, _, value = line.strip().partition(" ")
    return NO_COLON, len(_indent(line)), f"{_indent(line)}{key}: {_in_quotes(value)}"


def _in_block(line: str, column: int, problem: str, above: str) -> Diagnosis:
    """Return the mistake in a line outside of brackets; `above` is the last line before it that is not blank."""
    indent, above_indent = _indent(line), _indent(above)
    if "\t" in indent:
        # Two spaces for a tab, as far as that fits the line above.
        least = len(above_indent) + 2 if above.rstrip().endswith(":") else 0
        spaces = min(max(len(indent.replace("\t", "  ")), least), max(least, len(above_indent)))
        return TAB_INDENT, indent.index("\t"), " " * spaces + line.lstrip()
    if BLOCK_BEGUN.search(above) and len(indent) <= len(above_indent):
        return (
            say("the text below | or > is indented too little: indent it"),
            len(indent),
            f"{above_indent}  {line.lstrip()}",
        )
    if line.startswith("%"):
        return DIRECTIVE, 0, None
    if "another document" in problem:
        return say("'---' begins a second document: one file holds one, so delete this line"), column, None
    if anywhere := _anywhere(line, column, problem):
        return anywhere
    parts = VALUE.match(line)
    if parts and column >= parts.end(1) and (found := _in_value(parts, column, problem)):
        return found
    if line[column : column + 1] and BAD_START.search(problem):
        return _begins(line[column:]), column, _quoted(parts) if parts else None
    if "could not find expected ':'" in problem:
        return NO_COLON, column, None
    if "document start" in problem:
        return say("the file is not one mapping: write lines of 'key: value'"), column, None
    return INDENTATION, column, above_indent + line.lstrip() if above and above_indent != indent else None


def _in_value(parts: re.Match[str], column: int, problem: str) -> Diagnosis | None:
    """Return the mistake in the value of a key or of a list's member, if its first letters show it."""
    if parts[2].startswith(SPECIAL):
        return _begins(parts[2]), parts.end(1), _quoted(parts)
    if parts[2][0] in "\"'":
        return _quote_inside(parts[2]), parts.end(1), _quoted(parts)
    if parts[2][0] in "｛［":
        opening, brackets = PLAIN[parts[2][0]], str.maketrans(PLAIN)
        message = say(
            "{sign} stands here: write '{opening}' and '{closing}'",
            sign=named(parts[2][0]),
            opening=opening,
            closing=CLOSING[opening],
        )
        return message, parts.end(1), parts[1] + parts[2].translate(brackets)
    if parts[2][0] in QUOTES:
        message = say("'{sign}' is no quote for YAML: quote the text with \" or '", sign=parts[2][0])
        return message, parts.end(1), parts[1] + _in_quotes(parts[2].strip(QUOTES))
    if "not allowed" in problem and parts[2].endswith("}") and "{" not in parts[2]:
        return (
            say("'}' without '{': write both around the keys and their values"),
            parts.end(1),
            parts[1] + "{" + parts[2],
        )
    if "not allowed" in problem:
        indicator = "'? '" if "keys" in problem else "': '" if "mapping" in problem else "'- '"
        return say("{indicator} inside the text: quote the text", indicator=indicator), column, _quoted(parts)
    return None


def _in_brackets(line: str, column: int, problem: str) -> Diagnosis:
    """Return the mistake in a line inside {…} or […]."""
    if anywhere := _anywhere(line, column, problem):
        return anywhere
    if line[column : column + 1] and BAD_START.search(problem):
        end = next((i for i in range(column, len(line)) if line[i] in ",}]"), len(line))
        return _begins(line[column:]), column, line[:column] + _in_quotes(line[column:end]) + line[end:]
    if line[column : column + 1] and (strange := SEPARATOR.search(line)):
        message = say("{strange} stands here: write '{plain} '", strange=named(strange[0]), plain=PLAIN[strange[0]])
        return message, strange.start(), line[: strange.start()] + PLAIN[strange[0]] + " " + line[strange.end() :]
    parts = VALUE.match(line)
    if line[column - 1 : column] == "'" and "expected" in problem:
        message = say("a ' inside the text ends it: write '' for it, or quote the text with \"")
        return message, column - 1, line[: column - 1] + "''" + line[column:]
    message = say("not expected inside {…} or […]: a ',' is missing, or a text needs quotes")
    return message, column, _quoted(parts) if parts else None


def _anywhere(line: str, column: int, problem: str) -> Diagnosis | None:
    """Return a mistake that is the same inside and outside of brackets, or None."""
    if ("escape" in problem or "hexadecimal" in problem) and "URI" not in problem:  # which is that of a tag
        at = line.rfind("\\", 0, column + 1)
        return say("a lone '\\' in double quotes: write '\\\\', or use single quotes"), at, line[:at] + "\\" + line[at:]
    if "unexpected end of stream" in problem:
        other = say(', or quote the whole text with "') if line[column : column + 1] == "'" else ""
        return say("the quote that opens here is never closed: close it{other}", other=other), column, None
    if line[column : column + 1] == "\t":
        return say("a tab stands here: use spaces, or quote the text"), column, line[:column] + " " + line[column + 1 :]
    return None


def _quote_inside(text: str) -> str:
    """Return the message about a text that begins with a quote and goes on after a second one."""
    if text[-1] == text[0]:
        written, other = ("''", '"') if text[0] == "'" else ('\\"', "'")
        return say(
            "a {quote} inside the text ends it: write {written} for it, or quote the text with {other}",
            quote=text[0],
            written=written,
            other=other,
        )
    return say("the text goes on after its closing quote: put the whole text in quotes")


def _begins(text: str) -> str:
    start = next((each for each in SPECIAL if text.startswith(each)), text[:1])
    return say("a text that begins with '{start}' means something else in YAML: quote the text", start=start)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _quoted(parts: re.Match[str]) -> str:
    return parts[1] + _in_quotes(parts[2])


def _in_quotes(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
