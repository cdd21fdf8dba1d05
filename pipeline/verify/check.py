"""Check one sentence against its evidence: does it say only what was said?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import dropwhile
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import CONJUNCTIONS
from pipeline.arabic.alignment import align, index_speech
from pipeline.arabic.boilerplate import FRAME, NEGATIONS, REPORTS
from pipeline.arabic.dates import date_positions, dates
from pipeline.arabic.formatting import percent
from pipeline.arabic.names import is_known_name, is_likely_name
from pipeline.arabic.normalize import words
from pipeline.arabic.numbers import QUANTITIES, figures, is_number_word
from pipeline.arabic.phrases import contains_phrase, match_words, phrase_index, phrase_positions
from pipeline.arabic.punctuation import PUNCTUATION
from pipeline.arabic.stopwords import FUNCTION
from pipeline.arabic.verbs import is_likely_verb
from pipeline.types.article import Flaw
from pipeline.types.judging import VerdictKind
from pipeline.verify.modality import dropped_modality
from pipeline.verify.negation import NEGATORS, negation_mismatch, opposite_word
from pipeline.verify.scripture import altered_scripture, gives_scripture
from pipeline.verify.word_order import swapped_words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pipeline.arabic.alignment import IndexedSpeech
    from pipeline.types.judging import Verdict


URL: Final = re.compile(r"https?://[!#-;=?-~]{1,2000}")
"""An address in a statement."""
QUOTE: Final = re.compile(r"«([^«»]{1,2000})»|“([^“”]{1,2000})”|\"([^\"]{1,2000})\"")
_LATIN = re.compile(r"[a-z]")
_LOOSE: Final = 3
"""Words of evidence for each word of a claim from which on finding them in order no longer means that they were said
together."""
_SLACK: Final = 8
"""Words allowed beyond that, for short claims."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of checking one sentence against its evidence."""

    flaws: tuple[tuple[Flaw, str], ...]
    """Each flaw with the detail that makes it one."""
    support: float
    """From 0 to 1: the share of its words that stand in the evidence, in this or another form, or a judge's odds where
    they are lower."""
    verbatim: bool
    """Whether its words stand in the evidence in the same order, apart from phrases that only lead to them."""
    scripture: bool = False
    """Whether it gives a verse or a hadith, which a person should compare with its source even when it is verbatim."""
    confirmed: bool = False
    """Whether a trusted judge finds it supported, and code has nothing against it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Texts that a statement may rest on, prepared for comparison."""

    texts: tuple[tuple[str, ...], ...]
    """Folded words of each text that may be quoted."""
    words: frozenset[str]
    figures: frozenset[str]
    urls: frozenset[str]

    def __or__(self, other: Evidence) -> Evidence:
        return Evidence(
            self.texts + other.texts, self.words | other.words, self.figures | other.figures, self.urls | other.urls
        )

    def named_positions(self, claim: Sequence[str]) -> frozenset[int]:
        """Positions in a claim that belong to a whole text of two words or more, such as the channel's name."""
        return phrase_positions(
            claim, phrase_index(text for text in self.texts if len(text) > 1 and contains_phrase(text, claim))
        )


@lru_cache(maxsize=8)
def make_evidence(texts: tuple[str, ...]) -> Evidence:
    """Texts about the video, from which figures, names, addresses and quotations may come."""
    rows = tuple(map(words, texts))
    urls = frozenset(address for text in texts for address in URL.findall(text))
    figures_and_dates = frozenset().union(*map(_figures_and_dates, texts))
    return Evidence(rows, frozenset(word for row in rows for word in row), figures_and_dates, urls)


