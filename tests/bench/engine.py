"""One model in one precision, in a process of its own: `python -m tests.bench.engine FOLDER PRECISION THREADS`."""

from __future__ import annotations

import json
import math
import resource
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import torch

from models.llm.engine import Prompt
from models.local import loading
from models.local.chat import ChatModel
from models.local.hardware import this_machine
from models.local.hub import find_model
from pipeline.events import Event, Generating, silent
from pipeline.settings import ModelSettings

TALK = Path(__file__).parents[2] / "pipeline" / "sample" / "talk.md"
READ, WRITTEN, BATCH = 250, 32, 4
"""Tokens of the perplexity, tokens of a reply, passages side by side."""
SYSTEM = (
    "أنت محرر. تكتب فقرة عربية فصيحة من الجمل المرقمة التي تعطى لك، ولا تضيف شيئًا لم يقل فيها. اكتب كل جملة في سطر، "
    "وفي آخرها أرقام الجمل التي أخذت منها بين قوسين معقوفين، مثل: [3]."
)
PRECISIONS = {
    "float32": loading.Precision("cpu", torch.float32),
    "bfloat16": loading.Precision("cpu", torch.bfloat16),
    "blocked": loading.Precision("cpu", torch.bfloat16, "bfloat16"),
    "float16": loading.Precision("cpu", torch.float32, "float16"),
    "int8": loading.Precision("cpu", torch.bfloat16 if loading.half_is_fast() else torch.float32, "int8"),
}


def main(folder: str, precision: str, threads: str) -> None:
    """Print one JSON object."""
    torch.set_num_threads(int(threads))
    here = this_machine()
    found = find_model(ModelSettings(name=folder), here, silent)
    tokenizer, model = loading.load_tokenizer(found), loading.load_model(found, PRECISIONS[precision], here)
    figures: dict[str, Any] = reading(tokenizer, model)
    for size in (1, BATCH):
        figures[f"batch {size}"] = writing(tokenizer, model, size)
    figures["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures))


def reading(tokenizer: Any, model: Any) -> dict[str, Any]:  # noqa: ANN401 - no stubs
    """Perplexity of the project's own talk, the likeliest token at each place, and tokens read a second."""
    ids = torch.tensor([tokenizer.encode(TALK.read_text(encoding="utf-8").partition("## ")[2])[:READ]])
    begun = time.perf_counter()
    with torch.inference_mode():
        logits = model(input_ids=ids).logits[0, :-1].float()
    seconds = time.perf_counter() - begun
    loss = torch.nn.functional.cross_entropy(logits, ids[0, 1:])
    return {"perplexity": math.exp(loss), "likeliest": logits.argmax(1).tolist(), "reads": ids.shape[1] / seconds}


def writing(tokenizer: Any, model: Any, size: int) -> dict[str, float]:  # noqa: ANN401 - no stubs
    """Tokens a second of four replies, `size` at a time: while all of them go on, and over all with what is read."""
    events: list[Event] = []
    chat = ChatModel(tokenizer, model, ModelSettings(batch=size), events.append, this_machine().memory)
    begun = time.monotonic()
    replies = chat.reply([Prompt(SYSTEM, passage, WRITTEN) for passage in passages()], 4096)
    whole = time.monotonic() - begun
    steps = [event for event in events if isinstance(event, Generating)]
    spans = [  # from token to token of one batch: neither what was read in between nor replies that ended early count
        (after.written - before.written, after.seconds - before.seconds)
        for before, after in pairwise(steps)
        if before.read == after.read and before.open == after.open == size
    ]
    written, seconds = map(sum, zip(*spans, strict=True))
    read = sum(reply.tokens_in for reply in replies)
    return {"writes": written / seconds, "whole": steps[-1].written / whole, "seconds": whole, "read": read}


def passages() -> list[str]:
    """Four passages of the talk as numbered sentences."""
    lines = [line for line in TALK.read_text(encoding="utf-8").splitlines() if line and line[0] not in "#<"]
    chosen = [lines[start : start + 4] for start in range(0, 4 * BATCH, 4)]
    return ["\n".join(f"{number}. {line}" for number, line in enumerate(part, 1)) for part in chosen]


if __name__ == "__main__":
    main(*sys.argv[1:])
