"""`tadwin run`: links, ids or caption files in, articles out. `tadwin demo`: the same for the bundled talk."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.arabic.formatting import percent, timestamp
from pipeline.cli import interrupts, options, progress
from pipeline.types.usage import TokenUsage

if TYPE_CHECKING:
    from pipeline.types.article import Coverage, Report, RunResult

SAMPLE = "talk.ar.json3"
_PARTIAL = 3
_USELESS = "the model's whole article was of no use"
STRICT = {
    "judge": "no judge is trusted",
    "window": "the talk is too long for the model",
    "summariser": "the model follows no instructions",
}
"""By `GenerationStats.strict`."""
_JSON_VERSION = 2

Videos = Annotated[
    list[str],
    typer.Argument(
        help="YouTube links or ids, or caption files (.srt .vtt .sbv .lrc .tsv .sub .json3 .xml .json .txt).",
        metavar="VIDEO...",
    ),
]
Refresh = Annotated[bool, typer.Option("--refresh", help="Fetch captions again, even if they are already here.")]


def command(  # noqa: PLR0913 - one parameter per option
    videos: Videos,
    *,
    library: options.Library = None,
    config: options.ConfigFile = None,
    writer: options.Writer = None,
    formats: options.Formats = None,
    refresh: Refresh = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Write the article of each video, and print it as Markdown."""
    from pipeline.batch.clock import StopRequested, StopSignal  # noqa: PLC0415 - keeps `--help` fast

    settings = options.load_settings(config, library, writer=writer, formats=formats)
    report, stop_signal = progress.reporter(quiet=quiet, steps=True), StopSignal()
    results: list[RunResult] = []
    try:
        with interrupts.stoppable(stop_signal.request, report.tell):
            from pipeline.app.wiring import Tadwin  # noqa: PLC0415 - as above

            tadwin = Tadwin(settings, report, refresh=refresh, sleep=stop_signal.sleep)
            for video in videos:
                stop_signal.sleep(0)
                with report:
                    results.append(tadwin.run(video))
                show(results[-1], as_json=as_json, quiet=quiet)
    except StopRequested:
        interrupts.say_stopped()
        raise typer.Exit(interrupts.INTERRUPTED) from None
    raise typer.Exit(interrupts.INTERRUPTED if stop_signal.requested else exit_code(results))


def demo(
    *,
    library: options.Library = None,
    config: options.ConfigFile = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Write the article of a talk that comes with the program."""
    if not quiet:
        typer.echo("The bundled talk, written for this project:", err=True)
    with as_file(files("pipeline") / "sample") as folder:
        command([str(folder / SAMPLE)], library=library, config=config, as_json=as_json, quiet=quiet)


def show(result: RunResult, *, as_json: bool, quiet: bool) -> None:
    """Print the article, or why there is none."""
    if as_json:
        typer.echo(json.dumps(record(result), ensure_ascii=False))
    elif result.article is not None:
        from pipeline.export import markdown  # noqa: PLC0415 - keeps `--help` fast

        typer.echo(markdown.export(result.article).decode(), nl=False)
    if result.article is None:
        typer.echo(f"tadwin: {result.reason}\n  {result.hint}".rstrip(), err=True)
    elif not quiet:
        for line in summary(result):
            typer.echo(f"  {line}", err=True)


def record(result: RunResult) -> dict[str, Any]:
    """A result as one JSON object; `version` rises when a field changes its meaning."""
    answer: dict[str, Any] = {
        "version": _JSON_VERSION,
        "request": result.request,
        "status": result.status.value,
        "seconds": round(result.seconds, 3),
        "files": list(result.files),
        "reason": result.reason,
        "hint": result.hint,
    }
    if result.article is not None:
        report = result.article.report
        answer |= {
            "id": result.article.script.video.id,
            "title": result.article.draft.title,
            "findings": len(report.findings),
            "statements": report.statements,
            "supported": report.supported,
            "confirmed": report.confirmed,
            "open": report.open,
            "judge": report.judge,
            "words": report.coverage.words,
            "words_used": report.coverage.used,
            "windows_used": round(report.coverage.windows, 3),
            "longest_omission": asdict(report.coverage.omitted) if report.coverage.omitted else None,
        }
        if stats := result.article.draft.account:
            answer["account"] = asdict(stats)
            answer["usage"] = {step: asdict(used) for step, used in result.usage.items()}
    return answer


def summary(result: RunResult) -> list[str]:
    """Lines on a finished article: its captions, its evidence, what a language model wrote, and its files."""
    article = result.article
    assert article is not None  # noqa: S101 - for the type checker
    report, stats = article.report, article.draft.account
    findings = f"{len(report.findings)} finding{'' if len(report.findings) == 1 else 's'}"
    lines = [
        f"captions: {article.provenance.reason}",
        *_coverage(report.coverage, quoted=report.supported == report.statements),
        *_support(report),
        findings,
    ]
    if stats is not None:
        lines += [
            f"of {stats.sentences} sentences by the model, {stats.written} stand, {stats.repaired} as corrected;",
            f"{stats.copied} are the speaker's own, {len(stats.dropped)} were dropped (listed in article.json)",
        ]
        if stats.strict:
            how = (
                "quotations, chosen by what the model copied"
                if stats.led
                else "written section by section, near to the wording"
            )
            lines.append(f"{how}: {STRICT.get(stats.strict, _USELESS)}")
        if stats.canaries:
            lines.append(f"the judge caught {stats.canaries_caught} of {stats.canaries} planted faults")
        if stats.shortfall:
            lines += [f"flawed: {stats.shortfall}", *(f"  {name}" for name in stats.embedded)]
            lines.append("the same command tries again what is missing")
        total = sum(result.usage.values(), TokenUsage())
        if total.tokens_out:
            lines.append(f"{total.tokens_in:,} tokens read, {total.tokens_out:,} written, {total.rate:.1f} a second")
    return [*lines, *map(str, result.files)]


def _coverage(coverage: Coverage, *, quoted: bool) -> list[str]:
    """How much of the talk is in the article, and what is not."""
    used = "quotes" if quoted else "rests on"
    lines = [
        f"{used} {coverage.used:,} of the talk's {coverage.words:,} words ({percent(coverage.share)})",
        f"has something of {percent(coverage.windows)} of its stretches of 100 words",
    ]
    if left := coverage.omitted:
        where = f"sentences {left.first} to {left.last}"
        if left.span is not None:
            where = f"{timestamp(left.span.start)}–{timestamp(left.span.end)}"
        lines.append(f"the longest stretch left out has {left.words:,} words ({where})")
    return lines


def _support(report: Report) -> list[str]:
    """How statements in other words than the speaker's stand; those in the speaker's own are true by construction."""
    if report.supported == report.statements:
        return []
    told = f"{report.supported} of {report.statements} statements are in the speaker's words"
    return [
        told + (f", {report.confirmed} more confirmed by a trusted judge, {report.open} open" if report.judge else "")
    ]


def exit_code(results: list[RunResult]) -> int:
    """0 when all were made, 3 when some were, otherwise the code of the first failure."""
    failed = [result for result in results if result.article is None]
    if not failed:
        return 0
    return _PARTIAL if len(failed) < len(results) else failed[0].exit_code
