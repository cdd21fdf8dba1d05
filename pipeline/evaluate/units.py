"""The product as a whole: captions with all that they have, made into sentences, held against gold word by word."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from models.restore.quran import EmbeddedQuran
from models.restore.restorer import EmbeddedRestorer
from models.training.corpus import captioned, remark
from models.training.corpus.files import CORPUS, EXAM, talks
from pipeline.arabic.orthography import is_arabic, unsigned
from pipeline.evaluate import certainty, second_editor, unit_gold
from pipeline.evaluate.measures import OURS, ResultRow, f1
from pipeline.segment.prepare import prepare
from pipeline.settings import TextSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from models.training.corpus.captioned import GoldWord
    from pipeline.evaluate.unit_gold import GoldTalk
    from pipeline.types.article import Sentence

REPORTING, CHOOSING = "speech_gold, reporting", "speech_gold, choosing"
CORPUS_TEST, CORPUS_TYPED, TALK = "corpus, test talks", "corpus, test talks as typed", "bundled talk"
SETS: Final = (REPORTING, CHOOSING, CORPUS_TEST, CORPUS_TYPED, TALK)
EDITOR, FOUND, TRUTH = "second editor", "found", "gold"

ENDS, COMMAS, SPELLED, LENGTH = "sentence ends F1", "commas F1", "words spelled", "words a sentence"
PRECISION, RECALL = "sentence ends precision", "sentence ends recall"
EARLY, STRAY = "ends inside a clause", "commas where gold has no mark"
ASKED, ASKING = "question marks precision", "question marks recall"
SERMONS: Final = "words spelled in sermons"

COLUMNS: Final = {
    (ENDS, OURS): "ends",
    (ENDS, EDITOR): "editor",
    (PRECISION, OURS): "prec",
    (RECALL, OURS): "rec",
    (EARLY, OURS): "inside",
    (COMMAS, OURS): "commas",
    (COMMAS, EDITOR): "editor",
    (STRAY, OURS): "stray",
    (ASKED, OURS): "? prec",
    (ASKING, OURS): "? rec",
    (SPELLED, OURS): "spelled",
    (SERMONS, OURS): "sermons",
    (LENGTH, FOUND): "length",
    (LENGTH, TRUTH): "gold",
    (certainty.SURE_ENDS, OURS): "sure",
    (certainty.TRUE_ENDS, certainty.PROMISED): "expect",
    (certainty.TRUE_ENDS, certainty.FOUND): "true",
    (certainty.KNOWN, certainty.FOUND): "known",
}
"""The figures that the table has from left to right, each with its heading."""
TARGETS: Final = {EARLY: "<=.080", COMMAS: ".580", STRAY: "<=.150", ASKED: ".900", ASKING: ".600", SERMONS: ".990"}
EDITORS_SHARE: Final = 0.85
"""Of the second editor's F1 of sentence ends: what ours has to reach."""


def of_own_texts() -> list[ResultRow]:
    """The figures on the corpus' test talks, as they are recognised and as people type them, and on the bundled talk.

    The corpus' second editor marked stretches of all its parts, since those of the test talks are few.
    """
    stretches = remark.remarked(talks(CORPUS) + talks(EXAM))
    read = ((remark.REMARKED / f"{each.name}.txt").read_text(encoding="utf-8") for each in stretches)
    afresh = sum(
        (remark.compared(each.words, marked) for each, marked in zip(stretches, read, strict=True)), Counter[str]()
    )
    program, talk = Program(), unit_gold.bundled_talk()
    return [
        *program.rows(CORPUS_TEST, unit_gold.corpus_talks("test")),
        ResultRow(CORPUS_TEST, ENDS, EDITOR, remark.f1(afresh, remark.END), 0),
        ResultRow(CORPUS_TEST, COMMAS, EDITOR, remark.f1(afresh, remark.COMMA), 0),
        *program.rows(CORPUS_TYPED, unit_gold.typed_talks("test")),
        *program.rows(TALK, [talk]),
        *_second_editors(TALK, [talk]),
    ]


def of_speech(shared: Path) -> list[ResultRow]:
    """The figures on both halves of the real captions with gold marks."""
    program = Program()
    choosing, reporting = unit_gold.speech_halves(shared)
    return [
        *program.rows(REPORTING, reporting),
        *_second_editors(REPORTING, reporting),
        *program.rows(CHOOSING, choosing),
    ]


class Program:
    """Captions become sentences as in `tadwin run`."""

    def __init__(self) -> None:
        self._restorer, self._quran = EmbeddedRestorer(), EmbeddedQuran()

    def rows(self, data: str, gold: Iterable[GoldTalk]) -> Iterator[ResultRow]:
        """The figures of all talks of a set together."""
        made = [(talk, self._sentences(talk)) for talk in gold]
        yield from rows(data, sum((compared(*each) for each in made), Counter[str]()))
        yield from certainty.rows(data, made)

    def _sentences(self, talk: GoldTalk) -> tuple[Sentence, ...]:
        return prepare(talk.recording, TextSettings(), self._restorer, self._quran).sentences


