"""The printable sheet: what is learned, on as few pages as are readable.

This package alone knows WeasyPrint and BudouX.
"""

from hashlib import sha256
from pathlib import Path

from hitoe.problems import InputError
from hitoe.project import CONTENT, Project
from hitoe.sheet.setting import Setting


def render(project: Project, cache: Path) -> bytes:
    """Return the sheet of a checked project as PDF, the same bytes for the same notes on one machine.

    `cache` is a folder for Fontconfig. Sets FONTCONFIG_FILE in the environment, for WeasyPrint reads it.

    Raises:
        InputError: something in the notes cannot be printed.
        PrintError: WeasyPrint complains, or something would be lost.
    """
    from hitoe.sheet.glyphs import missing
    from hitoe.sheet.printer import Printer, without_collector

    if lacking := list(missing(project)):
        raise InputError(lacking)

    with without_collector():
        setting = Setting(project, Printer(project.root / CONTENT, cache))
        html, document = setting.fitted()
        return setting.printer.printed(document, sha256(html.encode()).digest()[:16])
