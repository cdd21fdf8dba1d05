"""What code knows for certain to be wrong with a sentence; its meaning is left to a judge."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pipeline.arabic import labels
from pipeline.arabic.affixes import strip_prefix
from pipeline.arabic.dates import certain_dates, possible_dates
from pipeline.arabic.formatting import format_date
from pipeline.arabic.normalize import fold, words
from pipeline.arabic.numbers import figure_readings, possible_figures
from pipeline.arabic.phrases import contains_phrase
from pipeline.arabic.relative_time import figures_by_publication
from pipeline.types.article import Flaw
from pipeline.types.judging import VerdictKind
from pipeline.verify.check import QUOTE, URL, CheckResult
from pipeline.verify.scripture import altered_scripture, gives_scripture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from pipeline.types.article import Video
    from pipeline.types.judging import Claim, Verdict

_COUNTED: Final = 12
"""Whole numbers up to here may be counted or reckoned by whoever writes: `أربعة قرون` for 400 years."""
_NEAR: Final = Decimal("0.15")
"""How far, as a share, a figure that is told as rounded may be from the one that was said."""
_YEARS: Final = (1000, 2200)
_DIGITS_MOST: Final = 15
"""Digits of the longest number that is reckoned with."""
_ROUNDED: Final = re.compile(
    r"(?<!\w)[وبفل]?(?:نحو|حوالي|قرابه|زهاء|تقريبا|ما يقارب|يقارب|تقارب|يناهز|تناهز|نيف|قريب من|اكثر من|اقل من|ما يزيد|"
    r"يزيد علي|تزيد علي|يفوق|تفوق|تجاوز|تجاوزت|يتجاوز|تتجاوز|يقرب من|ما يربو|عشرات|مئات|ميات)(?!\w)"
)
_QUOTED_LEAST: Final = 3
"""Words from which on text in quotation marks is a quotation; a shorter one may be a title, a name or a term."""
_LATIN: Final = re.compile(r"[a-z][a-z\d]{0,99}")
_ELLIPSIS: Final = re.compile(r"\.{2,}|…")
_CLITICS: Final = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ك")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a video besides its talk."""

    quotable: tuple[str, ...] = ()
    """Title, channel and chapters: figures and quotations may come from them."""
    named: tuple[str, ...] = ()
    """Description and tags, from which only names and addresses may come: anything may stand there."""
    published: date | None = None


def video_facts(video: Video) -> Facts:
    """What may stand in an article without having been said."""
    chapters = (chapter.title for chapter in video.chapters)
    return Facts(
        tuple(filter(None, (video.title, video.channel, *chapters))),
        tuple(filter(None, (video.url, video.description, *video.tags))),
        video.published,
    )


def certain_flaws(text: str, evidence: Sequence[str], facts: Facts = Facts()) -> tuple[tuple[Flaw, str], ...]:
    """Figures, dates, names in Latin letters, addresses, quotations and verses that the evidence does not have.

    In whatever spelling they were said. What a writer may have counted, rounded or reckoned is not certain. Each flaw
    comes with the words that make it one.
    """
    altered = altered_scripture(text, evidence)
    return (
        *((Flaw.NUMBER, figure) for figure in _strange_figures(URL.sub(" ", text), evidence, facts)),
        *((Flaw.NAME, name) for name in _strange_names(text, (*evidence, *facts.quotable, *facts.named))),
        *((Flaw.QUOTE, quote) for quote in _strange_quotes(URL.sub(" ", text), evidence, facts)),
        *([(Flaw.SCRIPTURE, altered)] if altered else []),
    )


def check_by_verdict(claim: Claim, verdict: Verdict, facts: Facts) -> CheckResult:
    """The result for a claim that a trusted judge was asked about: its verdict, and what code knows for certain."""
    flaws = list(certain_flaws(claim.text, claim.evidence, facts))
    supported = verdict.kind is VerdictKind.SUPPORTED
    if not supported:
        unsure = labels.UNQUOTED if verdict.unquoted else labels.UNSURE
        flaws.append((Flaw.UNSUPPORTED, verdict.failing if verdict.kind is VerdictKind.UNSUPPORTED else unsure))
    return CheckResult(
        tuple(flaws),
        float(supported),
        verbatim=False,
        scripture=gives_scripture(claim.text),
        confirmed=not flaws,
    )


