"""Why a text is not YAML, in an author's words, and the line as it was probably meant."""

import re

from ruamel.yaml.error import MarkedYAMLError

Mistake = tuple[int, int, str]
"""Line and column from 1, and the sentence."""

VALUE = re.compile(r"""^(\s*(?:-\s+)*(?:[^\s:#'"\[{-][^:#]*|'[^']*'|"[^"]*"):[ ]+|\s*(?:-\s+)+)(\S.*?)\s*$""")
SIGNS = ("**", "*", "`", "{{", "@", "%", "&", "!", "[", "{", "|", ">")


def explain(text: str, error: MarkedYAMLError) -> tuple[Mistake, str | None]:
    """Return the mistake behind a parser's error, and the text with that line mended (None: no idea how)."""
    mark = error.problem_mark or error.context_mark
    if "could not find expected ':'" in str(error.problem) or "unexpected end of stream" in str(error.problem):
        mark = error.context_mark or mark
    lines = text.split("\n")
    number, column = min(mark.line, len(lines) - 1), mark.column
    line = lines[number]
    message, column, mended = _diagnosis(line, column, str(error.problem), lines[number - 1] if number else "")
    if mended is None:
        return (number + 1, column + 1, message), None
    lines[number] = mended
    return (number + 1, column + 1, message), "\n".join(lines)


def _diagnosis(line: str, column: int, problem: str, above: str) -> tuple[str, int, str | None]:
    """Return the sentence, the column from 0 and the mended line."""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return "a tab indents this line: use spaces", indent.index("\t"), line.replace("\t", "  ", indent.count("\t"))
    if "another document" in problem:
        return "'---' begins a second document: one file holds one, so delete this line", column, None
    if "unknown escape" in problem:
        at = line.find("\\", column - 1 if column else 0)
        return "a lone '\\' in double quotes: write '\\\\', or use single quotes", at, line[:at] + "\\" + line[at:]
    if "unexpected end of stream" in problem:
        return "the quote that opens here is never closed: close it", column, None
    parts = VALUE.match(line)
    if parts and parts[2].startswith(SIGNS):
        sign = next(sign for sign in SIGNS if parts[2].startswith(sign))
        return (
            f"a text that begins with '{sign}' means something else in YAML: quote the text",
            parts.end(1),
            _quoted(parts),
        )
    if parts and parts[2][0] in "\"'":
        return "the text goes on after its closing quote: put the whole text in quotes", parts.end(1), _quoted(parts)
    if "not allowed" in problem and parts and column >= parts.end(1):
        what = "'? '" if "keys" in problem else "': '" if "mapping" in problem else "'- '"
        return f"{what} inside the text: quote the text", column, _quoted(parts)
    if "cannot start any token" in problem or "alias" in problem:
        return (
            f"'{line[column : column + 1]}' cannot begin a text here: quote the text",
            column,
            _quoted_at(line, column),
        )
    if "could not find expected ':'" in problem:
        return "a key without ':': add it, or quote the text of the lines above", column, None
    if "flow" in problem or "',' or" in problem:
        return "a list or mapping in brackets is not closed, or a ',' is missing", column, None
    above_indent = above[: len(above) - len(above.lstrip())]
    mended = above_indent + line.lstrip() if above.strip() and above_indent != indent else None
    return "the indentation does not fit the lines above: begin in the same column as the neighbours", column, mended


def _quoted(parts: re.Match[str]) -> str:
    return parts[1] + "'" + parts[2].replace("'", "''") + "'"


def _quoted_at(line: str, column: int) -> str:
    end = next((i for i in range(column, len(line)) if line[i] in ",}]"), len(line))
    return line[:column] + "'" + line[column:end].replace("'", "''") + "'" + line[end:]
