"""What git knows of the ledger: the committed rows are those that learners may have.

Git runs in the folder where the file really is: `content/` may be a link, a submodule, or a repository of its own. The
repository may come from a stranger, so only commands that run no other program are used, see `git_command`.
"""

import os
import re
from pathlib import Path

from hitoe import content_folder
from hitoe.messages import say
from hitoe.problems import InputError, Position, Problem
from hitoe.release.git_command import git, repository

LEDGER_FILE = content_folder.LEDGER_FILE
PARENTS = ("rev-list", "--format=%P")
"""Commits, each with a line of its parents."""
ANYWHERE = ("--all", "--reflog")
"""Names all commits that git knows, those of deleted branches too."""
MERGE_FILES = ("SQUASH_MSG", "rebase-merge", "rebase-apply/rebasing")
"""Files that git has while it joins commits: the message of a squashed merge, and two of a rebase."""
MOST_REVERTS = 50
"""Commits one after the other in which the ledger's latest time did not rise, so that few are looked at."""
SQUASHED = re.compile(r"^commit ([0-9a-f]{40,64})\b", re.M)
TIME = re.compile('"mod": ([0-9]{1,20})')
ROW = re.compile('"note [^"]*"')


def committed(root: Path) -> str | None:
    """Return the text of the ledger in HEAD; "" if git can tell that none was ever committed; else None.

    An empty file is no ledger that was never committed: rows are lost from it.
    """
    path = ledger_path(root)
    text = _text(path, "HEAD")
    if text is not None:
        return text or None
    # What git ignores is never committed, so there no row would ever count as shipped.
    ignored = git(path.parent, "check-ignore", "--quiet", "--", path.name, status=1) is None
    # A folder that has become a link or a repository of its own may have been committed as what it was before.
    before = _commits(root, LEDGER_FILE, *ANYWHERE)
    never = not before and _commits(path.parent, path.name, *ANYWHERE) == "" and not _shallow(path.parent)
    return None if ignored or not never or _moved(path) else ""


def committed_id(root: Path) -> str:
    """Return git's id for the text of the ledger in HEAD, "" if there is none: faster than to read it.

    Where HEAD is a merge, the ids of its parents follow: of their ledgers, too, more may be shipped.
    """
    path = ledger_path(root)
    text, *parents = (git(path.parent, "rev-parse", "--quiet", f"HEAD:./{path.name}", "HEAD^@") or "").split() or [""]
    return " ".join([text, *parents]) if len(parents) > 1 else text


def merging(root: Path) -> list[str]:
    """Return the texts of the ledger in commits that git is joining to HEAD, and has not finished."""
    path = ledger_path(root)
    places = [part for name in MERGE_FILES for part in ("--git-path", name)]
    found = [path.parent / place for place in (git(path.parent, "rev-parse", *places) or "").splitlines()]
    # Git leaves REBASE_HEAD behind when it has finished, and writes down what it squashes only in the message.
    names = ["REBASE_HEAD"] if any(each.exists() for each in found[1:]) else []
    messages = [each.read_text("utf-8", "replace") for each in found[:1] if each.is_file()]
    names += [commit for message in messages for commit in SQUASHED.findall(message)[:1]]
    texts = (_text(path, name) for name in ("MERGE_HEAD", "CHERRY_PICK_HEAD", *names))
    return [text for text in texts if text is not None]


def merged(root: Path) -> list[str]:
    """Return the texts of the ledger in the parents of merges after which the ledger in HEAD has not changed.

    A merge that took one side's ledger whole has forgotten what the learners of the other side have.
    """
    path = ledger_path(root)
    newest = (_commits(path.parent, path.name, "HEAD") or "").strip()
    if not newest:
        return []
    after = git(path.parent, *PARENTS, "--full-history", "--merges", "HEAD", f"^{newest}", "--", path.name) or ""
    own = git(path.parent, *PARENTS, "--max-count=1", newest) or ""
    lines = [line.split() for line in (after + own).splitlines() if not line.startswith("commit ")]
    parents = dict.fromkeys(parent for line in lines if len(line) > 1 for parent in line)
    return list(dict.fromkeys(text for parent in parents if (text := _text(path, parent)) is not None))


def reverted(root: Path) -> list[str]:
    """Return the texts of the ledger in commits that later ones have taken back, as `git revert` does.

    Learners may have what was built then. A commit that takes nothing back gives a note a later time than any had, and
    keeps the rows of all notes; one that squashes a merge settled with one side's ledger does not.
    """
    path = ledger_path(root)
    texts = [_text(path, "HEAD") or ""]
    commit = "HEAD"
    while len(texts) <= MOST_REVERTS and (newest := (_commits(path.parent, path.name, commit) or "").strip()):
        commit = f"{newest}~"
        text = _text(path, commit)
        if text is None or _follows(texts[0], text):
            break
        texts.append(text)
    return texts[1:]


def _follows(text: str, earlier: str) -> bool:
    """Whether a ledger has a later time than an earlier one, and all its notes; one made anew has later times only."""
    new, old = (list(map(int, TIME.findall(each))) for each in (text, earlier))
    latest = max(old, default=0)
    return max(new, default=0) > latest and (min(new) > latest or {*ROW.findall(text)} >= {*ROW.findall(earlier)})


