"""The command `tadwin`: every command in one list, and how a failure is reported."""

from __future__ import annotations

import os
import sys

import typer

from pipeline.cli import batch, doctor, ids, review, run, status
from pipeline.cli import eval as evaluation
from pipeline.errors import PipelineError

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
app.command("models")(doctor.models)
app.add_typer(doctor.config_app, name="config")


def main() -> None:
    """Run the command line: results on stdout, all else on stderr, exit codes as the README lists them."""
    try:
        app()
    except PipelineError as error:
        typer.echo(f"tadwin: {error}", err=True)
        if error.hint:
            typer.echo(f"  {error.hint}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of stdout has gone, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("stopped; finished steps are kept", err=True)
        sys.exit(130)
