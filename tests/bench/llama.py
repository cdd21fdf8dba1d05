"""llama.cpp on the same prompts, one at a time: `python -m tests.bench.llama FILE.gguf THREADS`; needs `xllamacpp`."""

from __future__ import annotations

import json
import resource
import sys

import xllamacpp

from tests.bench.engine import SYSTEM, WRITTEN, passages


def main(file: str, threads: str) -> None:
    """Print one JSON object: its own account of tokens read and written a second, the best of the four prompts."""
    parameters = xllamacpp.CommonParams()
    parameters.model.path = file
    parameters.n_ctx, parameters.warmup, parameters.verbosity = 2048, False, 0
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = int(threads)
    server = xllamacpp.Server(parameters)
    timings = [ask(server, passage)["timings"] for passage in passages()]
    print(
        json.dumps(
            {
                "reads": max(timing["prompt_per_second"] for timing in timings),
                "writes": max(timing["predicted_per_second"] for timing in timings),
                "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


def ask(server: xllamacpp.Server, passage: str) -> dict[str, dict[str, float]]:
    """The answer of its chat interface."""
    messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": passage}]
    answer = server.handle_chat_completions({"messages": messages, "max_tokens": WRITTEN, "temperature": 0})
    made: dict[str, dict[str, float]] = answer if isinstance(answer, dict) else json.loads(answer)
    return made


if __name__ == "__main__":
    main(*sys.argv[1:])
