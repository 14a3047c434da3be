"""What git knows of the ledger: the committed rows are those that learners may have."""

import subprocess
from pathlib import Path

LEDGER_FILE = "content/ledger.json"


def committed(root: Path) -> str | None:
    """Return the text of the ledger in HEAD; "" where git keeps the project but not its ledger; None outside git."""
    if _git(root, "rev-parse", "--is-inside-work-tree") is None:
        return None
    return _git(root, "show", f"HEAD:./{LEDGER_FILE}") or ""


def ever_committed(root: Path) -> bool:
    """Whether any commit that HEAD can see had a ledger."""
    return bool(_git(root, "log", "--max-count=1", "--format=%H", "HEAD", "--", LEDGER_FILE))


def _git(root: Path, *words: str) -> str | None:
    """Return what git prints; None when there is no git, or it says no."""
    try:
        done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout.decode("utf-8") if done.returncode == 0 else None
