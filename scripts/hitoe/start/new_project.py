"""A small project that can be built at once: notes of every kind, and what editors, git and GitHub need of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from hitoe import __version__, content_folder, native_libraries, resources, writing
from hitoe.problems import RefusedError
from hitoe.schema import editors
from hitoe.source import Document, Loc, read, splicing
from hitoe.start.key_names import slug

DECK, SAMPLE, WORKFLOW = "content/deck.yaml", "content/topics/paper.yaml", ".github/workflows/notes.yml"
TEMPLATES = "project"
COPIED: Mapping[str, str] = {
    "content/images/cornell.svg": "cornell.svg",
    ".gitignore": "gitignore",
    ".vscode/settings.json": "vscode.json",
    ".pre-commit-config.yaml": "pre-commit.yaml",
}
"""Files that are the same in every project, and their templates."""


@dataclass(frozen=True, slots=True)
class NewProject:
    """What is known of it: the name of its folder, `ja` or `en`, the deck's title if it is given, and this week."""

    name: str
    language: str
    subject: str
    week: str

    def files(self) -> dict[str, bytes]:
        """Return its files by name."""
        deck = self._read(DECK, {("series", "number_1"): self.week})
        if self.subject:
            deck = splicing.with_text(deck, ("title",), self.subject)
        # Anki takes two decks with one key for the same, and notes of one for those of the other.
        if key := slug(self.subject) or slug(self.name) or ("notes" if self.subject else ""):
            deck = splicing.with_text(deck, ("key",), key)
        sample = self._read(SAMPLE, {("entries", key, "learned"): self.week for key in ("a-series", "cornell")})
        readme = self._template("README.md").replace("TITLE", str(deck.value_at(("title",))))
        workflow = resources.source(f"{TEMPLATES}/workflow.yml")
        workflow = workflow.replace("REQUIREMENT", splicing.spelled(requirement()))
        workflow = workflow.replace("PACKAGES", " ".join(native_libraries.DEBIAN))
        return {
            DECK: deck.text,
            SAMPLE: sample.text,
            "README.md": readme.encode(),
            WORKFLOW: workflow.encode(),
            **{name: resources.source(f"{TEMPLATES}/{template}").encode() for name, template in COPIED.items()},
        }

    def _read(self, name: str, texts: Mapping[Loc, str]) -> Document:
        """Return a file of notes with some texts in place of those of its template."""
        document, _ = read(name, self._template(name).encode())
        assert document is not None
        for loc, text in texts.items():
            document = splicing.with_text(document, loc, text)
        return document

    def _template(self, name: str) -> str:
        return resources.source(f"{TEMPLATES}/{self.language}/{name}")


def write(folder: Path, project: NewProject) -> list[Path]:
    """Write a project, with the schemas for editors, into a folder, which is made, and return the names of its files.

    Raises:
        RefusedError: a file is there already; nothing was written.
        InputError: a link leads out of the folder; nothing was written.
    """
    new = project.files()
    there = [name for name in new if (folder / name).exists()]
    if not folder.is_dir() and folder.exists():
        raise RefusedError("{folder} is a file: name a folder", folder=folder)
    if there:
        raise RefusedError(
            "{folder} has {there} already: name another folder, or move the files away",
            folder=folder,
            there=", ".join(there),
        )
    content_folder.refuse_links(folder, new)
    for name, text in new.items():
        writing.write(folder / name, text)
    editors.write(folder)
    return [Path(name) for name in new]


def requirement() -> str:
    """Return with which words pip installs this hitoe elsewhere: its version, or its address if that is known."""
    try:
        origin = json.loads(distribution("hitoe").read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        origin = {}
    url = origin.get("url", "")
    if url.startswith("https://"):
        vcs = origin.get("vcs_info")
        return f"hitoe @ {vcs['vcs']}+{url}@{vcs['commit_id']}" if vcs else f"hitoe @ {url}"
    return f"hitoe=={__version__}"
