"""One article by a language model, in a process of its own: `python -m tests.bench.written KIND NAME MINUTES DEPTH`.

KIND is `local` with a folder as NAME, or `server` with an address; DEPTH is as in the settings.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.judges.examination import exam_digest
from models.llm.server import ServerEngine
from models.local.engine import LocalEngine
from pipeline.app.wiring import Tadwin, exam_results, make_examinee
from pipeline.config import load
from pipeline.settings import LibrarySettings
from pipeline.types.judging import ExamResult
from pipeline.types.usage import TokenUsage
from tests.bench import talks

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.types.article import Article


def measure(kind: str, name: str, minutes: float, depth: str) -> dict[str, Any]:
    """Seconds, peak megabytes and tokens of one article, all and by step, and the tokens and letters of its transcript.

    The tokens of the transcript are by the model's own count. Where a judge is needed the model is taken at its word
    as one, as if it had passed the exam.
    """
    where = "model.name" if kind == "local" else "model.url"
    values = {"writer.kind": kind, "writer.depth": depth, where: name, "model.timeout_seconds": 3600.0}
    settings = load(values).settings
    engine = LocalEngine(settings.model) if kind == "local" else ServerEngine(settings.model)
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(settings, library=LibrarySettings(folder))
        captions = Path(folder) / "talk.json3"
        captions.write_bytes(talks.json3(minutes))
        _grant_trust(settings)
        begun = time.perf_counter()
        published = Tadwin(settings).run(str(captions))
        seconds = time.perf_counter() - begun
    if published.article is None:
        raise SystemExit(published.reason)
    used = sum(published.usage.values(), TokenUsage())
    spoken = _transcript(published.article)
    account = published.article.draft.account
    return {
        "seconds": seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "read": used.tokens_in,
        "written": used.tokens_out,
        "talk": engine.count(spoken),
        "letters": len(spoken),
        "strict": account.strict if account else "",
        "steps": {step: (each.tokens_in, each.tokens_out) for step, each in published.usage.items()},
    }


def _grant_trust(settings: Settings) -> None:
    today = datetime.now(tz=UTC).date()
    result = ExamResult(make_examinee(settings).name, exam_digest(), today, whole=True, tallies=())
    exam_results(settings).put(result)


def _transcript(article: Article) -> str:
    return "\n".join(sentence.text for sentence in article.script.sentences)


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4])))
