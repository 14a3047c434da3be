"""The program that the desktop opens a file with."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from hitoe.messages import say
from hitoe.problems import RefusedError


def open_file(path: Path) -> None:
    """Open a file as a double click does; raises RefusedError where that cannot be done."""
    by_hand = say("in Anki choose File → Import, and the file {path}", path=path)
    if sys.platform == "win32":
        try:
            os.startfile(path)
        except OSError as error:
            raise RefusedError(
                "Windows opens no {suffix} files ({reason}): {by_hand}",
                suffix=path.suffix,
                reason=error.strerror,
                by_hand=by_hand,
            ) from None
        return
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None:
        raise RefusedError("there is no desktop here (no `xdg-open`): {by_hand}", by_hand=by_hand)
    # In a session of its own, so that Ctrl+C here does not end Anki.
    done = subprocess.run([opener, path], stdin=subprocess.DEVNULL, check=False, start_new_session=True)
    if done.returncode:
        raise RefusedError(
            "`{program}` could not open {file}: {by_hand}",
            program=Path(opener).name,
            file=path.name,
            by_hand=by_hand,
        )