def check(text: str, evidence: Sequence[str], facts: Sequence[str] = ()) -> CheckResult:
    """Compare a sentence with the sentences of the talk that it rests on, in time linear in all of them.

    `facts` are texts about the video (title, channel, headings). Figures, Latin names and quotations may come from them
    too; other words only together with the whole text, since a name in the title excuses no other use of it.
    Without evidence the only flaw is `UNCITED`.
    """
    if not evidence:
        return CheckResult(((Flaw.UNCITED, ""),), 0.0, verbatim=False)
    known, source = make_evidence(tuple(facts)), index_speech(evidence)
    said = _figures_and_dates(" ".join(evidence)).union(*map(_figures_and_dates, evidence))
    spoken = Evidence((source.words,), frozenset(source.words), said, frozenset())
    # Headings and metadata in quotation marks are compared as quotations, not word by word.
    claim = words(QUOTE.sub(lambda quote: " " if words(quote[0]) in known.texts else quote[0], text))
    verbatim, framing = verbatim_positions(claim, source.words)
    gapless = verbatim is not None and (not verbatim or verbatim[-1] - verbatim[0] == len(verbatim) - 1)
    # Words said in a row cannot have come from elsewhere: nothing is left to align.
    aligned = () if gapless else align(claim, source)
    positions = aligned if verbatim is None else (*[None] * framing, *verbatim)
    flaws = ungrounded_details(text, spoken | known)
    if altered := altered_scripture(text, evidence):
        flaws.append((Flaw.SCRIPTURE, altered))
    if verbatim is not None and (counts := _negation_counts(claim, verbatim, framing, source)):
        flaws.append((Flaw.NEGATION, counts))
    if mismatch := negation_mismatch(claim, positions, source):
        flaws.append((Flaw.NEGATION, mismatch))
    if "؟" not in text and (dropped := dropped_modality(claim, positions, source)):
        flaws.append((Flaw.ASSERTED, dropped))
    reworded, support = _reworded_flaws(text, claim, aligned, source, known) if aligned else ([], 1.0)
    return CheckResult(
        tuple(dict.fromkeys([*flaws, *reworded])),
        support,
        verbatim=verbatim is not None,
        scripture=gives_scripture(text),
    )


def apply_judgement(checked: CheckResult, verdict: Verdict) -> CheckResult:
    """The result with a judge's verdict taken into account."""
    support = checked.support if verdict.odds is None else min(checked.support, verdict.odds)
    known = any(flaw is Flaw.UNSUPPORTED for flaw, _ in checked.flaws)
    if known or verdict.kind is not VerdictKind.UNSUPPORTED:
        return replace(checked, support=support)
    detail = verdict.failing or (percent(verdict.odds) if verdict.odds is not None else "")
    return replace(checked, flaws=(*checked.flaws, (Flaw.UNSUPPORTED, detail)), support=support)


