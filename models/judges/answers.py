"""Read the answers of a judge that reads: a line for each claim, with quoted words before the verdict."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from models.llm.replies import plain_sentence
from pipeline.arabic.affixes import strip_conjunction
from pipeline.arabic.normalize import words
from pipeline.arabic.stem import is_content_word, stem
from pipeline.types.judging import Verdict, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.types.judging import Claim

_ITEM: Final = re.compile(
    r"^[\s\[(*#•-]{0,6}(?:(?:الجملة|جملة|sentence)\s{1,3})?(\d{1,3})\s{0,2}[\])*.:\-–]{1,4}\s{0,4}(.*)$", re.IGNORECASE
)
_QUOTED: Final = re.compile(r"«([^«»\n]{1,400})»|“([^“”\n]{1,400})”|\"([^\"\n]{1,400})\"")
_VERDICTS: Final = (
    (VerdictKind.UNSURE, r"غير (?:متأكد|متاكد|مؤكد|واضح|محسوم)\w?|لست متأكد\w{0,2}|unsure|uncertain|unclear"),
    (VerdictKind.UNSUPPORTED, r"(?:غير|ليست?|لا) (?:ال)?(?:مدعوم\w?|يدعم\w{0,3})|un-?supported|not supported"),
    (VerdictKind.SUPPORTED, r"مدعوم\w?|supported"),
)
_BRIEF: Final = re.compile(
    r"(?<=[=:»\"—–-])[\s*]{0,4}(?:(?P<supported>نعم|yes)|(?P<unsupported>لا|no))(?=[\s*]{0,4}(?:$|[.:،,؛;«\"(—–-]))",
    re.IGNORECASE,
)
"""`yes` and `no` are a verdict behind the quotations, and before a mark."""
_VERDICT: Final = re.compile(
    "|".join(rf"(?P<{kind.value}>(?<![^\W_])(?:{forms})(?![^\W_]))" for kind, forms in _VERDICTS),
    re.IGNORECASE,
)
_EDGES: Final = " \t-–—:=؛،,.*()[]"
_FAILING_MOST: Final = 160
"""Letters kept of what a judge says of a claim."""
_ELLIPSIS: Final = re.compile(r"\.{2,}|…")
_ALIKE: Final = 0.7
"""Share of a quotation's words that must stand in the evidence in its order: a slip of the model is forgiven."""
_SPREAD: Final = 2
"""Words by which the stretch of evidence may be longer than its quotation."""
_WRONG_MOST: Final = 3
"""Of so many quotations one may be missing."""
_ELSEWHERE_LEAST: Final = 3
"""Words of a quotation that is looked for beyond the evidence of its claim."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a judge wrote about one claim."""

    kind: VerdictKind
    quotes: tuple[str, ...]
    """Before its verdict, as it wrote them."""
    failing: str
    """After its verdict."""


def parse_answers(text: str, count: int) -> dict[int, Answer]:
    """The answers about claims 1 to `count` that have a verdict.

    Facts on lines of their own belong to the number above them. If no line is numbered and there are exactly `count`
    lines with a verdict, they are taken in order.
    """
    rows = [row for row in text.splitlines() if row.strip()]
    found = {number: answer for number, block in _blocks(rows, count) if (answer := _answer(block))}
    if not found and len(loose := [answer for row in rows if (answer := _answer(row))]) == count:
        return dict(enumerate(loose, 1))
    return found


def settle(answer: Answer, claim: Claim, said: Mapping[int, str] = MappingProxyType({})) -> Verdict:
    """The verdict; one of support without quoted words that stand in the evidence is unsure.

    Words that stand in another sentence of `said`, all that the judge was shown of the talk, support the claim as well:
    the verdict names that sentence.
    """
    places = [find_quote(quote, claim.evidence) for quote in answer.quotes]
    if answer.kind is not VerdictKind.SUPPORTED:
        return Verdict(answer.kind, answer.failing, _distinct(places))
    further: set[int] = set()
    for at, quote in enumerate(answer.quotes):
        if not places[at] and (number := _find_elsewhere(quote, claim, said)) is not None:
            places[at] = find_quote(quote, [said[number]])
            further.add(number)
    quotes, wrong = _distinct(places), places.count("")
    if not quotes or wrong * _WRONG_MOST > len(places):
        return Verdict(VerdictKind.UNSURE, "", quotes, unquoted=True)
    return Verdict(VerdictKind.SUPPORTED, "", quotes, elsewhere=tuple((n, said[n]) for n in sorted(further)))


