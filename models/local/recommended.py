"""Open models worth trying, by the memory they need.

Licences are those of the model cards. No public measurement compares small models at writing Arabic from a given text,
so the order follows what is known: languages, measured knowledge of Arabic, and whether they follow instructions.
"""

from __future__ import annotations

from dataclasses import dataclass

GB = 1e9


@dataclass(frozen=True, slots=True)
class RecommendedModel:
    id: str
    """The value of `[model] name`."""
    billions: float
    """Stored weights, in billions; each takes one byte as int8, otherwise two."""
    memory: int
    """Of a machine that can run it beside other programs, in GB."""
    licence: str
    languages: str
    remark: str


RECOMMENDED = (
    RecommendedModel("Qwen/Qwen3-0.6B", 0.75, 4, "Apache-2.0", "119", "to try the machinery; its Arabic is weak"),
    RecommendedModel("Qwen/Qwen3.5-2B", 2.3, 8, "Apache-2.0", "201", "the smallest worth reading"),
    RecommendedModel("Qwen/Qwen3-1.7B", 2.0, 8, "Apache-2.0", "119", "reads long prompts faster than Qwen3.5-2B"),
    RecommendedModel("Qwen/Qwen3-4B-Instruct-2507", 4.0, 16, "Apache-2.0", "119", "never thinks aloud; long windows"),
    RecommendedModel(
        "google/gemma-4-E2B-it", 5.1, 16, "Apache-2.0", "140", "strong in many languages; fast for its size"
    ),
    RecommendedModel(
        "google/gemma-4-E4B-it", 8.0, 32, "Apache-2.0", "140", "the best known of its cost in many languages"
    ),
    RecommendedModel(
        "humain-ai/ALLaM-7B-Instruct-preview", 7.0, 32, "Apache-2.0", "Arabic, English", "window of 4,096 tokens"
    ),
    RecommendedModel("google/gemma-4-12B-it", 12.0, 48, "Apache-2.0", "140", "for a graphics card of 24 GB or more"),
    RecommendedModel("google/gemma-4-31B-it", 31.0, 96, "Apache-2.0", "140", "for a graphics card of 80 GB"),
)
"""From small to large; the first of each memory size is recommended."""


def recommended_for(memory: float) -> RecommendedModel:
    """The model for a machine with `memory` bytes: the first of the largest size that fits.

    A machine sold with 16 GB reports some 15.5 billion bytes or more, so a tenth may be missing.
    """
    sizes = [model.memory for model in RECOMMENDED if model.memory * GB * 0.9 <= memory]
    return next(model for model in RECOMMENDED if model.memory == max(sizes, default=RECOMMENDED[0].memory))
