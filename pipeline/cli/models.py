"""`tadwin models`: language models that suit this machine, and the exam that a judge must pass to be trusted."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import options

if TYPE_CHECKING:
    from pipeline.types.judging import ExamResult, ExamTally

app = typer.Typer(
    rich_markup_mode=None, help="List open language models for this machine, or have a judge sit the exam."
)
Judge = Annotated[
    str | None,
    typer.Option("--judge", help="server:NAME, local:NAME, embedded, or an entailment model.", show_default=False),
]
Prompt = Annotated[str | None, typer.Option("--prompt", help="Language of the prompt: ar or en.", show_default=False)]
ToTheEnd = Annotated[bool, typer.Option("--to-the-end", help="Go on when passing has become impossible.")]


@app.callback(invoke_without_command=True)
def models(context: typer.Context, *, as_json: options.Json = False) -> None:
    """List open language models by memory, and name the one that suits this machine."""
    if context.invoked_subcommand is not None:
        return
    from models.local.hardware import this_machine  # noqa: PLC0415 - keeps `--help` fast
    from models.local.recommended import GB, RECOMMENDED, recommended_for  # noqa: PLC0415 - as above

    machine = this_machine()
    suitable = recommended_for(machine.memory)
    if as_json:
        listed = [asdict(model) | {"suits": model == suitable} for model in RECOMMENDED]
        typer.echo(json.dumps({"version": 1, "memory": machine.memory, "models": listed}, ensure_ascii=False))
        return
    typer.echo(f"  {'memory':>6}  {'model':<37}{'licence':<12}{'languages'}")
    for model in RECOMMENDED:
        mark = ">" if model == suitable else " "
        size = f"{model.memory} GB"
        typer.echo(f"{mark} {size:>6}  {model.id:<37}{model.licence:<12}{model.languages:<17}{model.remark}")
    typer.echo(f"\nThis machine has {machine.memory / GB:.0f} GB of memory, {machine.free / GB:.0f} GB free.")
    typer.echo(f'In config.toml:\n\n[writer]\nkind = "local"\n\n[model]\nname = "{suitable.id}"')


@app.command("exam")
def exam(  # noqa: PLR0913 - one parameter per option
    *,
    judge: Judge = None,
    prompt: Prompt = None,
    writer: options.Writer = None,
    library: options.Library = None,
    config: options.ConfigFile = None,
    to_the_end: ToTheEnd = False,
    as_json: options.Json = False,
) -> None:
    """Have the judge of the settings sit the exam; only one that passes is trusted.

    Without --judge, it is the judge of the settings, or else the model that writes. Ends with 0 if it passed, else 1.
    """
    from models.judges.examination import sit_exam  # noqa: PLC0415 - keeps `--help` fast
    from pipeline.app.wiring import exam_results, make_examinee  # noqa: PLC0415 - as above

    settings = options.load_settings(config, library, writer=writer, judge=judge, prompt=prompt)
    examinee = make_examinee(settings)
    result = sit_exam(examinee, datetime.now(tz=UTC).date(), _tell_progress, to_the_end=to_the_end)
    exam_results(settings).put(result)
    if as_json:
        summary = {"passed": result.passed, "false_passed": result.false_passed, "true_refused": result.true_refused}
        typer.echo(json.dumps({"version": 1, **summary, **asdict(result)}, ensure_ascii=False, default=str))
    else:
        typer.echo(exam_table(result))
    raise typer.Exit(0 if result.passed else 1)


def exam_table(result: ExamResult) -> str:
    """The result by kind of statement, in 80 columns."""
    from pipeline.types.judging import FALSE_PASSED_MOST, TRUE_REFUSED_MOST  # noqa: PLC0415 - keeps `--help` fast

    lines = [f"{'':<26}{'asked':>7}{'wrong':>7}{'unsure':>8}{'no quote':>10}"]
    for true, says in ((True, "true, refused"), (False, "false, passed")):
        rows = [each for each in result.tallies if each.true is true]
        lines += [_row(f"  {each.kind}", [each]) for each in rows]
        lines.append(_row(says, rows))
    most = f"at most {FALSE_PASSED_MOST} false passed and {TRUE_REFUSED_MOST} true refused"
    if result.passed:
        verdict = f"Passed ({most}): this judge is trusted."
    else:
        stopped = "" if result.whole else "; stopped, since nothing could change that"
        verdict = f"Failed ({most}){stopped}:\nits word alone lets no sentence stand."
    return "\n".join([*lines, "", verdict, f"Judge: {result.judge}"])


def _row(name: str, tallies: list[ExamTally]) -> str:
    asked, wrong = sum(each.asked for each in tallies), sum(each.wrong for each in tallies)
    unsure, unquoted = sum(each.unsure for each in tallies), sum(each.unquoted for each in tallies)
    return f"{name:<26}{asked:>7}{wrong:>7}{unsure:>8}{unquoted:>10}"


def _tell_progress(result: ExamResult) -> None:
    asked = sum(each.asked for each in result.tallies)
    wrong = f"{result.false_passed} false passed, {result.true_refused} true refused"
    typer.echo(f"{asked} of 240 statements: {wrong}", err=True)