def compared(talk: GoldTalk, sentences: Iterable[Sentence]) -> Counter[str]:
    """The counts of `tallied` and of spelled words in the judged stretch of a talk, given all its sentences.

    A mark after a word that nobody heard, as a verse may have, counts after the last one that was.
    """
    published: list[str] = []
    marks: list[str] = []
    for sentence in sentences:
        *inner, (last, closing) = map(captioned.split_token, sentence.text.split())
        published += [*(word for word, _ in inner), last]
        marks += [*(mark if mark in {"،", ":"} else "" for _, mark in inner), "؟" if closing == "؟" else "."]
    places = captioned.aligned(published, [word.heard for word in talk.words])
    found = [""] * len(talk.words)
    spelled: dict[int, str] = {}
    place = 0
    for at, (word, mark) in enumerate(zip(published, marks, strict=True)):
        place = places.get(at, place)
        found[place] = mark or found[place]
        if at in places:
            spelled[place] = word
    reach = slice(talk.first, talk.last + 1)
    counts = tallied(talk.judged, found[reach])
    for place, word in spelled.items():
        written = talk.words[place].written
        if is_arabic(unsigned(written)):
            told = ["spelled", "sermon spelled"] if talk.sermon else ["spelled"]
            counts.update(told + [f"{each} right" for each in told if word == written])
    return counts


def tallied(gold: Sequence[GoldWord], found: Sequence[str]) -> Counter[str]:
    """What is right and wrong about the marks set after the words of a stretch; that after its last word is not."""
    counts = Counter({"words": len(gold), "found sentences": 1, "true sentences": 1})
    for word, mark in zip(gold[:-1], found, strict=False):
        kinds = {".": ("end",), "؟": ("end", "question"), "،": ("comma",)}
        true, set_ = kinds.get(word.mark, ()), kinds.get(mark, ())
        counts.update(f"true {kind}" for kind in true)
        counts.update(f"found {kind}" for kind in set_)
        counts.update(f"hits {kind}" for kind in set_ if kind in true)
        counts.update(f"unmarked {kind}" for kind in set_ if not word.mark)
    counts["found sentences"] += counts["found end"]
    counts["true sentences"] += counts["true end"]
    return counts


def rows(data: str, counts: Counter[str]) -> Iterator[ResultRow]:
    """The figures of a set."""

    def share(some: str, of: str) -> float:
        return counts[some] / max(1, counts[of])

    figures = {
        ENDS: _f1(counts, "end"),
        PRECISION: share("hits end", "found end"),
        RECALL: share("hits end", "true end"),
        EARLY: share("unmarked end", "found end"),
        COMMAS: _f1(counts, "comma"),
        STRAY: share("unmarked comma", "found comma"),
        ASKED: share("hits question", "found question"),
        ASKING: share("hits question", "true question"),
        SPELLED: share("spelled right", "spelled"),
    }
    if counts["sermon spelled"]:
        figures[SERMONS] = share("sermon spelled right", "sermon spelled")
    for measure, value in figures.items():
        yield ResultRow(data, measure, OURS, value, counts["words"])
    # No length is better than another, so ours has no floor.
    yield ResultRow(data, LENGTH, FOUND, share("words", "found sentences"), counts["words"])
    yield ResultRow(data, LENGTH, TRUTH, share("words", "true sentences"), counts["words"])


def _f1(counts: Counter[str], kind: str) -> float:
    return f1(counts[f"hits {kind}"], counts[f"found {kind}"], counts[f"true {kind}"])


def _second_editors(data: str, gold: Iterable[GoldTalk]) -> Iterator[ResultRow]:
    """The second editor's figures on the stretches of a set, where all of them were marked again."""
    known = second_editor.read()
    pairs = [(talk.judged, known.get(talk.name)) for talk in gold]
    if all(marks for _, marks in pairs):
        counts = sum((tallied(words, marks or ()) for words, marks in pairs), Counter[str]())
        yield ResultRow(data, ENDS, EDITOR, _f1(counts, "end"), counts["words"])
        yield ResultRow(data, COMMAS, EDITOR, _f1(counts, "comma"), counts["words"])


def table(found: Iterable[ResultRow]) -> str:
    """One line for each set beside what is to be reached; `goal` is 85 % of the second editor's F1 of ends."""
    sets: dict[str, dict[tuple[str, str], float]] = {}
    words: dict[str, int] = {}
    for row in sorted(found, key=lambda row: SETS.index(row.data)):
        sets.setdefault(row.data, {})[row.measure, row.system] = row.value
        words[row.data] = max(words.get(row.data, 0), row.items)
    width = max(map(len, SETS))
    lines = [_line("sentences of", ["words", "goal", *COLUMNS.values()], width)]
    for data, figures in sets.items():
        goal = EDITORS_SHARE * figures[ENDS, EDITOR] if (ENDS, EDITOR) in figures else None
        cells = [_cell(figures.get(column), column[0]) for column in COLUMNS]
        lines.append(_line(data, [f"{words[data]:,}", _cell(goal, ENDS), *cells], width))
    targets = [TARGETS.get(measure, "") if system == OURS else "" for measure, system in COLUMNS]
    return "\n".join([*lines, _line("to be reached", ["", "", *targets], width)])


def _cell(value: float | None, measure: str) -> str:
    if value is None:
        return "-"
    return f"{value:.1f}" if measure == LENGTH else f"{value:.3f}".removeprefix("0")


def _line(name: str, cells: Iterable[str], width: int) -> str:
    return f"{name:<{width}}" + "".join(f"{cell:>8}" for cell in cells)