def ungrounded_details(text: str, known: Evidence) -> list[tuple[Flaw, str]]:
    """Figures, dates, Latin names, addresses and quotations of a text that the evidence does not have."""
    prose = URL.sub(" ", text)
    addresses = [address for address in URL.findall(text) if address.rstrip(".,)") not in known.urls]
    names = [word for word in dict.fromkeys(words(prose)) if _LATIN.search(word) and word not in known.words]
    quotes = [next(filter(None, groups)) for groups in QUOTE.findall(prose)]
    return (
        [(Flaw.NUMBER, figure) for figure in sorted(_figures_and_dates(prose) - known.figures)]
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

    def unquoted_unless_said(quote: re.Match[str]) -> str:
        inside = next(filter(None, quote.groups()))
        return quote[0] if any(contains_phrase(words(inside), row) for row in rows) else inside

    return QUOTE.sub(unquoted_unless_said, text)


def remove_quotation_marks(text: str, quotes: Collection[str]) -> str:
    """The text without the quotation marks around these words."""

    def bare(quote: re.Match[str]) -> str:
        inside = next(filter(None, quote.groups()))
        return inside if inside in quotes else quote[0]

    return QUOTE.sub(bare, text)


def is_framing(word: str) -> bool:
    """Whether a folded word only leads to what is said, also with a conjunction joined to it."""
    return word in FRAME or (word[0] in CONJUNCTIONS and (word[1:] in FRAME or len(word) == 1))


def _reports(word: str) -> bool:
    """Whether a folded word says that something was said."""
    return word in REPORTS or (word[0] in CONJUNCTIONS and word[1:] in REPORTS)


def _is_name(word: str, before: str) -> bool:
    """Whether a folded word is likely a name: one that a list has, or a word that nobody knows and that is no verb."""
    return is_likely_name(word, before) and (is_known_name(word) or not is_likely_verb(word, before))


def describe_missing(text: str, share: float, missing: Sequence[str]) -> str:
    """The share of words that have evidence, then those that have none, as the text spells them."""
    return f"{percent(share)}: {' '.join(spelled(text, missing))}".rstrip(": ")


def spelled(text: str, folded: Sequence[str]) -> list[str]:
    """Folded words once each, as the text spells them."""
    forms = {word: token.strip(PUNCTUATION) for token in text.split() for word in words(token)}
    return [forms.get(word, word) for word in dict.fromkeys(folded)]


def _figures_and_dates(text: str) -> frozenset[str]:
    return figures(text) | dates(text)


# --- words in the order they were said ---


def verbatim_positions(claim: tuple[str, ...], said: Sequence[str]) -> tuple[tuple[int, ...] | None, int]:
    """The positions at which a claim was said word for word, or None, and how many first words only lead to it.

    Framing words at the beginning (`وفي هذا السياق`) are left out when the claim was not said with them. Words that
    stand too far from each other were not said together.
    """
    unframed = tuple(dropwhile(lambda word: is_framing(word) and word not in QUANTITIES, claim))
    for part in (claim, unframed):
        places = match_words(part, said)
        if places is not None and (not places or places[-1] + 1 - places[0] <= _LOOSE * len(part) + _SLACK):
            return places, len(claim) - len(part)
    return None, 0


def _negation_counts(claim: tuple[str, ...], verbatim: tuple[int, ...], framing: int, source: IndexedSpeech) -> str:
    """Counts of negations when they differ, as `1 ≠ 0`; a `not` right before the words that were taken counts.

    So does one before the framing words, which a claim may lose: `لم تكن هذه السدود كافية`, told as
    `كانت هذه السدود كافية`.
    """
    first, end = (verbatim[0], verbatim[-1] + 1) if verbatim else (0, 0)
    for _ in range(framing + 1):
        first -= first not in source.starts
    here = sum(word in NEGATIONS for word in claim)
    there = sum(word in NEGATIONS for word in source.words[first:end])
    return f"{here} ≠ {there}" if here != there else ""


# --- other words, or another order ---


def _reworded_flaws(
    text: str, claim: tuple[str, ...], places: Sequence[int | None], source: IndexedSpeech, known: Evidence
) -> tuple[list[tuple[Flaw, str]], float]:
    """Flaws of a claim that was not said word for word, and the share of its words that were said in any form."""
    stating = [
        at
        for at, word in enumerate(claim)
        if word in QUANTITIES or not (is_framing(word) or _reports(word) or word in FUNCTION or word in NEGATORS)
    ]
    granted = date_positions(claim)
    if any(places[at] is not None for at in stating):  # the title may stand beside what was said, not instead of it
        granted |= known.named_positions(claim)
    lacking = [
        at
        for at in stating
        if places[at] is None and at not in granted and not is_number_word(claim[at], claim[at - 1] if at else "")
    ]
    flaws: list[tuple[Flaw, str]] = []
    used = {place for place in places if place is not None}
    opposite, said = opposite_word(
        [word for word, place in zip(claim, places, strict=True) if place is None and not is_framing(word)],
        [word for at, word in enumerate(source.words) if at not in used],
    )
    if opposite:
        flaws.append((Flaw.NEGATION, f"{opposite} ≠ {said}"))
    if swapped := swapped_words(claim, places, source):
        flaws.append((Flaw.SWAPPED, " ".join(swapped)))
    names = [claim[at] for at in lacking if _is_name(claim[at], claim[at - 1] if at else "")]
    flaws += [(Flaw.NAME, name) for name in spelled(text, names)]
    others = [claim[at] for at in lacking if claim[at] not in names and claim[at] != opposite]
    share = 1 - len(lacking) / len(claim) if claim else 1.0
    if others:
        flaws.append((Flaw.UNSUPPORTED, describe_missing(text, share, others)))
    return flaws, share