def traces(root: Path) -> str:
    """Return all that is known of a ledger that cannot be read: the text of its file, and of the committed one."""
    path = ledger_path(root)
    there = path.read_text("utf-8", "replace") if path.is_file() else ""
    return there + (committed(root) or "")


def lost(root: Path) -> str:
    """Return that a ledger which is not there may have been there, and how to get it; empty if there never was one."""
    path = ledger_path(root)
    folder = _named(path.parent)
    if committed_id(root):  # a partial clone may lack the text
        remedy = say("take it back with `git -C {folder} checkout ledger.json`", folder=folder)
        return say("it is missing, but was committed: {remedy}", remedy=remedy)
    if commit := _commits(path.parent, path.name, "HEAD"):
        return say(
            "it is missing, but was committed before {commit}: take it back with "
            "`git -C {folder} checkout {commit}~ ledger.json`",
            commit=commit[:10],
            folder=folder,
        )
    if _commits(root, LEDGER_FILE, "HEAD"):
        return say("it is missing, but was committed in the repository around content/: take it back from there")
    if elsewhere := _commits(path.parent, path.name, *ANYWHERE):
        return say(
            "it is missing, but was committed on another branch, in {commit}: take it back with "
            "`git -C {folder} checkout {commit} ledger.json`",
            commit=elsewhere[:10],
            folder=folder,
        )
    if _shallow(path.parent):
        return say(
            "it is missing, and a shallow clone cannot tell whether it was ever committed: get the whole history with "
            "`git fetch --unshallow`, in a workflow with `fetch-depth: 0`"
        )
    if repository(path.parent) and commit is None and elsewhere is None:
        return say(
            "it is missing, and git cannot tell whether it was ever committed: "
            "`git -C {folder} log ledger.json` says why",
            folder=folder,
        )
    return ""


def _named(folder: Path) -> str:
    """Return a folder as it is written in a command that is entered where hitoe was."""
    try:
        name = os.path.relpath(folder)
    except ValueError:  # on another drive
        name = str(folder)
    return f'"{name}"' if " " in name else name


def ledger_path(root: Path) -> Path:
    """Return the path of the ledger, links followed."""
    return Path(os.path.realpath(root / LEDGER_FILE))


def ledger_folder(root: Path) -> list[Path]:
    """Return the folder in which the ledger is written; none while it is a link to nowhere."""
    return [ledger_path(root).parent] if (root / LEDGER_FILE).exists() or not (root / LEDGER_FILE).is_symlink() else []


def refuse_foreign(root: Path) -> None:
    """Refuse a ledger that is a link to something else outside of the project: a stranger's project may have one.

    Raises:
        InputError: it is such a link; nothing was read through it unless its target is named as a ledger is.
    """
    link, path = root / LEDGER_FILE, ledger_path(root)
    if not link.is_symlink() or content_folder.belongs(link, link.parent):
        return
    if not path.exists():  # a rebuilt ledger would make that file, wherever it is
        raise InputError(
            [Problem(Position(LEDGER_FILE), say("it is a link to a file that is not there: delete the link"))]
        )
    if path.suffix != link.suffix or not path.is_file() or not path.read_bytes().startswith(b'{"format":'):
        message = say("it is a link to {path}, which is no ledger: delete the link", path=path)
        raise InputError([Problem(Position(LEDGER_FILE), message)])


def _text(path: Path, commit: str) -> str | None:
    """Return the text of a file in a commit; None if it is not there, or git cannot tell."""
    # Unlike `git show` this never runs the text through a program that the repository's settings name (textconv).
    return git(path.parent, "cat-file", "blob", f"{commit}:./{path.name}")


def _commits(folder: Path, name: str, *among: str) -> str | None:
    """Return the newest commit that changed a file, "" if none did; None if git cannot tell."""
    return git(folder, "rev-list", "--max-count=1", *among, "--", name)


def _moved(path: Path) -> bool:
    """Whether HEAD has rows of a ledger under a name that is not there: the folder of the project has another one."""
    top = repository(path.parent)
    if top is None or not path.is_file():
        return False
    # Settings may choose another form of what is printed.
    form = ("--no-color", "--no-line-number", "--no-column", "--full-name", "--text", "--null", "--only-matching")
    words = ("grep", "--no-recurse-submodules", *form, "--basic-regexp", "-e", ROW.pattern)
    found = (git(path.parent, *words, "HEAD", "--", f":(top)*{path.name}") or "").splitlines()
    own = set(ROW.findall(path.read_text("utf-8", "replace")))
    there = {name: row for name, _, row in (line.partition("\0") for line in found) if row in own}
    return any(not (top / name.removeprefix("HEAD:")).exists() for name in there)


def _shallow(folder: Path) -> bool:
    """Whether git has only the newest commits of a repository, and does not know of what was deleted before."""
    return (git(folder, "rev-parse", "--is-shallow-repository") or "").strip() == "true"
