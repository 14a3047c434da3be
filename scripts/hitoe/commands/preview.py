"""`hitoe preview`: cards in the browser, as they are in the files that the author saves."""

import gc
from argparse import ArgumentParser, Namespace
from pathlib import Path

from hitoe.commands import Environment, project_folder, tell
from hitoe.messages import say
from hitoe.problems import RefusedError

HELP = say("show the cards in the browser, and again after each save")
PORT = 8710


def add_arguments(parser: ArgumentParser) -> None:
    """Add where the preview is served, and what opens files."""
    parser.add_argument(
        "--port", type=int, default=PORT, help=say("on this machine (default: {port}; 0: any free one)", port=PORT)
    )
    parser.add_argument("--no-open", action="store_true", help=say("only print the address; open no browser"))
    parser.add_argument(
        "--editor",
        default="vscode",
        metavar="NAME",
        help=say("opens files: vscode, vscodium, cursor, zed, idea, or an address with {file}, {line} and {column}"),
    )


def run(arguments: Namespace, environment: Environment) -> int:
    """Serve the preview until it is stopped."""
    from hitoe import memo
    from hitoe.build import fingerprints
    from hitoe.model.project import CONTENT
    from hitoe.preview import editor_links, server
    from hitoe.preview.live_project import LiveProject

    root, editor = project_folder(arguments), editor_links.template(arguments.editor)
    if not (root / CONTENT).is_dir():
        raise RefusedError("no folder '{folder}': name the folder that holds content/ with -C", folder=root / CONTENT)
    listening = server.opened(arguments.port)
    live = LiveProject(root, memo.read(root / "build", "deck", fingerprints.tools()))
    live.read()
    gc.freeze()  # what lives until the end is looked at no more
    gc.enable()  # other commands end before garbage matters

    def ready(address: str) -> None:
        tell(say("hitoe: {address} shows the cards; Ctrl-C ends it", address=address))
        if not arguments.no_open:
            import webbrowser

            webbrowser.open(address)

    with environment.temporary_folder() as folder:
        served = server.ServedProject(live, editor, Path(folder), environment.now(), ready)
        server.serve(served, listening)
    return 0
