"""The command `tadwin`: every command in one list, and how a failure is reported."""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from contextlib import suppress

import typer

from pipeline.cli import batch, doctor, ids, interrupts, models, review, run, status
from pipeline.cli import eval as evaluation
from pipeline.errors import NoSpace, PipelineError

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_JSON_VERSION = 1
_OUTPUT_HINT = "Send the output elsewhere, or free some space; finished articles are in the library."

app = typer.Typer(
    name="tadwin",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: start-up stays under 0.3 s without rich
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn a YouTube video with Arabic captions into an Arabic article that shows where every sentence was said.",
)
app.command("run", cls=ids.VideoCommand)(run.command)
app.command("batch", cls=ids.VideoCommand)(batch.command)
app.command("status")(status.command)
app.command("why", cls=ids.VideoCommand)(status.why)
app.command("retry")(batch.retry)
app.command("repair")(status.repair)
app.command("demo")(run.demo)
app.command("review")(review.command)
app.command("doctor")(doctor.command)
app.command("eval")(evaluation.command)
app.add_typer(models.app, name="models")
app.add_typer(doctor.config_app, name="config")


def main() -> None:
    """Run the command line: results on stdout, all else on stderr, exit codes as the README lists them."""
    # The matrices of an article without a model are small: a second thread saved a twentieth of its time where a core
    # was idle, and doubled it where all were busy (OpenBLAS waits by spinning).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        _run_app()
    except BrokenPipeError:  # the reader of stdout has gone, as `| head` does
        _drop_output()
        sys.exit(1)
    except OSError as error:
        if error.errno not in _NO_SPACE:
            raise
        _drop_output()
        full = NoSpace(f"the output could not be written ({error.strerror})", _OUTPUT_HINT)
        _say(full)
        sys.exit(full.exit_code)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        interrupts.say_stopped()
        interrupts.end_process()
    except SystemExit as end:
        if end.code == interrupts.INTERRUPTED:
            interrupts.end_process()
        raise


def _run_app() -> None:
    try:
        app()
    except PipelineError as error:
        if "--json" in sys.argv[1:]:
            record = {"exit_code": error.exit_code, "cause": type(error).__name__, "reason": str(error)}
            answer = {"version": _JSON_VERSION, **record, "hint": error.hint}
            typer.echo(json.dumps(answer, ensure_ascii=False))
        _say(error)
        sys.exit(error.exit_code)
    finally:
        if sys.__stdout__ is not None:  # it may have been closed
            sys.stdout.flush()  # here, where a full disk can still be told


def _say(error: PipelineError) -> None:
    with suppress(OSError):  # stderr may lie on the same full disk
        typer.echo(f"tadwin: {error}", err=True)
        if error.hint:
            typer.echo(f"  {error.hint}", err=True)


def _drop_output() -> None:
    """Let what is still to be printed go nowhere, so that the interpreter ends in peace."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
