"""Ctrl-C and SIGTERM: the first ends the work after the present step, the second ends it at once."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from pipeline.batch.clock import StopRequested

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

INTERRUPTED = 130
"""The exit code of a run that was stopped."""
STOPPED = "stopped; finished work is kept, the same command continues"
_STOPPING = "stopping after this step; again to stop now"
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_STEP_SECONDS = 3.0
"""How long the present step may still take. Then it is broken off: it is made again from what is on disk."""
_LAST_SECONDS = 4.5
"""When the process ends whatever it does: a kill loses nothing either."""


@contextmanager
def stoppable(stop: Callable[[], None], tell: Callable[[str], None]) -> Iterator[None]:
    """Inside the block, the first signal calls `stop` and says so, and raises `StopRequested` a little later.

    The second signal ends the process, also after the block. Both `stop` and `tell` are called in a thread of their
    own, since Python runs handlers only between two instructions of the main thread, and one instruction can take long:
    a language model reads a whole prompt in one.
    """
    hearing, speaking = socket.socketpair()
    speaking.settimeout(0)  # as `set_wakeup_fd` wants it
    inside, main, stopping = True, threading.get_ident(), threading.Event()

    def hear() -> None:
        with hearing:
            while heard := hearing.recv(1):
                if heard[0] not in _SIGNALS:
                    continue
                if stopping.is_set():
                    _end()
                stopping.set()
                _after(_STEP_SECONDS, lambda: signal.pthread_kill(main, signal.SIGALRM))
                _after(_LAST_SECONDS, _end)
                with contextlib.suppress(OSError, ValueError):  # nobody may be there to read it
                    tell(_STOPPING)
                stop()

    def break_off(_number: int, _frame: FrameType | None) -> None:
        if inside:
            raise StopRequested

    handlers = {**dict.fromkeys(_SIGNALS, _leave_to_the_thread), signal.SIGALRM: break_off}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    wakeup = signal.set_wakeup_fd(speaking.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=hear, name="signals", daemon=True).start()
    try:
        yield
    finally:
        inside = False
        if not stopping.is_set():  # otherwise the second signal is still to be heard
            signal.set_wakeup_fd(wakeup)
            for number, handler in before.items():
                signal.signal(number, handler)
            speaking.close()


def say_stopped() -> None:
    """Say on stderr that the work was stopped and what is kept, unless nothing can be written there."""
    with contextlib.suppress(OSError):
        typer.echo(STOPPED, err=True)


def _leave_to_the_thread(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: `set_wakeup_fd` has told the thread already."""


def _after(seconds: float, call: Callable[[], object]) -> None:
    timer = threading.Timer(seconds, call)
    timer.daemon = True
    timer.start()


def end_process() -> None:
    """End a run that was stopped and has said so; a further signal would be heard as Python winds up."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(INTERRUPTED)


def _end() -> None:
    """End the process without asking any part of it; a terminal gets its cursor back."""
    cursor = "\033[?25h" if sys.stderr.isatty() else ""
    with contextlib.suppress(OSError):
        os.write(2, f"{cursor}{STOPPED}\n".encode())
    os._exit(INTERRUPTED)
