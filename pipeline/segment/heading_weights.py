"""What tells the words of a heading from others of its passage: weights of a logistic regression.

Made by `models/training/headings.py` from Arabic and Egyptian Arabic Wikipedia (CC BY-SA 4.0); do not edit.
`docs/topics.md` is the card.
"""

from __future__ import annotations

from typing import Final

LENGTH: Final = 2.50
"""Mean words of a heading that its passage says."""
WEIGHTS: Final = {
    "bias": -5.872,
    "said": 0.911,
    "share": 0.789,
    "contrast": -0.017,
    "as it is": 1.322,
    "opens": 0.220,
    "late": -0.813,
    "subject": 0.169,
    "article": -0.024,
    "and": -1.179,
    "joined": -1.045,
    "noun": 0.001,
    "name": -0.079,
    "adjective": 0.007,
    "whose": -0.667,
    "verbal": -0.347,
}
"""By the names of the features in `pipeline.segment.headings`."""
