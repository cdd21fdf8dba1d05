"""What speaks for the end of a sentence: weights of logistic regressions, which add to log odds.

Made by `models/training/boundaries.py` from the project's corpus of spoken Arabic; do not edit.
"""

from __future__ import annotations

from typing import Final

SPOKEN: Final = {
    "after a binder": -0.18,
    "after a given name": 1.12,
    "after a leader": -0.05,
    "after a number": -0.70,
    "after a numeral": -0.80,
    "after who says": -0.60,
    "before a clinging word": 0.03,
    "before a nominal": 0.11,
    "before a preposition": -0.07,
    "before a present": -0.44,
    "before a strong opener": -0.05,
    "before a time": -0.74,
    "before an adjective": 0.20,
    "before an opener": 0.52,
    "before an opening pair": 0.12,
    "before and": 0.33,
    "both definite": -0.57,
    "full line": 0.02,
    "full line, chosen": 0.16,
    "inside a line, chosen": 1.55,
    "judged": 0.44,
    "likely colon": -0.28,
    "likely comma": 0.34,
    "likely semicolon": 0.04,
    "no silence": -0.49,
    "odds": 1.38,
    "peak": -0.13,
    "room": 1.20,
    "said again": -1.20,
    "silence": 1.71,
    "broken line": 0.00,
    "broken line, chosen": 0.00,
}
"""Of captions that a machine made and the restorer judged, by the names of `boundary_evidence`."""


TYPED: Final = {
    "after a given name": 0.00,
    "after a leader": -0.52,
    "after a number": -0.59,
    "after a numeral": -0.03,
    "after who says": -0.73,
    "before a clinging word": -0.37,
    "before a nominal": -0.23,
    "before a preposition": -1.66,
    "before a present": -0.67,
    "before a strong opener": 0.60,
    "before a time": -0.82,
    "before an adjective": -0.58,
    "before an opener": 0.10,
    "before an opening pair": 0.87,
    "before and": -0.13,
    "both definite": -0.15,
    "broken line": 0.23,
    "broken line, chosen": -1.11,
    "full line": 0.20,
    "full line, chosen": 0.49,
    "inside a line, chosen": -0.38,
    "judged": 0.32,
    "likely colon": 0.90,
    "likely comma": 0.68,
    "likely semicolon": 0.06,
    "odds": 1.40,
    "own colon": -0.88,
    "own comma": -3.17,
    "peak": -0.07,
    "room": 0.74,
    "said again": -1.36,
    "unjudged": -0.23,
    "after a binder": 0.00,
}
"""Of captions that people typed."""
