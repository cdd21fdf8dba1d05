"""`tadwin review`: the review desk in the browser, or the list of articles in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import options

if TYPE_CHECKING:
    import socket

    from pipeline.errors import ArtifactCorrupt
    from pipeline.settings import Settings

HOST = "127.0.0.1"

Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="Port on 127.0.0.1; 0 picks a free one.")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")]
List = Annotated[bool, typer.Option("--list", help="List the finished articles, most findings first.")]


def command(
    *,
    port: Port = 0,
    no_browser: NoBrowser = False,
    as_list: List = False,
    library: options.Library = None,
    config: options.ConfigFile = None,
) -> None:
    """Check, correct and approve drafts in the browser; nothing leaves this machine."""
    settings = options.load_settings(config, library)
    if as_list:
        show(settings)
    else:
        serve(settings, port, browser=not no_browser)


def show(settings: Settings) -> None:
    """Print the finished articles, those with most findings first, each with the file that reads best."""
    from pipeline.export.formats import FORMATS  # noqa: PLC0415 - keeps `--help` fast
    from pipeline.store.library import Library  # noqa: PLC0415 - the same

    library = Library(Path(settings.library.folder))
    library.require()
    damaged: list[ArtifactCorrupt] = []
    cards = sorted(library.cards(damaged.append), key=lambda card: (-card.findings, card.folder))
    for card in cards:
        folder = library.articles / card.folder
        exports = (folder / each.file_name for each in FORMATS.values())  # the most readable first
        best = next((file for file in exports if file.is_file()), folder)
        typer.echo(f"{card.findings:>3} findings  {card.title}\n{'':14}{best}")
    if damaged:  # said when all others are listed
        raise damaged[0]
    if not cards:
        typer.echo("No articles yet; `tadwin demo` makes one.", err=True)


def serve(settings: Settings, port: int, *, browser: bool) -> None:
    """Serve the desk until stopped; its address, with the start token, is printed once on stdout."""
    import uvicorn  # noqa: PLC0415 - keeps `--help` fast

    from pipeline.app.wiring import make_desk  # noqa: PLC0415 - the same
    from pipeline.review import security, web  # noqa: PLC0415 - the same

    desk = make_desk(settings)
    typer.echo("Reading the library ...", err=True)
    desk.articles.refresh()
    secrets = security.new_secrets()
    with bound(port) as listening:
        actual_port = listening.getsockname()[1]
        address = f"http://{HOST}:{actual_port}/?token={secrets.token}"
        application = web.application(desk, secrets, port=actual_port)
        typer.echo(address)
        typer.echo("Press Ctrl+C to stop; everything saved is on disk.", err=True)
        if browser:
            typer.launch(address)
        server = uvicorn.Config(application, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(server).run(sockets=[listening])


def bound(port: int) -> socket.socket:
    """A socket that already listens on the loopback address; raises `UsageError` when the port is taken."""
    import socket  # noqa: PLC0415 - keeps `--help` fast

    from pipeline.errors import UsageError  # noqa: PLC0415 - the same

    # With the protocol named, asyncio sends without delay (TCP_NODELAY); otherwise every page waits 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()
    except OSError as error:
        listening.close()
        message = f"port {port} cannot be used ({error.strerror})"
        raise UsageError(message, "Leave out --port to use a free one.") from error
    return listening
