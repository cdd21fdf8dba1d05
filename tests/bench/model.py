"""`make bench-model MODEL=FOLDER [GGUF=FILE]`: speed, memory and quality of a language model on this machine.

A speed without the perplexity beside it has chosen a broken path before; a rate without llama.cpp's on the same weights
in the same run says more about the machine than about the code.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from typing import Any

from models.local.hardware import this_machine
from models.local.hub import find_model
from models.local.loading import choose_precision, half_is_fast
from models.local.quantize import is_exact
from pipeline.events import silent
from pipeline.settings import ModelSettings
from tests.bench.__main__ import child
from tests.bench.tokens import step_rows

BATCH = "batch 4"
TALKS = (20, 60)
"""Minutes of the talks that articles are written of."""
DEPTHS = ("whole", "full", "light", "sections")


def main(folder: str, gguf: str = "") -> None:
    """Print the table."""
    if not folder:
        sys.exit("Which model? make bench-model MODEL=<folder with config.json and .safetensors>")
    threads = str(this_machine().cores)
    print(f"{threads} threads, load {os.getloadavg()[0]:.1f} before; tokens a second")
    print(f"{'':10}{'perplexity':>11}{'same':>7}{'reads':>8}{'1 by 1':>8}", end="")
    print(f"{'4 at once':>10}{'ratio':>7}{'whole':>7}{'peak MB':>9}")
    made: dict[str, dict[str, Any]] = {}
    half = ["bfloat16", *(["blocked"] if is_exact("bfloat16") else [])] if half_is_fast() else []
    for name in ("float32", *half, *(["float16"] if is_exact("float16") else []), "int8"):
        made[name] = child("tests.bench.engine", folder, name, threads)
        row(name, made[name], made["float32"])
    if not half_is_fast():
        print("bfloat16  left out: this processor does not compute in it")
    settings, here = ModelSettings(name=folder), this_machine()
    print(f"chosen    {choose_precision(settings, find_model(settings, here, silent).parameters, here.memory).label}")
    llama = child("tests.bench.llama", gguf, threads) if gguf and find_spec("xllamacpp") else None
    if llama:
        beside(llama, made)
    print(
        f"\n{'article':12}{'seconds':>9}{'peak MB':>9}{'read':>8}{'written':>9}{'tokens/s':>10}{'read/talk':>11}",
        end="",
    )
    print(f"{'to llama.cpp':>14}" if llama else "")
    for minutes in TALKS:
        for depth in DEPTHS:
            article(f"{minutes} {depth}", child("tests.bench.written", "local", folder, str(minutes), depth), llama)


def row(name: str, figures: dict[str, Any], exact: dict[str, Any]) -> None:
    """One precision beside full precision."""
    pairs = list(zip(figures["likeliest"], exact["likeliest"], strict=True))
    same = sum(one == other for one, other in pairs) / len(pairs)
    alone, batch = figures["batch 1"], figures[BATCH]
    print(f"{name:10}{figures['perplexity']:11.2f}{same:7.3f}{figures['reads']:8.1f}{alone['writes']:8.1f}", end="")
    print(f"{batch['writes']:10.1f}{batch['writes'] / alone['writes']:7.1f}{batch['whole']:7.1f}", end="")
    print(f"{figures['megabytes']:9.0f}", flush=True)


def beside(llama: dict[str, Any], made: dict[str, dict[str, Any]]) -> None:
    """llama.cpp's rate for one prompt, and what the fastest precision here reaches of it."""
    print(f"{'llama.cpp':10}{'':18}{llama['reads']:8.1f}{llama['writes']:8.1f}{'':24}{llama['megabytes']:9.0f}")
    best = max(figures[BATCH]["writes"] for figures in made.values())
    print(f"\n4 at once write {best / llama['writes']:.2f} times as fast as llama.cpp writes one")


def article(name: str, figures: dict[str, Any], llama: dict[str, Any] | None) -> None:
    """One article: what was read as a share of the transcript, in all and by step, and its time beside llama.cpp's.

    llama.cpp's time is reckoned: the same tokens, one prompt at a time, at the rates of this run.
    """
    seconds, read, written = figures["seconds"], figures["read"], figures["written"]
    print(f"{name:12}{seconds:9.0f}{figures['megabytes']:9.0f}{read:8}{written:9}", end="")
    print(f"{written / seconds:10.1f}{read / figures['talk']:11.2f}", end="")
    reckoned = (read / llama["reads"] + written / llama["writes"]) / seconds if llama else 0
    print(f"{reckoned:14.2f}" if llama else "")
    print("\n".join(step_rows(figures["steps"], figures["talk"])), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
