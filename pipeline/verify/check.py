"""Whether one sentence says only what its evidence says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import dropwhile
from typing import TYPE_CHECKING, Final

from pipeline.arabic.alignment import align, index_speech
from pipeline.arabic.boilerplate import FRAME, NEGATIONS
from pipeline.arabic.dates import date_positions, dates
from pipeline.arabic.formatting import percent
from pipeline.arabic.names import is_likely_name
from pipeline.arabic.normalize import words
from pipeline.arabic.numbers import QUANTITIES, figures, is_number_word
from pipeline.arabic.phrases import phrase_index, phrase_positions
from pipeline.arabic.punctuation import MARKS
from pipeline.arabic.stopwords import FUNCTION
from pipeline.types.article import Flaw
from pipeline.verify.modality import dropped_modality
from pipeline.verify.negation import NEGATORS, negation_mismatch, opposite_word
from pipeline.verify.scripture import altered_scripture, gives_scripture
from pipeline.verify.word_order import swapped_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.arabic.alignment import IndexedSpeech

_JOINED = "وف"


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """How a claim's words stand in a source."""

    share: float
    """Share (0 to 1) of the claim's words that the source has, each as often as the claim uses it; 1 for no words."""
    missing: tuple[str, ...]
    """The words that it does not have, in the claim's order."""
    ordered: bool
    """Whether all words stand in the source in the claim's order, gaps allowed."""
    places: tuple[int, ...]
    """Where each word stands in the shortest such stretch found; empty when not ordered."""

    @property
    def place(self) -> tuple[int, int]:
        """Index of the first word of that stretch and of the word after it; (0, 0) when not ordered."""
        return (self.places[0], self.places[-1] + 1) if self.places else (0, 0)


def match_words(claim: Sequence[str], source: Sequence[str]) -> PhraseMatch:
    """Find folded words of a claim among the folded words of a source, in time linear in both.

    A leading `و` or `ف` (`and`, `so`) makes no difference, on either side: joining sentences adds and drops it.
    """
    wanted, said = [_bare(word) for word in claim], [_bare(word) for word in source]
    left = Counter(said)
    missing: list[str] = []
    for word, bare in zip(claim, wanted, strict=True):
        if left[bare] > 0:
            left[bare] -= 1
        else:
            missing.append(word)
    share = 1 - len(missing) / len(wanted) if wanted else 1.0
    places = None if missing else _stretch(wanted, said)
    return PhraseMatch(share, tuple(missing), places is not None, places or ())


def contains_phrase(phrase: Sequence[str], source: Sequence[str]) -> bool:
    """Whether the words stand in the source one after the other, exactly."""
    return f" {' '.join(phrase)} " in f" {' '.join(source)} "


def _bare(word: str) -> str:
    return word[1:] if len(word) > 2 and word[0] in _JOINED else word  # noqa: PLR2004 - two letters are a word


def _stretch(wanted: list[str], said: list[str]) -> tuple[int, ...] | None:
    """The words in the first stretch that holds them in order, made as short as its end allows."""
    found = _subsequence(wanted, said)
    if not found:
        return found
    last = found[-1]
    backwards = _subsequence(wanted[::-1], said[last::-1]) or ()
    return tuple(last - place for place in reversed(backwards))


def _subsequence(wanted: list[str], said: list[str]) -> tuple[int, ...] | None:
    """The first places at which all wanted words stand in order; None when they are not there."""
    places: list[int] = []
    for place, word in enumerate(said):
        if len(places) == len(wanted):
            break
        if word == wanted[len(places)]:
            places.append(place)
    return tuple(places) if len(places) == len(wanted) else None


URL: Final = re.compile(r"https?://[!#-;=?-~]{1,2000}")
"""An address, as a statement may name it."""
_QUOTE = re.compile(r"«([^«»]{1,2000})»|“([^“”]{1,2000})”|\"([^\"]{1,2000})\"")
_LATIN = re.compile(r"[a-z]")
_CLOSE: Final = 0.8
"""Share of common words from which a sentence counts as taken from another, so that a lost `not` matters."""
_LOOSE: Final = 3
"""Words of evidence for each word of a claim from which on finding them in order no longer means that they were said
together."""
_SLACK: Final = 8
ODDS_LEAST: Final = 0.1
"""Odds of a judge under which a claim counts as unsupported."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What is wrong with one sentence beside its evidence."""

    flaws: tuple[tuple[Flaw, str], ...]
    """Each flaw, and the detail that makes it one."""
    support: float
    """How much of it was said, 0 to 1: the share of its words that stand in the evidence in this or another form, or
    the odds of a judge if they are lower."""
    verbatim: bool
    """Whether its words stand in the evidence in the same order, but for phrases that only lead to them."""
    scripture: bool = False
    """Whether it gives a verse or a hadith, which a person should compare with its source even where it stands so."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What statements may rest on, prepared for comparing."""

    texts: tuple[tuple[str, ...], ...]
    """Folded words of each text in which a quotation may stand."""
    words: frozenset[str]
    figures: frozenset[str]
    urls: frozenset[str]

    def __or__(self, other: Evidence) -> Evidence:
        """What rests on either."""
        return Evidence(
            self.texts + other.texts, self.words | other.words, self.figures | other.figures, self.urls | other.urls
        )

    def named(self, claim: Sequence[str]) -> frozenset[int]:
        """Places in a claim at which a text of two words or more stands whole, as the channel's name may."""
        return phrase_positions(
            claim, phrase_index(row for row in self.texts if len(row) > 1 and contains_phrase(row, claim))
        )


