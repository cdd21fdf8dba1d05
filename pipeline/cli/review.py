"""`tadwin review`: the review desk in the browser, or the list of articles in the terminal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import options

if TYPE_CHECKING:
    import socket

    from pipeline.errors import ArtifactCorrupt
    from pipeline.settings import Settings

HOST = "127.0.0.1"
PORT_FILE = "port"
"""Beside the journals: where the desk of this library listened last."""
PORT_MOST = 65_535

Port = Annotated[
    int | None,
    typer.Option("--port", min=0, max=65535, help="Port on 127.0.0.1; by default that of last time, 0 for any."),
]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")]
List = Annotated[bool, typer.Option("--list", help="List the finished articles, most findings first.")]


def command(
    *,
    port: Port = None,
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


def serve(settings: Settings, port: int | None, *, browser: bool) -> None:
    """Serve the desk until stopped; the file that opens it is printed once on stdout."""
    import uvicorn  # noqa: PLC0415 - keeps `--help` fast

    from pipeline.app.wiring import make_desk  # noqa: PLC0415 - the same
    from pipeline.review import security, web  # noqa: PLC0415 - the same
    from pipeline.review.handover import Handover  # noqa: PLC0415 - the same

    desk = make_desk(settings)
    typer.echo("Reading the library ...", err=True)
    desk.articles.refresh()
    secrets = security.new_secrets()
    with listen(port, Path(settings.library.folder) / "reviews" / PORT_FILE) as listening:
        actual_port = listening.getsockname()[1]
        handover = Handover(Path(settings.library.folder), actual_port)
        handover.write(secrets.token)
        application = web.application(desk, secrets, port=actual_port, handed=handover.write)
        typer.echo(handover.path.as_uri())
        typer.echo(f"Open this file in the browser; the desk is at http://{HOST}:{actual_port}/.", err=True)
        typer.echo("Press Ctrl+C to stop; everything saved is on disk.", err=True)
        if browser:
            typer.launch(str(handover.path))
        server = uvicorn.Config(application, log_level="warning", access_log=False, server_header=False)
        try:
            uvicorn.Server(server).run(sockets=[listening])
        finally:
            handover.remove()


def listen(port: int | None, remembered: Path) -> socket.socket:
    """A socket at the wanted port; by default at that of last time, so that open tabs find the desk again."""
    from pipeline.errors import UsageError  # noqa: PLC0415 - keeps `--help` fast
    from pipeline.store import atomic  # noqa: PLC0415 - the same

    last = (atomic.read(remembered) or b"").decode("ascii", "replace").strip()
    wanted = int(last) if re.fullmatch("[0-9]{1,5}", last) and int(last) <= PORT_MOST else 0
    try:
        listening = bound(wanted if port is None else port)
    except UsageError:
        if port is not None:
            raise
        typer.echo(f"Port {wanted} of last time is taken; tabs that are still open do not find this desk.", err=True)
        listening = bound(0)
    actual = listening.getsockname()[1]
    if actual != wanted:
        atomic.write(remembered, f"{actual}\n".encode())
    return listening


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