# --- figures ---


def tells_rounded(text: str) -> bool:
    """Whether a text tells a figure as rounded, or as a bound: `نحو`, `أكثر من`."""
    return bool(_ROUNDED.search(fold(text)))


def _strange_figures(prose: str, evidence: Sequence[str], facts: Facts) -> list[str]:
    """Figures and dates that cannot come from the evidence, in the reading of the text that leaves fewest."""
    readings, told = tuple(figure_readings(prose)), certain_dates(prose)
    if not all(readings) and not told:
        return []
    said = " ".join(evidence)
    by_date = figures_by_publication(said, facts.published)
    published = [format_date(facts.published)] if facts.published else []
    sources = [*evidence, said, *facts.quotable, *published]
    known = by_date.union(*map(possible_figures, sources), *map(possible_dates, sources))
    rounded = tells_rounded(prose)
    strange = min(
        (
            [figure for figure in sorted(reading) if not _is_known(figure, known, rounded=rounded)]
            for reading in readings
        ),
        key=len,
    )
    return [*strange, *sorted(told - known)]


def _is_known(figure: str, known: AbstractSet[str], *, rounded: bool) -> bool:
    """Whether a figure was said, or may follow from what was said."""
    if figure in known or (figure.isdecimal() and int(figure) <= _COUNTED):
        return True
    sign = "%" if figure.endswith("%") else ""
    value, others = Decimal(figure.removesuffix("%")), list(_values(known, sign))
    if not sign and any(_same_digits(value, other) for other in others):
        return True
    if not rounded:
        return value in _differences(others)
    return any(abs(value - other) <= _NEAR * other for other in (*others, *_differences(others)))


def _values(known: Iterable[str], sign: str) -> Iterator[Decimal]:
    """The numbers among figures that are, or are not, shares of a hundred."""
    for figure in known:
        bare = figure.removesuffix("%")
        if (bare != figure) == bool(sign) and bare.replace(".", "", 1).isdecimal() and len(bare) <= _DIGITS_MOST:
            yield Decimal(bare)


def _differences(values: Sequence[Decimal]) -> frozenset[Decimal]:
    """The years from one year to another."""
    years = [value for value in values if _YEARS[0] <= value <= _YEARS[1]]
    return frozenset(abs(one - other) for one in years for other in years)


def _same_digits(value: Decimal, other: Decimal) -> bool:
    """Whether one is the other with or without `thousand`, `million` and so on, which is not always said."""
    return any(value == other * 1000**power or other == value * 1000**power for power in (1, 2, 3, 4))


# --- names, addresses, quotations ---


def _strange_names(text: str, sources: Sequence[str]) -> list[str]:
    """Addresses, and words in Latin letters, that stand in none of the sources."""
    addresses = {address.rstrip(".,)") for source in sources for address in URL.findall(source)}
    known = {word for source in sources for word in _LATIN.findall(fold(source))}
    strange = [address for address in URL.findall(text) if address.rstrip(".,)") not in addresses]
    latin = dict.fromkeys(_LATIN.findall(fold(URL.sub(" ", text))))
    return [*strange, *(word for word in latin if word not in known)]


def _strange_quotes(prose: str, evidence: Sequence[str], facts: Facts) -> list[str]:
    rows = [words(" ".join(evidence)), *map(words, facts.quotable)]
    quotes = (next(filter(None, groups)) for groups in QUOTE.findall(prose))
    return [quote for quote in quotes if len(words(quote)) >= _QUOTED_LEAST and not _was_said(quote, rows)]


def _was_said(quote: str, rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether each stretch between ellipses was said in a row; its first word may have lost what is joined to it."""
    stretches = [stretch for part in _ELLIPSIS.split(quote) if (stretch := words(part))]
    return all(any(_contains(stretch, row) for row in rows) for stretch in stretches)


def _contains(stretch: tuple[str, ...], row: tuple[str, ...]) -> bool:
    if contains_phrase(stretch, row):
        return True
    first, rest = strip_prefix(stretch[0], _CLITICS, 2), stretch[1:]
    return any(
        strip_prefix(word, _CLITICS, 2) == first and row[at + 1 : at + 1 + len(rest)] == rest
        for at, word in enumerate(row)
    )