@lru_cache(maxsize=8)
def make_evidence(texts: tuple[str, ...]) -> Evidence:
    """Facts about the video: texts from which figures, names, addresses and quotations may come."""
    rows = tuple(map(words, texts))
    urls = frozenset(address for text in texts for address in URL.findall(text))
    numbers = frozenset().union(*map(_measures, texts))
    return Evidence(rows, frozenset(word for row in rows for word in row), numbers, urls)


def check(text: str, evidence: Sequence[str], facts: Sequence[str] = ()) -> CheckResult:
    """What is wrong with a sentence that rests on these sentences of the talk; linear in all of them.

    `facts` are texts about the video (title, channel, headings): figures, Latin names and quotations may come from them
    too, other words only with the whole text, since a name in the title excuses no other use of it.
    Without evidence the only flaw is `UNCITED`.
    """
    if not evidence:
        return CheckResult(((Flaw.UNCITED, ""),), 0.0, verbatim=False)
    known, source = make_evidence(tuple(facts)), index_speech(evidence)
    claim = words(_without_headings(text, known))
    found, led = _match(claim, source)
    aligned = () if _gapless(found) else align(claim, source)
    places = (*[None] * led, *found.places) if found.ordered else aligned
    flaws = ungrounded_details(text, _said(evidence, source) | known)
    flaws += [(Flaw.SCRIPTURE, wrong)] if (wrong := altered_scripture(text, evidence)) else []
    flaws += [(Flaw.NEGATION, turns)] if found.ordered and (turns := _miscounted(claim, found, led, source)) else []
    flaws += [(Flaw.NEGATION, turns)] if (turns := negation_mismatch(claim, places, source)) else []
    flaws += [(Flaw.ASSERTED, left)] if "؟" not in text and (left := dropped_modality(claim, places, source)) else []
    more, support = _reworded(text, claim, aligned, source, known) if aligned else ([], 1.0)
    return CheckResult(
        tuple(dict.fromkeys([*flaws, *more])), support, verbatim=found.ordered, scripture=gives_scripture(text)
    )


def apply_judgement(checked: CheckResult, odds: float) -> CheckResult:
    """The check with what a judge says of the claim and its evidence taken into account."""
    support = min(checked.support, odds)
    if odds >= ODDS_LEAST or any(flaw is Flaw.UNSUPPORTED for flaw, _ in checked.flaws):
        return replace(checked, support=support)
    return replace(checked, flaws=(*checked.flaws, (Flaw.UNSUPPORTED, percent(odds))), support=support)


def ungrounded_details(text: str, known: Evidence) -> list[tuple[Flaw, str]]:
    """Figures, dates, Latin names, addresses and quotations of a text that have no ground."""
    prose = URL.sub(" ", text)
    addresses = [address for address in URL.findall(text) if address.rstrip(".,)") not in known.urls]
    names = [word for word in dict.fromkeys(words(prose)) if _LATIN.search(word) and word not in known.words]
    quotes = [next(filter(None, groups)) for groups in _QUOTE.findall(prose)]
    return (
        [(Flaw.NUMBER, figure) for figure in sorted(_measures(prose) - known.figures)]
        + [(Flaw.NAME, name) for name in addresses + names]
        + [
            (Flaw.QUOTE, quote)
            for quote in quotes
            if not any(contains_phrase(words(quote), row) for row in known.texts)
        ]
    )


def drop_false_quotes(text: str, evidence: Sequence[str], facts: Sequence[str] = ()) -> str:
    """The text without quotation marks around words that were not said or written so."""
    rows = [*map(words, evidence), *make_evidence(tuple(facts)).texts]

    def kept(quote: re.Match[str]) -> str:
        inside = next(filter(None, quote.groups()))
        return quote[0] if any(contains_phrase(words(inside), row) for row in rows) else inside

    return _QUOTE.sub(kept, text)


def is_framing(word: str) -> bool:
    """Whether a folded word only leads to what is said, also when joined to what stands before."""
    return word in FRAME or (word[0] in "وف" and (word[1:] in FRAME or len(word) == 1))


