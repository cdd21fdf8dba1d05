"""`python -m tests.models.find_model NAME [REVISION]`: looks for a model in a process of its own and prints the result.

The hub's library reads its address when it is imported, so each case needs a new process.
"""

from __future__ import annotations

import json
import sys

from models.local.hardware import this_machine
from models.local.hub import find_model
from pipeline.errors import PipelineError
from pipeline.events import Downloading, Event
from pipeline.settings import ModelSettings


def main(name: str, revision: str = "") -> None:
    """Print one JSON object."""
    events: list[Event] = []
    try:
        found = find_model(ModelSettings(name=name, revision=revision), this_machine(), events.append)
    except PipelineError as error:
        kind, says = type(error).__name__, str(error)
        print(json.dumps({"error": kind, "says": says, "hint": error.hint, "code": error.exit_code}))
        return
    told = [(event.done, event.total) for event in events if isinstance(event, Downloading)]
    files = sorted(path.name for path in found.folder.iterdir())
    print(json.dumps({"revision": found.revision, "files": files, "told": told, "parameters": found.parameters}))


if __name__ == "__main__":
    main(*sys.argv[1:])