def _distinct(places: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, places)))


def _find_elsewhere(quote: str, claim: Claim, said: Mapping[int, str]) -> int | None:
    """The sentence beyond the evidence that has the quoted words, the nearest to it; few words may stand anywhere."""
    if len(words(quote)) < _ELSEWHERE_LEAST or not claim.numbers:
        return None
    others = (number for number in said.keys() - set(claim.numbers) if find_quote(quote, [said[number]]))
    return min(others, key=lambda other: (min(abs(other - own) for own in claim.numbers), other), default=None)


def find_quote(quote: str, evidence: Sequence[str]) -> str:
    """The words of the evidence that a quotation has, as the evidence spells them; empty where it has none.

    Spelling, marks and endings make no difference, nor does a slip in a longer quotation. An ellipsis stands for any
    words. Of one word, only one that can name a topic is a quotation.
    """
    tokens = [token for text in evidence for token in text.split() if words(token)]
    row = [_forms(token) for token in tokens]
    spans = [_span(_forms(part), row) for part in _ELLIPSIS.split(quote) if words(part)]
    if not spans or any(span is None for span in spans):
        return ""
    first, last = min(span[0] for span in spans if span), max(span[1] for span in spans if span)
    return " ".join(tokens[first:last])


def _blocks(rows: Sequence[str], count: int) -> Iterator[tuple[int, str]]:
    """The number of each claim, and all that was written about it on one line."""
    number, block = 0, ""
    for row in rows:
        item = _ITEM.match(row)
        # `1)` below `3)` counts facts, unless the claim above has its verdict.
        if item and 0 < int(item[1]) <= count and (int(item[1]) == number + 1 or not number or _answer(block)):
            if number:
                yield number, block
            number, block = int(item[1]), item[2]
        elif number and not (item and _answer(block)):  # else it is about no claim
            block = f"{block} {row.strip()}"
    if number:
        yield number, block


def _answer(block: str) -> Answer | None:
    """The answer, if there is a verdict outside the quotations: the last one behind `=`, or else the last of all."""
    bare = _QUOTED.sub(lambda quote: "\0" * (len(quote[0]) - 1) + "»", block)
    verdicts = sorted([*_VERDICT.finditer(bare), *_BRIEF.finditer(bare)], key=lambda found: found.start())
    if not verdicts:
        return None
    begin = bare.find("=")
    verdict = next((each for each in verdicts if begin >= 0 and each.start() >= begin), verdicts[0])
    kind = next(kind for kind in VerdictKind if verdict.groupdict().get(kind.value) is not None)
    quotes = tuple(next(filter(None, groups)) for groups in _QUOTED.findall(block[: verdict.start()]))
    failing = plain_sentence(block[verdict.end() :].strip(_EDGES))[:_FAILING_MOST].strip(_EDGES + "«»")
    return Answer(kind, quotes, failing if kind is not VerdictKind.SUPPORTED else "")


def _forms(text: str) -> tuple[str, ...]:
    """What is compared of the words of a text: their stems."""
    return tuple(stem(strip_conjunction(word)) for word in words(text))


def _span(quote: Sequence[str], row: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """First token, and the one after the last, of the stretch that a quotation is taken from."""
    said = [(at, form) for at, forms in enumerate(row) for form in forms]
    forms = [form for _, form in said]
    size = len(quote)
    if size == 1 and not is_content_word(quote[0]):
        return None
    for at in range(len(forms) - size + 1):
        if forms[at : at + size] == list(quote):
            return said[at][0], said[at + size - 1][0] + 1
    if size <= _SPREAD:
        return None
    best, place = 0, None
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(list(quote))
    for at in range(max(len(forms) - size - _SPREAD, 0) + 1):
        window = forms[at : at + size + _SPREAD]
        if len(set(quote).intersection(window)) <= best:
            continue
        matcher.set_seq1(window)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        same = sum(block.size for block in blocks)
        if same > best:
            end = at + blocks[-1].a + blocks[-1].size - 1
            best, place = same, (said[at + blocks[0].a][0], said[end][0] + 1)
    return place if best >= _ALIKE * size else None