def describe_missing(text: str, share: float, missing: Sequence[str]) -> str:
    """The share of words that have a ground, then those that have none, as the text spells them."""
    return f"{percent(share)}: {' '.join(_spelled(text, missing))}".rstrip(": ")


def _spelled(text: str, folded: Sequence[str]) -> list[str]:
    """Folded words once each, as the text spells them."""
    spelled = {word: token.strip(MARKS) for token in text.split() for word in words(token)}
    return [spelled.get(word, word) for word in dict.fromkeys(folded)]


def _measures(text: str) -> frozenset[str]:
    return figures(text) | dates(text)


def _said(evidence: Sequence[str], source: IndexedSpeech) -> Evidence:
    together = _measures(" ".join(evidence)).union(*map(_measures, evidence))
    return Evidence((source.words,), frozenset(source.words), together, frozenset())


def _match(claim: tuple[str, ...], source: IndexedSpeech) -> tuple[PhraseMatch, int]:
    """How a claim stands in what was said, and how many of its first words only lead to it (`وفي هذا السياق`)."""
    whole = _near(match_words(claim, source.words), len(claim))
    rest = claim if whole.ordered else tuple(dropwhile(_leads, claim))
    return _near(match_words(rest, source.words), len(rest)), len(claim) - len(rest)


def _leads(word: str) -> bool:
    return is_framing(word) and word not in QUANTITIES


def _near(found: PhraseMatch, length: int) -> PhraseMatch:
    """The match, without order where its words stand too far from each other to have been said together."""
    spread = found.place[1] - found.place[0]
    return found if spread <= _LOOSE * length + _SLACK else replace(found, ordered=False, places=())


def _without_headings(text: str, facts: Evidence) -> str:
    """The text without quoted headings and metadata, which are looked at where they stand."""
    return _QUOTE.sub(lambda quote: " " if words(quote[0]) in facts.texts else quote[0], text)


def _gapless(found: PhraseMatch) -> bool:
    """Whether all words stand in the source in a row: then none of them can have come from elsewhere."""
    return found.ordered and found.place[1] - found.place[0] == len(found.places)


def _miscounted(claim: tuple[str, ...], found: PhraseMatch, led: int, source: IndexedSpeech) -> str:
    """Counts of negations when they differ, as `1 ≠ 0`; a `not` just before the words that were taken is theirs.

    Before the words that only lead to the claim there may be one too: `لم تكن هذه السدود كافية`, told as
    `كانت هذه السدود كافية`.
    """
    first, last = found.place
    for _ in range(led + 1):
        first -= first not in source.starts
    here = sum(word in NEGATIONS for word in claim)
    there = sum(word in NEGATIONS for word in source.words[first:last])
    return f"{here} ≠ {there}" if here != there else ""


# --- what is not said word for word ---


def _reworded(
    text: str, claim: tuple[str, ...], places: Sequence[int | None], source: IndexedSpeech, known: Evidence
) -> tuple[list[tuple[Flaw, str]], float]:
    """Flaws of a claim in other words or another order, and the share of its words that were said."""
    lacking = tuple(_lacking(claim, places, known))
    taken = {place for place in places if place is not None}
    unused = [word for at, word in enumerate(source.words) if at not in taken]
    flaws: list[tuple[Flaw, str]] = []
    turn, said_so = opposite_word(
        [claim[at] for at, place in enumerate(places) if place is None and not is_framing(claim[at])], unused
    )
    if turn:
        flaws.append((Flaw.NEGATION, f"{turn} ≠ {said_so}"))
    if swapped := swapped_words(claim, places, source):
        flaws.append((Flaw.SWAPPED, " ".join(swapped)))
    named = [claim[at] for at in lacking if is_likely_name(claim[at], claim[at - 1] if at else "")]
    flaws += [(Flaw.NAME, name) for name in _spelled(text, named)]
    rest = [claim[at] for at in lacking if claim[at] not in named and claim[at] != turn]
    share = 1 - len(lacking) / len(claim) if claim else 1.0
    flaws += [(Flaw.UNSUPPORTED, describe_missing(text, share, rest))] if rest else []
    return flaws, share


def _lacking(claim: Sequence[str], places: Sequence[int | None], known: Evidence) -> Iterator[int]:
    """Places of the words in a claim that state something and were not said in any form.

    The whole title may stand beside what was said, and not instead of it.
    """
    told = [at for at, word in enumerate(claim) if _states(word)]
    free = date_positions(claim) | (known.named(claim) if any(places[at] is not None for at in told) else frozenset())
    for at in told:
        if places[at] is None and at not in free and not is_number_word(claim[at], claim[at - 1] if at else ""):
            yield at


def _states(word: str) -> bool:
    return word in QUANTITIES or not (is_framing(word) or word in FUNCTION or word in NEGATORS)
