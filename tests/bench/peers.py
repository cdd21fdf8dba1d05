"""The summarisers of sumy on the same text, in a process of their own."""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from pipeline.arabic.normalize import words
from pipeline.segment.prepare import prepare
from pipeline.settings import TextSettings
from pipeline.sources.formats import parse_json3
from pipeline.types.article import Recording, Track, TrackOrigin, Transcript, Video
from tests.bench import talks

SUMMARISERS = {"LexRank": LexRankSummarizer, "TextRank": TextRankSummarizer}


class Words:
    """Splits Arabic as we do; sumy has no Arabic tokenizer of its own."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The folded words."""
        return words(sentence)


def measure(name: str, minutes: float) -> dict[str, Any]:
    """Seconds in which sumy chooses a quarter of our sentences of such a talk, and the process's peak memory."""
    transcript = Transcript(Track("ar", TrackOrigin.AUTOMATIC), parse_json3(talks.json3(minutes)))
    script = prepare(Recording(Video("bench", "bench"), transcript), TextSettings())
    document = ObjectDocumentModel([Paragraph([Sentence(s.text, Words()) for s in script.sentences])])
    begun = time.perf_counter()
    SUMMARISERS[name]()(document, len(script.sentences) // 4)
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], float(sys.argv[2]))))
