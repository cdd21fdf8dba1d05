"""Evidence after an edit: it follows the editor, and nothing is added by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.arabic.bidi import strip_controls
from pipeline.arabic.normalize import words
from pipeline.arabic.punctuation import tidy
from pipeline.arabic.stem import is_content_word, stem
from pipeline.types.article import Basis, Paragraph, Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

_END = re.compile(r"[.!؟?…]+[»”\")\]]{0,3}$")
_INITIAL = re.compile(r"(?:^|[\s(\[«\"])\w\.$")
_SIMILAR = 0.5
"""Share of its words that a sentence must have in common with another to count as reworded from it, joined from it
and others, or divided from it."""
_TELLING_LEAST = 3
"""Content words from which on the others do not count."""


def reattach_evidence(old: Paragraph, text: str) -> Paragraph:
    """The paragraph with the typed text: every sentence keeps its evidence, wherever it is moved and however reworded.

    A sentence is reworded from the one whose words it has, or else from the one in whose place it stands. Two that were
    joined bring the evidence of both, and the parts of one that was divided have it each. A sentence that came from
    none has no evidence until a person gives it some. A text that was not touched gives the same paragraph.
    """
    return reattach_divided(old, [text])[0]


def reattach_divided(old: Paragraph, texts: Sequence[str]) -> list[Paragraph]:
    """As `reattach_evidence`, for a paragraph that became several: both parts of a cut sentence have its evidence."""
    remaining = [(at, _split_line(tidy(statement.text))) for at, statement in enumerate(old.statements)]
    typed = [_kept_and_changed(old, text, remaining) for text in texts]
    _trace_reworded([sentence for each in typed for sentence in each], old.statements)
    return [Paragraph(tuple(sentence.statement(old.statements) for sentence in each)) for each in typed]


@dataclass(slots=True)
class _Typed:
    """A typed sentence."""

    text: str
    sources: list[int]
    """Indices of the old statements that it is, or was reworded from."""

    def statement(self, old: Sequence[Statement]) -> Statement:
        """With the evidence of its sources."""
        sources = [old[at] for at in self.sources]
        if len(sources) == 1:
            return replace(sources[0], text=self.text)
        cites = sorted({number for each in sources for number in each.cites})
        about = {each.basis for each in sources}
        quotes = dict.fromkeys(quote for each in sources for quote in each.quotes)
        return Statement(
            self.text, tuple(cites), Basis.METADATA if about == {Basis.METADATA} else Basis.SPEECH, tuple(quotes)
        )


def _kept_and_changed(old: Paragraph, text: str, remaining: list[tuple[int, list[str]]]) -> list[_Typed]:
    """The typed sentences in order; those whose words stayed have their source, which is taken out of the remaining."""
    pieces, is_end = _pieces(text)
    typed: list[_Typed] = []
    changed: list[str] = []

    def close() -> None:
        """End the changed sentence that is being gathered."""
        if changed:
            typed.append(_Typed(" ".join(changed), []))
            changed.clear()

    at = 0
    while at < len(pieces):
        unchanged = next((each for each in remaining if _same_words(each[1], pieces[at : at + len(each[1])])), None)
        if unchanged is None:
            changed.append(pieces[at])
            if is_end[at]:
                close()
            at += 1
            continue
        close()
        remaining.remove(unchanged)
        source, before = unchanged
        now = pieces[at : at + len(before)]
        typed.append(_Typed(old.statements[source].text if now == before else " ".join(now), [source]))
        at += len(before)
    close()
    return typed


def _trace_reworded(typed: Sequence[_Typed], old: Sequence[Statement]) -> None:
    """Find the sources of the sentences whose words changed."""
    changed = [each for each in typed if not each.sources]
    known = {at for each in typed for at in each.sources}
    left = [at for at in range(len(old)) if at not in known]
    said = {at: _heard(old[at].text) for at in left}
    told = [_heard(each.text) for each in changed]
    shares = ((_shared(now, said[at]), index, at) for index, now in enumerate(told) for at in left)
    alike = sorted((-share, index, at) for share, index, at in shares if share >= _SIMILAR)
    for _, index, at in alike:
        if at in left and not changed[index].sources:
            changed[index].sources.append(at)
            left.remove(at)
    alone = [index for index, each in enumerate(changed) if not each.sources]
    for _, index, at in alike:
        if at in left and index not in alone:  # joined to what has a source
            changed[index].sources.append(at)
            left.remove(at)
        elif at not in left and not changed[index].sources:  # divided from what is one already
            changed[index].sources.append(at)
    for place, each in enumerate(typed):
        if not each.sources:
            beside = {max(typed[place - 1].sources, default=-2) + 1 if place else 0}
            beside.add(min(typed[place + 1].sources, default=0) - 1 if place + 1 < len(typed) else len(old) - 1)
            each.sources += [at for at in left if at in beside][:1]
            left = [at for at in left if at not in each.sources]


def _pieces(text: str) -> tuple[list[str], list[bool]]:
    """The pieces of a typed text, and whether a sentence ends with each."""
    lines = [pieces for line in text.splitlines() if (pieces := _split_line(line))]
    is_end = [at == len(pieces) - 1 or _ends_sentence(piece) for pieces in lines for at, piece in enumerate(pieces)]
    return [piece for pieces in lines for piece in pieces], is_end


def _split_line(line: str) -> list[str]:
    """A line cut wherever a statement can end: after the end of a sentence, and after a colon."""
    tokens = strip_controls(line).split()
    pieces: list[str] = []
    piece: list[str] = []
    depth, closings_left = 0, sum(token.count("»") for token in tokens)
    for token in tokens:
        piece.append(token)
        closings_left -= token.count("»")
        # A quotation that is never closed must not swallow the rest of the line.
        depth = max(0, depth + token.count("«") - token.count("»")) if closings_left else 0
        if not depth and (token.endswith(":") or _ends_sentence(token)):
            pieces.append(" ".join(piece))
            piece = []
    return [*pieces, " ".join(piece)] if piece else pieces


def _ends_sentence(piece: str) -> bool:
    return bool(_END.search(piece)) and not _INITIAL.search(piece)


def _same_words(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether these are the same words, whatever their marks; nothing is not the same as nothing."""
    return bool(one) and [*map(words, one)] == [*map(words, other)]


def _shared(one: tuple[str, set[str]], other: tuple[str, set[str]]) -> float:
    """Share of the words of the shorter text that the other one has, too; all of them where one was cut out of it."""
    if one[0].strip() and one[0] in other[0]:
        return 1.0
    return len(one[1] & other[1]) / min(len(one[1]), len(other[1])) if one[1] and other[1] else 0.0


def _heard(text: str) -> tuple[str, set[str]]:
    """A text's words with a space around each, and the stems of those that tell.

    These are content words and figures, or all words where these are few.
    """
    said = words(text)
    telling = {stem(word) for word in said if is_content_word(word) or word.isdecimal()}
    return f" {' '.join(said)} ", telling if len(telling) >= _TELLING_LEAST else {*map(stem, said)}
