"""What WeasyPrint imports and sheets never need is imported when it is called."""

import subprocess
import sys

from hitoe.later_imports import imported_later

CODE = """\
import sys
from hitoe.sheet.pdf.weasyprint import UNNEEDED, need_libraries
need_libraries()
import weasyprint
from weasyprint.pdf import fonts
print([name for name in UNNEEDED if name in sys.modules])
print(fonts.subset.Options(hinting=False).hinting)
print([name for name in UNNEEDED if name in sys.modules])
"""


def test_weasyprint_gets_what_it_calls() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, check=True, text=True)
    assert done.stdout.splitlines()[:2] == ["[]", "False"]
    assert "fontTools.subset" in done.stdout.splitlines()[2]


def test_what_is_imported_already_is_left() -> None:
    with imported_later("subprocess"):
        assert sys.modules["subprocess"] is subprocess
    assert sys.modules["subprocess"] is subprocess
