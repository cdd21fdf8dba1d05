"""What speaks for the end of a sentence: weights of logistic regressions, which add to log odds.

Made by `models/training/boundaries.py` from the project's corpus of spoken Arabic; do not edit.
"""

from __future__ import annotations

from typing import Final

SPOKEN: Final = {
    "after a binder": -0.16,
    "after a given name": 0.76,
    "after a leader": 0.17,
    "after a number": -0.63,
    "after a numeral": -0.56,
    "after who says": -0.72,
    "before a clinging word": 0.12,
    "before a nominal": 0.11,
    "before a preposition": 0.05,
    "before a present": -0.34,
    "before a strong opener": -0.18,
    "before a time": -0.58,
    "before an adjective": -0.14,
    "before an opener": 0.23,
    "before an opening pair": 0.13,
    "before and": 0.22,
    "both definite": -0.79,
    "full line": 0.07,
    "full line, chosen": 0.24,
    "inside a line, chosen": 1.88,
    "judged": 0.43,
    "likely colon": 1.50,
    "likely comma": 0.32,
    "likely semicolon": 0.00,
    "no silence": -0.49,
    "odds": 1.35,
    "peak": -0.17,
    "room": 1.28,
    "said again": -1.33,
    "silence": 1.77,
    "broken line": 0.00,
    "broken line, chosen": 0.00,
}
"""Of captions that a machine made and the restorer judged, by the names of `boundary_evidence`."""


TYPED: Final = {
    "after a given name": -0.25,
    "after a leader": -0.42,
    "after a number": -0.61,
    "after a numeral": 0.00,
    "after who says": -0.72,
    "before a clinging word": -0.41,
    "before a nominal": -0.28,
    "before a preposition": -1.63,
    "before a present": -0.55,
    "before a strong opener": 0.49,
    "before a time": -0.79,
    "before an adjective": -0.69,
    "before an opener": -0.03,
    "before an opening pair": 0.76,
    "before and": -0.21,
    "both definite": -0.12,
    "broken line": 0.19,
    "broken line, chosen": -1.07,
    "full line": 0.26,
    "full line, chosen": 0.55,
    "inside a line, chosen": -0.39,
    "judged": 0.84,
    "likely colon": 0.46,
    "likely comma": 0.04,
    "odds": 1.25,
    "own colon": -0.89,
    "own comma": -3.13,
    "peak": -0.01,
    "room": 0.71,
    "said again": -1.31,
    "unjudged": -0.17,
    "after a binder": 0.00,
}
"""Of captions that people typed."""
