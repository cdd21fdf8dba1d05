"""What speaks for the end of a sentence: weights of logistic regressions, which add to log odds.

Made by `models/training/boundaries.py` from the project's corpus of spoken Arabic; do not edit.
"""

from __future__ import annotations

from typing import Final

SPOKEN: Final = {
    "after a binder": -0.30,
    "after a given name": 0.56,
    "after a leader": -0.07,
    "after a number": -0.42,
    "after a numeral": -0.31,
    "after who says": -0.86,
    "before a clinging word": 0.09,
    "before a nominal": 0.30,
    "before a preposition": -0.34,
    "before a present": -0.56,
    "before a strong opener": -0.03,
    "before a time": -0.45,
    "before an adjective": -0.21,
    "before an opener": 0.18,
    "before an opening pair": 0.30,
    "before and": 0.36,
    "both definite": -0.74,
    "full line": 0.18,
    "full line, chosen": 0.28,
    "inside a line, chosen": 1.82,
    "judged": 0.59,
    "likely colon": 1.53,
    "likely comma": -0.17,
    "no silence": -0.46,
    "odds": 1.33,
    "peak": -0.10,
    "room": 1.11,
    "said again": -1.43,
    "silence": 1.94,
    "broken line": 0.00,
    "broken line, chosen": 0.00,
}
"""Of captions that a machine made and the restorer judged, by the names of `boundary_evidence`."""


TYPED: Final = {
    "after a given name": 0.19,
    "after a leader": -0.53,
    "after a number": -0.60,
    "after a numeral": -0.15,
    "after who says": -0.77,
    "before a clinging word": -0.55,
    "before a nominal": -0.24,
    "before a preposition": -1.57,
    "before a present": -0.61,
    "before a strong opener": 0.57,
    "before a time": -0.75,
    "before an adjective": -0.74,
    "before an opener": -0.01,
    "before an opening pair": 0.80,
    "before and": -0.18,
    "both definite": 0.12,
    "broken line": 0.30,
    "broken line, chosen": -1.24,
    "full line": 0.17,
    "full line, chosen": 0.50,
    "inside a line, chosen": -0.41,
    "judged": 1.54,
    "likely colon": 0.25,
    "likely comma": -0.63,
    "odds": 1.16,
    "own colon": -0.90,
    "own comma": -3.14,
    "peak": -0.03,
    "room": 0.70,
    "said again": -1.35,
    "unjudged": -0.12,
    "after a binder": 0.00,
}
"""Of captions that people typed."""
