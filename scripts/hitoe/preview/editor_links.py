"""Links that open a file in an editor at a line and a column."""

import re
from pathlib import Path
from urllib.parse import quote

from hitoe.problems import Position, RefusedError

EDITORS = {
    "vscode": "vscode://file/{file}:{line}:{column}",
    "vscodium": "vscodium://file/{file}:{line}:{column}",
    "cursor": "cursor://file/{file}:{line}:{column}",
    "zed": "zed://file/{file}:{line}:{column}",
    "idea": "idea://open?file={file}&line={line}&column={column}",
}
ADDRESS = re.compile(r"(?!javascript:|data:)[a-z][a-z0-9+.-]*:\S*\{file\}\S*")


def template(editor: str) -> str:
    """Return the address of an editor that is named, or given as an address; raises RefusedError for another text."""
    if editor in EDITORS:
        return EDITORS[editor]
    if not ADDRESS.fullmatch(editor):
        names = ", ".join(EDITORS)
        raise RefusedError(
            "no editor '{editor}': use one of {names}, or an address such as ed://{{file}}:{{line}}",
            editor=editor,
            names=names,
        )
    return editor


def link(template: str, root: Path, at: Position) -> str:
    """Return the address that opens a position of a project in an editor."""
    file = quote((root / at.file).as_posix().removeprefix("/"))
    return template.replace("{file}", file).replace("{line}", str(at.line)).replace("{column}", str(at.column))
