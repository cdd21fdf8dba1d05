"""One article by a language model, in a process of its own: `python -m tests.bench.written KIND NAME MINUTES`.

KIND is `local` with a folder as NAME, or `server` with an address.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from models.llm.server import ServerEngine
from models.local.engine import LocalEngine
from pipeline.app.wiring import Tadwin
from pipeline.config import load
from pipeline.settings import LibrarySettings
from pipeline.types.article import Article
from pipeline.types.usage import TokenUsage
from tests.bench import talks


def measure(kind: str, name: str, minutes: float) -> dict[str, float]:
    """Seconds, peak megabytes and tokens of one article, and the tokens of its transcript by the model's own count."""
    where = "model.name" if kind == "local" else "model.url"
    settings = load({"writer.kind": kind, where: name, "model.timeout_seconds": 3600.0}).settings
    engine = LocalEngine(settings.model) if kind == "local" else ServerEngine(settings.model)
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(settings, library=LibrarySettings(folder))
        captions = Path(folder) / "talk.json3"
        captions.write_bytes(talks.json3(minutes))
        begun = time.perf_counter()
        published = Tadwin(settings).run(str(captions))
        seconds = time.perf_counter() - begun
    if published.article is None:
        raise SystemExit(published.reason)
    used = sum(published.usage.values(), TokenUsage())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = engine.count(_transcript(published.article))
    return {"seconds": seconds, "megabytes": peak, "read": used.tokens_in, "written": used.tokens_out, "talk": said}


def _transcript(article: Article) -> str:
    return "\n".join(sentence.text for sentence in article.script.sentences)


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], sys.argv[2], float(sys.argv[3]))))
