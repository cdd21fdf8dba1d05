"""Runs a batch on a cluster, as the command does, with a writer that notes its calls and may die of a video.

`python -m tests.cluster.driver JSON` takes the folder, the fake's proxy and authority, the cluster's address and what
the writer shall do; it prints one JSON object.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.writers.extractive import ExtractiveWriter
from pipeline.app.batch import open_session
from pipeline.settings import SourceSettings, WriterSettings
from pipeline.types.batch import BatchFilter
from tests.batch_world import LIST, settings

if TYPE_CHECKING:
    from pipeline.types.article import Draft, Script

CALLS = "calls.log"


@dataclass(frozen=True)
class Noted:
    """The embedded writer; each call is noted in a file before it is begun, with the process that was called."""

    folder: str
    seconds: float
    """How long it takes at least."""
    deadly: tuple[str, ...]
    """Videos that it dies of."""

    @property
    def identity(self) -> str:
        """That of the embedded writer."""
        return self._writer.identity

    def write(self, script: Script) -> Draft:
        """The draft, or the end of the process."""
        handle = os.open(Path(self.folder) / CALLS, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        os.write(handle, f"{script.video.id} {os.getpid()}\n".encode())
        os.close(handle)
        time.sleep(self.seconds)
        if script.video.id in self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        return self._writer.write(script)

    @property
    def _writer(self) -> ExtractiveWriter:
        return ExtractiveWriter(WriterSettings())


def main(orders: dict[str, Any]) -> None:
    """One run over the playlist."""
    folder = Path(orders["folder"])
    own = settings(folder / "out")
    source = SourceSettings(proxy=orders["proxy"], ca_bundle=orders["ca_bundle"], pause_seconds=0.0)
    batch = replace(own.batch, executor="ray", ray_address=orders["address"])
    writer = Noted(str(folder), orders.get("seconds", 0.0), tuple(orders.get("deadly", ())))
    begun = time.monotonic()
    with open_session(replace(own, source=source, batch=batch), writer=writer) as session:
        joined = time.monotonic()
        report = session.batch(session.resolve([LIST]), BatchFilter())
    times = {"joined": joined - begun, "seconds": time.monotonic() - begun}
    print(json.dumps({**report.record, "times": times}))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
