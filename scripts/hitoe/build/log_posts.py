"""The files of the log, but for those that the output folder has already as they would be written."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe import log
from hitoe.build import fingerprints
from hitoe.build.collect import Collected
from hitoe.build.memo import Memo
from hitoe.schema import Week

if TYPE_CHECKING:
    from hitoe.progress import Progress

FOLDER = "log"


def written(
    collected: Collected,
    memory: Memo,
    out: Path,
    progress: "Progress | None" = None,
    wanted: Callable[[Week], bool] | None = None,
) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the files to write by their paths in the output folder, and the hashes of those that are there already.

    Where only some weeks are `wanted`, only their posts are returned. Which file is made of what is remembered.
    """
    unchanged: dict[str, str] = {}
    keys: dict[str, str] = {}

    def is_there(name: str, inputs_hash: str) -> bool:
        keys[name] = memory.key("post", name, inputs_hash)
        digest = memory.get(keys[name])
        if digest is None or digest != fingerprints.hashed(out / FOLDER / name):
            return False
        unchanged[f"{FOLDER}/{name}"] = digest
        return True

    topics = {outline.topic: outline.title for outline in collected.outlines.values()}
    weeks = [week for result in collected.topics.values() for week in result.weeks]
    data = log.LogData(collected.deck.root, collected.deck.deck, topics, weeks)
    files = {name: text.encode() for name, text in log.render(data, wanted, progress, is_there).items()}
    for name, text in files.items():
        if name in keys:
            memory.put(keys[name], fingerprints.digest(text))
    return {f"{FOLDER}/{name}": text for name, text in files.items()}, unchanged
