"""What makes a noun phrase of a passage its heading: weights of its features.

Made by `models/training/phrases.py` from the project's corpus; do not edit. `docs/topics.md` is the card.
"""

from __future__ import annotations

from typing import Final

PHRASE_WEIGHTS: Final = {
    "likely": 1.123,
    "said": 0.209,
    "once": -0.658,
    "announced": 1.234,
    "opens clause": 0.149,
    "opens": 0.218,
    "late": -0.131,
    "share late": -0.297,
    "goes on": -0.063,
    "spread": 0.233,
    "spread least": 0.268,
    "contrast": 0.058,
    "general part": -0.694,
    "long": -0.053,
    "unlisted": -0.072,
}
"""By the names of the features in `pipeline.segment.headings`."""
ODDS_BIAS: Final = 0.286
ODDS_WEIGHTS: Final = {
    "likely": 0.200,
    "said": 0.008,
    "once": 0.130,
    "announced": 0.698,
    "opens clause": 0.422,
    "opens": -0.072,
    "late": 0.090,
    "share late": -0.504,
    "goes on": -0.854,
    "spread": 0.794,
    "spread least": 0.404,
    "contrast": 0.235,
    "general part": -0.886,
    "long": -1.353,
    "unlisted": -0.549,
}
"""Of the same features: from the chosen phrase to the odds that it shares a telling word with an editor's heading."""
