"""The log, without the files that the output folder has already as they would be written."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from hitoe import log, memo, writing
from hitoe.build import collect, fingerprints
from hitoe.build.request import Output, Request
from hitoe.schema import Week

if TYPE_CHECKING:
    from hitoe.progress.results import Progress


def output(
    request: Request,
    tools: str,
    progress: "Progress | None" = None,
    wanted: Callable[[Week], bool] | None = None,
    kind: str = "log",
) -> Output:
    """Return the log, or only the posts of the weeks that are `wanted`. Which file is made of what is remembered.

    `kind` is the output of topic files that it is made of: `log`, or MARKED_LOG.

    Raises:
        InputError: the content cannot be used.
    """
    memory = memo.read(request.out, "log", tools, keep=wanted is not None)
    collected = collect.collect(request.root, kind, memory, request.done)
    unchanged: dict[str, str] = {}
    keys: dict[str, str] = {}

    def is_there(name: str, inputs_hash: str) -> bool:
        keys[name] = memory.key("post", name, inputs_hash)
        digest = memory.get(keys[name])
        if digest is None or digest != fingerprints.own(request.out / "log" / name):
            return False
        unchanged[f"log/{name}"] = digest
        return True

    topics = {outline.topic: outline.title for outline in collected.outlines.values()}
    weeks = [week for result in collected.topics.values() for week in result.weeks]
    data = log.LogData(request.root, collected.deck.deck, topics, weeks)
    files = {name: text.encode() for name, text in log.render(data, wanted, progress, is_there).items()}
    for name, text in files.items():
        if name in keys:
            memory.put(keys[name], writing.digest(text))
    files |= {name: path.read_bytes() for name, path in log.media(data, wanted).items()}
    new = {f"log/{name}": text for name, text in files.items()}
    return Output(new, collected.warnings, {memo.FILES["log"]: memory.content()}, unchanged)
