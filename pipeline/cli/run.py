"""`tadwin run`: links, ids or caption files in, articles out."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import options, progress
from pipeline.events import silent
from pipeline.types.usage import TokenUsage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.types.article import RunResult

_PARTIAL = 3
_JSON_VERSION = 1

Requests = Annotated[
    list[str],
    typer.Argument(
        help="YouTube links or ids, or caption files (.srt .vtt .json3 .xml .json .txt).", metavar="VIDEO..."
    ),
]
Refresh = Annotated[bool, typer.Option("--refresh", help="Fetch captions again, even if they are kept.")]


def command(  # noqa: PLR0913 - one parameter an option
    videos: Requests,
    *,
    library: options.Library = None,
    config: options.ConfigFile = None,
    writer: options.Writer = None,
    refresh: Refresh = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Write the article of each video, and print it as Markdown."""
    from pipeline.app.wiring import Tadwin  # noqa: PLC0415 - keeps `--help` fast

    settings = options.settings(config, library, writer__kind=writer)
    tadwin = Tadwin(settings, silent if quiet else progress.to_terminal, refresh=refresh)
    results = [show(tadwin.run(video), as_json=as_json, quiet=quiet) for video in videos]
    raise typer.Exit(exit_code(results))


def show(result: RunResult, *, as_json: bool, quiet: bool) -> RunResult:
    """Print the article, or why there is none; the same result."""
    if as_json:
        typer.echo(json.dumps(record(result), ensure_ascii=False))
    elif result.article is not None:
        from pipeline.export import markdown  # noqa: PLC0415 - keeps `--help` fast

        typer.echo(markdown.export(result.article).decode(), nl=False)
    if result.article is None:
        typer.echo(f"tadwin: {result.reason}\n  {result.hint}".rstrip(), err=True)
    elif not quiet:
        _summary(result)
    return result


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
            "covered": round(report.covered, 3),
        }
        if account := result.article.draft.account:
            answer["account"] = asdict(account)
            answer["usage"] = {step: asdict(used) for step, used in result.usage.items()}
    return answer


def exit_code(results: list[RunResult]) -> int:
    """0 when all were made, 3 when some were, otherwise the code of the first failure."""
    failed = [result for result in results if result.article is None]
    if not failed:
        return 0
    return _PARTIAL if len(failed) < len(results) else failed[0].exit_code


def _summary(result: RunResult) -> None:
    article = result.article
    assert article is not None  # noqa: S101 - for the type checker
    report = article.report
    findings = f"{len(report.findings)} finding{'' if len(report.findings) == 1 else 's'}"
    lines = (
        f"captions: {article.provenance.reason}",
        f"{report.supported} of {report.statements} statements stand in the transcript",
        f"{report.covered:.0%} of the speech is covered, {findings}",
        *_by_model(result),
        *result.files,
    )
    for line in lines:
        typer.echo(f"  {line}", err=True)


def _by_model(result: RunResult) -> Iterator[str]:
    """What a language model wrote, and what it took if it was asked now."""
    assert result.article is not None  # noqa: S101 - for the type checker
    account = result.article.draft.account
    if account is None:
        return
    yield f"of {account.sentences} sentences by the model {account.written} stand, {account.repaired} after mending;"
    yield f"{account.replaced} gave way to the speaker's own, {account.left_out} were left out"
    if account.embedded:
        yield f"written without the model, whose replies were no use: {', '.join(account.embedded)}"
    total = sum(result.usage.values(), TokenUsage())
    if total.tokens_out:
        yield f"{total.tokens_in:,} tokens read, {total.tokens_out:,} written, {total.rate:.1f} a second"
