"""What git knows of the ledger: the committed rows are those that learners may have."""

import subprocess
from pathlib import Path

LEDGER_FILE = "content/ledger.json"


MERGING = ("MERGE_HEAD", "CHERRY_PICK_HEAD")
"""Git's names for the commit that it is about to join to HEAD."""


def committed(root: Path) -> str | None:
    """Return the text of the ledger in HEAD; "" where it is not there yet; None where git keeps none."""
    text = _git(root, "show", f"HEAD:./{LEDGER_FILE}")
    if text is not None:
        return text
    inside = _git(root, "rev-parse", "--is-inside-work-tree") is not None
    # What git ignores is never committed, so there no row would ever count as shipped.
    return "" if inside and _git(root, "check-ignore", "--quiet", LEDGER_FILE) is None else None


def merging(root: Path) -> list[str]:
    """Return the texts of the ledger in commits that git is joining to HEAD, and has not finished."""
    rebasing = (_git(root, "rev-parse", "--git-path", "rebase-merge") or "").rstrip("\n")
    # Git leaves REBASE_HEAD behind when it has finished.
    names = (*MERGING, "REBASE_HEAD") if rebasing and (root / rebasing).exists() else MERGING
    texts = (_git(root, "show", f"{name}:./{LEDGER_FILE}") for name in names)
    return [text for text in texts if text is not None]


def ever_committed(root: Path) -> bool:
    """Whether any commit that HEAD can see had a ledger."""
    return bool(_git(root, "log", "--max-count=1", "--format=%H", "HEAD", "--", LEDGER_FILE))


def _git(root: Path, *words: str) -> str | None:
    """Return what git prints; None when there is no git, or it says no."""
    try:
        done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
