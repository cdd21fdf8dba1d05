"""Finds verses of the Qur'an in captions, however they were heard, and gives them in their right spelling.

Words that stand beside each other in a verse are looked up, and the neighbourhood of what is found is aligned word by
word with the text. What is recited is told from what only sounds alike by how much of it is the verse's and how rare
its words are; less is asked for after words that introduce a verse.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache
from itertools import groupby
from math import log2
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.arabic.normalize import fold
from pipeline.arabic.quotation import SAYING, Introduction, introduction, is_borrowed, own_words
from pipeline.types.article import Recitation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SURAS: Final = (
    *("الفاتحة", "البقرة", "آل عمران", "النساء", "المائدة", "الأنعام", "الأعراف", "الأنفال", "التوبة", "يونس", "هود"),
    *("يوسف", "الرعد", "إبراهيم", "الحجر", "النحل", "الإسراء", "الكهف", "مريم", "طه", "الأنبياء", "الحج", "المؤمنون"),
    *("النور", "الفرقان", "الشعراء", "النمل", "القصص", "العنكبوت", "الروم", "لقمان", "السجدة", "الأحزاب", "سبأ"),
    *("فاطر", "يس", "الصافات", "ص", "الزمر", "غافر", "فصلت", "الشورى", "الزخرف", "الدخان", "الجاثية", "الأحقاف"),
    *("محمد", "الفتح", "الحجرات", "ق", "الذاريات", "الطور", "النجم", "القمر", "الرحمن", "الواقعة", "الحديد"),
    *("المجادلة", "الحشر", "الممتحنة", "الصف", "الجمعة", "المنافقون", "التغابن", "الطلاق", "التحريم", "الملك"),
    *("القلم", "الحاقة", "المعارج", "نوح", "الجن", "المزمل", "المدثر", "القيامة", "الإنسان", "المرسلات", "النبأ"),
    *("النازعات", "عبس", "التكوير", "الانفطار", "المطففين", "الانشقاق", "البروج", "الطارق", "الأعلى", "الغاشية"),
    *("الفجر", "البلد", "الشمس", "الليل", "الضحى", "الشرح", "التين", "العلق", "القدر", "البينة", "الزلزلة"),
    *("العاديات", "القارعة", "التكاثر", "العصر", "الهمزة", "الفيل", "قريش", "الماعون", "الكوثر", "الكافرون"),
    *("النصر", "المسد", "الإخلاص", "الفلق", "الناس"),
)
"""The names of the suras, in order."""

_BASMALA: Final = "بسم الله الرحمن الرحيم"
_LETTER: Final = re.compile("[\u0621-\u064a]")
_MARKS: Final = "،؛؟!?.,:;…«»\"'()[]﴿﴾"
_SOUNDS: Final = str.maketrans("ضظصثطذءؤئ", "ددسستزايي")
"""Letters that recognition confuses, after folding."""

# Where a search begins, and how far it goes; in words. The bits of a word are -log2 of its share of the text.
COMMON: Final = 150
"""A pair of words that stands in more places than this begins no search."""
DRIFT: Final = 3
"""How far one side may be ahead of the other within an alignment."""
REACH: Final = 10
"""How far beyond the pairs that were found the first alignment looks."""
FURTHER: Final = 400
"""How far a recitation may go on to either side of the pairs by which it was found."""
TRIES: Final = 3
"""Alignments that a heard word is part of, at most: phrases that everybody says lead to many places."""
LONG_RECITATION: Final = 60
"""Words from which a recitation of several verses is told in several, each one unit of a script."""
_BLOCK: Final = 32
CHAINED: Final = {Introduction.NONE: 28.0, Introduction.SAID: 16.0, Introduction.VERSE: 16.0}
"""Bits of the words in a chain of equal pairs from which the words around it are aligned."""

# Gains of an alignment, and likeness of words: 1 is the same letters.
LIKE: Final = 0.5
"""From here two words may be one that was misheard; below it another word was said."""
JOINED: Final = 0.6
"""From here two words of one side may be one of the other."""
NEAR: Final = 0.65
"""From here a word is one of the verse that is said again."""
SAME: Final = 0.8
"""From here a word may be the first or last of a recitation, or go on with a repeat."""
EXTRA, MISSING, UNLIKE = -1.0, -0.9, -1.3
"""What an alignment loses by a heard word that the text lacks, by one that was not heard, and by another word."""

# What is believed: chosen by hand on verses of the corpus, at 0, 3 and 8 % of misheard words, and of real sermons.
EVIDENCE: Final = {Introduction.NONE: (5, 46.0), Introduction.SAID: (3, 32.0), Introduction.VERSE: (3, 26.0)}
"""Words, and bits of the matched ones, from which a verse is believed."""
INSIDE: Final = 10.0
"""Bits more for a part that neither begins nor ends as its verse does, and words that it has at least, below."""
INSIDE_WORDS: Final = {Introduction.NONE: 7, Introduction.SAID: 5, Introduction.VERSE: 3}
SHORT: Final = {Introduction.NONE: 6, Introduction.SAID: 4, Introduction.VERSE: 4}
"""Up to so many words all are as in the text; in longer parts the shares below are."""
EXACT, EXACT_UNANNOUNCED = 0.6, 0.7
LONG: Final = 10
"""An unannounced part of fewer words lacks none and has none more."""
REPEATED: Final = 2
REPEATED_BITS: Final = 8.0
"""Words, and their bits, from which a reciter is taken to say a part of the verse again."""
STRAY: Final = 2
"""Words of a neighbouring verse that are no part of the recitation: they only happen to follow."""
CUT: Final = 3
"""Words of the verse in a row without which it is another recitation."""
_PARTICLE: Final = 2
_LEADS_ON: Final = frozenset(
    fold("من في على إلى عن مع إلا أن إن الذي التي الذين ثم أو و لا ما قل يا ولا وإن وما ومن أم بل والله").split()
)


class _Step(NamedTuple):
    """One move of an alignment: heard words [h, h_end) are words [t, t_end) of the text."""

    h: int
    h_end: int
    t: int
    t_end: int
    likeness: float
    """1 for the same letters, 0 where one side is empty or another word."""


class Quran:
    """The text as one run of words, with the places of each."""

    def __init__(self, text: str) -> None:
        """`text` has lines `sura|verse|words`, as Tanzil publishes them; other lines are notes."""
        self._words: list[str] = []
        self._places: list[tuple[int, int]] = []
        for line in text.splitlines():
            sura, _, rest = line.partition("|")
            verse, _, said = rest.partition("|")
            if not (sura.isdigit() and verse.isdigit()):
                continue
            place = int(sura), int(verse)
            if place[1] == 1 and place[0] != 1:
                said = said.removeprefix(_BASMALA)
            spoken = [word for word in said.split() if _LETTER.search(word)]
            self._words += spoken
            self._places += [place] * len(spoken)
        sounds = {word: _sounds(word) for word in set(self._words)}
        self._text = [sounds[word] for word in self._words]
        self._at: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self._text):
            self._at[word].append(at)
        bits = {word: log2(len(self._text) / len(places)) for word, places in self._at.items()}
        self._bits = [bits[word] for word in self._text]

    def recitations(self, words: Sequence[str]) -> list[Recitation]:
        """Where verses are recited in these words, in order; none overlap.

        What has no Arabic letter, such as a verse's number or a bracket, belongs to the recitation around it.
        """
        spoken = [at for at, word in enumerate(words) if _LETTER.search(word)]
        heard = [_sounds(words[at]) for at in spoken]
        folded = [fold(words[at]).strip(_MARKS) for at in spoken]
        taken, borrowed, tried = [False] * len(heard), [False] * (len(heard) + 1), [0] * len(heard)
        found: list[Recitation] = []
        for chain in self._chains(heard, folded):
            stretch = range(chain[0][0], chain[-1][0] + 1)
            if any(taken[at] for at in stretch) or all(tried[at] >= TRIES for at in stretch):
                continue
            for at in stretch:
                tried[at] += 1
            believed: list[tuple[list[_Step], bool]] = []
            for piece in self._pieces(heard, self._aligned(heard, taken, chain)):
                steps = self._trimmed(piece, folded)
                if not steps:
                    continue
                first, end = steps[0].h, steps[-1].h_end
                announced = introduction(folded, first)
                own = own_words(folded[first:end])
                bare = _matched(
                    [step for step in steps if first + own.start <= step.h and step.h_end <= first + own.stop]
                )
                if any(taken[first:end]) or not bare or not self._is_recited(bare, announced):
                    continue
                taken[first:end] = [True] * (end - first)
                if announced is Introduction.NONE:
                    beside = borrowed[max(0, first - 1)] or borrowed[end]
                    if beside or is_borrowed(folded, first, steps[-1].t_end - steps[0].t):
                        borrowed[first:end] = [True] * (end - first)
                        continue
                believed.append((steps, announced is Introduction.VERSE))
            for steps, introduced in believed:
                whole = self._with_repeats(heard, taken, steps)
                taken[whole[0].h : whole[-1].h_end] = [True] * (whole[-1].h_end - whole[0].h)
                found += self._recitations(heard, whole, spoken, introduced=introduced)
        return sorted(found, key=lambda each: each.first)

    def _chains(self, heard: Sequence[str], folded: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Places (heard, text) of pairs that both have, chained where they go on together; the weightiest first."""
        chains: list[list[tuple[int, int]]] = []
        going_on: dict[int, list[int]] = defaultdict(list)  # chains by the block of the text in which they are
        known: dict[tuple[str, str, int], list[int]] = {}
        for at in range(len(heard) - 1):
            hits: set[int] = set()
            for ahead in (1, 2):
                if at + ahead < len(heard):
                    pair = heard[at], heard[at + ahead], ahead
                    if pair not in known:
                        known[pair] = self._pairs(*pair)
                    hits.update(known[pair])
            for hit in sorted(hits):
                block = hit // _BLOCK
                for near in (block, block - 1):
                    going_on[near] = [number for number in going_on[near] if at - chains[number][-1][0] <= REACH]
                for number in (*going_on[block], *going_on[block - 1]):
                    before, place = chains[number][-1]
                    if abs((hit - place) - (at - before)) <= DRIFT and hit >= place:
                        chains[number].append((at, hit))
                        if block != place // _BLOCK:
                            going_on[block].append(number)
                        break
                else:
                    going_on[block].append(len(chains))
                    chains.append([(at, hit)])
        weights = [self._weight(heard, chain) for chain in chains]
        order = sorted(range(len(chains)), key=lambda number: -weights[number])
        return [
            chains[number] for number in order if weights[number] >= CHAINED[introduction(folded, chains[number][0][0])]
        ]

    def _pairs(self, word: str, other: str, ahead: int) -> list[int]:
        """Where the text has a word and another so far ahead of it; nothing if that is in too many places."""
        first, second = self._at.get(word, ()), self._at.get(other, ())
        if len(first) <= len(second):
            hits = [place for place in first if self._text[place + ahead : place + ahead + 1] == [other]]
        else:
            hits = [place - ahead for place in second if place >= ahead and self._text[place - ahead] == word]
        return hits if len(hits) <= COMMON else []

    def _weight(self, heard: Sequence[str], chain: Sequence[tuple[int, int]]) -> float:
        """The bits of the words that a chain and the text have in common."""
        same = {
            hit + ahead
            for at, hit in chain
            for ahead in range(3)
            if at + ahead < len(heard)
            and hit + ahead < len(self._text)
            and heard[at + ahead] == self._text[hit + ahead]
        }
        return sum(self._bits[at] for at in same)

    def _aligned(self, heard: Sequence[str], taken: Sequence[bool], chain: Sequence[tuple[int, int]]) -> list[_Step]:
        """The best local alignment around a chain, as far as it goes and words are free."""
        (first, _), (last, _) = chain[0], chain[-1]
        begin, stop = first, last + 1
        while begin > 0 and not taken[begin - 1] and first - begin < FURTHER:
            begin -= 1
        while stop < len(heard) and not taken[stop] and stop - last < FURTHER:
            stop += 1
        reach = REACH
        while True:
            window = range(max(begin, first - reach), min(stop, last + reach))
            steps = self._align(heard, window, _band(chain, window))
            touches = steps and (
                (steps[0].h <= window.start and window.start > begin)
                or (steps[-1].h_end >= window.stop and window.stop < stop)
            )
            if not touches:
                return steps
            reach *= 3

    def _align(self, heard: Sequence[str], window: range, band: Sequence[tuple[int, int]]) -> list[_Step]:
        """The best local alignment of a window of heard words, each with the words of the text from and to its band.

        Smith and Waterman (1981) over words, where two words of one side may be one of the other.
        """
        best: dict[tuple[int, int], float] = {}
        came: dict[tuple[int, int], _Step] = {}
        top, top_at = 0.0, (0, 0)
        for h, (low, high) in zip(window, band, strict=True):
            for t in range(max(0, low), min(len(self._text), high + 1)):
                value, chosen = 0.0, None
                for gain, step in self._moves(heard, h, t, first=window.start):
                    if (sum_ := best.get((step.h, step.t), 0.0) + gain) > value:
                        value, chosen = sum_, step
                if chosen:
                    best[h + 1, t + 1], came[h + 1, t + 1] = value, chosen
                    if value > top:
                        top, top_at = value, (h + 1, t + 1)
        steps: list[_Step] = []
        while top_at in came:
            steps.append(came[top_at])
            top_at = came[top_at].h, came[top_at].t
        return steps[::-1]

    def _moves(self, heard: Sequence[str], h: int, t: int, first: int) -> Iterator[tuple[float, _Step]]:
        """How an alignment can end with a heard word and a word of the text, each with what it gains."""
        text, bits = self._text, self._bits
        same = _likeness(heard[h], text[t])
        yield _gain(bits[t], same), _Step(h, h + 1, t, t + 1, same)
        yield EXTRA, _Step(h, h + 1, t + 1, t + 1, 0.0)
        yield MISSING, _Step(h + 1, h + 1, t, t + 1, 0.0)
        if same == 1:
            return
        if h > first:
            split = _likeness(heard[h - 1] + heard[h], text[t])
            if split > max(same, JOINED, _likeness(heard[h - 1], text[t])):
                yield _gain(bits[t], split), _Step(h - 1, h + 1, t, t + 1, split)
        if t:
            merged = _likeness(heard[h], text[t - 1] + text[t])
            if merged > max(same, JOINED, _likeness(heard[h], text[t - 1])):
                yield _gain(bits[t - 1] + bits[t], merged), _Step(h, h + 1, t - 1, t + 1, merged)

    def _pieces(self, heard: Sequence[str], steps: Sequence[_Step]) -> list[list[_Step]]:
        """The steps cut where several words or a whole verse are missing, something else was said, or a sura ends."""
        pieces: list[list[_Step]] = [[]]
        for matched, group in groupby(steps, key=lambda step: step.likeness >= LIKE):
            run = list(group)
            if matched:
                for step in run:
                    if pieces[-1] and self._places[pieces[-1][-1].t][0] != self._places[step.t][0]:
                        pieces.append([])  # another sura
                    pieces[-1].append(step)
                continue
            aside = any(step.t_end == step.t and not self._said_again(heard[step.h], step.t) for step in run)
            unheard = [step for step in run if step.h_end == step.h]
            begun = [step.t for step in unheard if self._begins(step.t)]
            verse = any(self._stops(step.t_end) and begun and begun[0] <= step.t for step in unheard)
            if len(run) >= CUT or aside or verse:
                pieces.append([])
            else:
                pieces[-1] += run
        return pieces

    def _said_again(self, word: str, at: int) -> str:
        """The word of the text near a place that was said twice there; empty if it is none of them."""
        places = range(max(0, at - CUT), min(len(self._text), at + CUT))
        best = max(places, key=lambda place: _likeness(word, self._text[place]))
        return self._words[best] if _likeness(word, self._text[best]) >= NEAR else ""

    def _trimmed(self, steps: Sequence[_Step], folded: Sequence[str]) -> list[_Step]:
        """The steps without a word or two of a neighbouring verse, or of what is said around it, at either side."""
        steps = _matched(steps)
        if not steps:
            return steps
        verses = [self._places[step.t] for step in steps]
        first = next((n for n, verse in enumerate(verses) if verse != verses[0]), 0)
        last = next((n for n, verse in enumerate(verses[::-1]) if verse != verses[-1]), 0)
        if 0 < first <= STRAY and not self._begins(steps[0].t):
            steps = steps[first:]
        if 0 < last <= STRAY and not self._stops(steps[-1].t_end):
            steps = steps[:-last]
        at = steps[0].h if steps else 0
        to_somebody = folded[at + 1 : at + 2] in (["له"], ["لهم"], ["لها"])
        if folded[at] in SAYING and not to_somebody and introduction(folded, at) is not Introduction.VERSE:
            steps = steps[1:]
        while steps and steps[0].likeness < (NEAR if self._begins(steps[0].t) else SAME):
            steps = steps[1:]
        while (
            steps
            and not self._stops(steps[-1].t_end)
            and (steps[-1].likeness < SAME or self._leads_on(steps[-1].t_end - 1))
        ):
            steps = steps[:-1]
        return steps

    def _begins(self, at: int) -> bool:
        """Whether a verse begins with this word."""
        return at == 0 or self._places[at] != self._places[at - 1]

    def _stops(self, at: int) -> bool:
        """Whether a verse ends before this word."""
        return at == len(self._words) or self._places[at] != self._places[at - 1]

    def _leads_on(self, at: int) -> bool:
        """Whether nobody stops after this word: it belongs to what follows."""
        word = fold(self._words[at])
        return word in _LEADS_ON or (word.startswith("و") and not word.startswith("وال"))

    def _is_recited(self, steps: Sequence[_Step], announced: Introduction) -> bool:
        """Whether so much of the verse was heard that it is no chance, and nothing else was said in its place."""
        replaced = any(step.likeness < LIKE and step.h_end > step.h and step.t_end > step.t for step in steps)
        missed = sum(len(self._text[step.t]) > _PARTICLE for step in steps if step.h_end == step.h)
        extra = sum(step.t_end == step.t for step in steps)
        count = steps[-1].t_end - steps[0].t
        fewest, least = EVIDENCE[announced]
        if not (self._begins(steps[0].t) or self._stops(steps[-1].t_end)):
            least += INSIDE
            fewest = max(fewest, INSIDE_WORDS[announced])
        unannounced = announced is Introduction.NONE and count < LONG
        if replaced or count < fewest or (unannounced and missed + extra):
            return False
        exact = sum(step.likeness == 1 for step in steps) / len(steps)
        bits = sum(
            (1 if step.likeness == 1 else 0.5) * self._bits[at]
            for step in steps
            if step.likeness >= LIKE
            for at in range(step.t, step.t_end)
        )
        return (
            bits >= least
            and exact >= (1 if count <= SHORT[announced] else EXACT_UNANNOUNCED if unannounced else EXACT)
            and missed <= 1 + count // 8
            and extra <= 2 + count // 4
        )

    def _with_repeats(self, heard: Sequence[str], taken: Sequence[bool], steps: list[_Step]) -> list[_Step]:
        """The steps with what is said again before and after: a reciter repeats a part of the verse."""
        steps = list(steps)
        while again := self._after(heard, taken, steps):
            steps += again
        while again := self._before(heard, taken, steps):
            steps = again + steps
        return steps

    def _after(self, heard: Sequence[str], taken: Sequence[bool], steps: Sequence[_Step]) -> list[_Step]:
        """The free words right after a recitation that are the verse from an earlier place on."""
        at, best = steps[-1].h_end, range(0)
        for begin in range(steps[0].t, steps[-1].t_end):
            count = 0
            while (
                at + count < len(heard)
                and begin + count < len(self._text)
                and not taken[at + count]
                and _likeness(heard[at + count], self._text[begin + count]) >= SAME
            ):
                count += 1
            best = max(best, range(begin, begin + count), key=len)
        if len(best) < REPEATED or sum(self._bits[best.start : best.stop]) < REPEATED_BITS:
            return []
        return [_Step(h, h + 1, t, t + 1, _likeness(heard[h], self._text[t])) for h, t in enumerate(best, start=at)]

    def _before(self, heard: Sequence[str], taken: Sequence[bool], steps: Sequence[_Step]) -> list[_Step]:
        """The free words right before a recitation that are the verse up to a place where it is taken up again."""
        stop = steps[0].h
        begin = next(
            (at for at in range(stop, max(0, stop - 4 * REACH), -1) if taken[at - 1]), max(0, stop - 4 * REACH)
        )
        most, place = 0, 0
        for last in range(steps[0].t, steps[-1].t_end):
            count = 0
            while (
                stop - count > begin
                and last >= count
                and _likeness(heard[stop - 1 - count], self._text[last - count]) >= NEAR
            ):
                count += 1
            if count > most:
                most, place = count, last
        if most < REPEATED:
            return []
        offset = place - (stop - 1)
        window = range(begin, stop)
        found = self._align(heard, window, [(h + offset - DRIFT, h + offset + DRIFT) for h in window])
        same = [step for step in found if step.likeness == 1]
        goes_on = (
            len(same) >= REPEATED
            and found[-1].h_end == stop
            and self._places[found[0].t][0] == self._places[steps[0].t][0]
            and all(step.likeness >= LIKE for step in found)
            and sum(self._bits[step.t] for step in same) >= REPEATED_BITS
        )
        return found if goes_on else []

    def _recitations(
        self, heard: Sequence[str], steps: Sequence[_Step], spoken: Sequence[int], *, introduced: bool
    ) -> Iterator[Recitation]:
        """The steps as a recitation; a long one is several, each of whole verses. `spoken` are the indices of words."""
        part: list[_Step] = []
        for number, step in enumerate(steps, 1):
            part.append(step)
            over = len(part) >= LONG_RECITATION and step.likeness >= LIKE and self._stops(step.t_end)
            if over or number == len(steps):
                yield self._recitation(heard, part, spoken, introduced=introduced)
                part, introduced = [], False

    def _recitation(
        self, heard: Sequence[str], steps: Sequence[_Step], spoken: Sequence[int], *, introduced: bool
    ) -> Recitation:
        words: list[tuple[str, int]] = []
        numbers: list[int] = []
        for step in steps:
            texts = self._words[step.t : step.t_end] or [self._said_again(heard[step.h], step.t)]
            # A word that was not heard stands with the one before it.
            last = max(step.h_end - 1, steps[0].h)
            words += [(text, spoken[min(step.h + number, last)]) for number, text in enumerate(texts)]
            own = [verse for _, verse in self._places[step.t : step.t_end]]
            numbers += own or numbers[-1:] or [self._places[step.t][1]]
        places = [self._places[at] for step in steps for at in range(step.t, step.t_end)]
        sura = places[0][0]
        first, last = min(verse for _, verse in places), max(verse for _, verse in places)
        place = f"{SURAS[sura - 1]}: {first}" + (f"-{last}" if last > first else "")
        found = tuple(numbers) if last > first else ()
        return Recitation(spoken[steps[0].h], spoken[steps[-1].h_end - 1], tuple(words), place, introduced, found)


def _band(chain: Sequence[tuple[int, int]], window: range) -> list[tuple[int, int]]:
    """First and last word of the text that each heard word is held against: as far as the chain beside it drifts."""
    offsets = [hit - at for at, hit in chain]
    places = [at for at, _ in chain]
    band = []
    for h in window:
        after = bisect_right(places, h)
        near = offsets[max(0, after - 1) : after + 1]
        band.append((h + min(near) - DRIFT, h + max(near) + DRIFT))
    return band


def _matched(steps: Sequence[_Step]) -> list[_Step]:
    """The steps from the first to the last that has a word on both sides."""
    matched = [at for at, step in enumerate(steps) if step.likeness >= LIKE]
    return list(steps[matched[0] : matched[-1] + 1]) if matched else []


def _gain(bits: float, likeness: float) -> float:
    if likeness == 1:
        return 0.25 + bits / 8
    return (0.25 + bits / 8) * 0.7 * likeness if likeness >= LIKE else UNLIKE


@lru_cache(65536)
def _sounds(word: str) -> str:
    return fold(word).strip(_MARKS).translate(_SOUNDS)


@lru_cache(65536)
def _likeness(one: str, other: str) -> float:
    """1 minus the edit distance over the longer length; 0 where that is under `LIKE`."""
    if one == other:
        return 1.0
    least = LIKE * max(len(one), len(other))
    # The letters in common bound what the distance can come to, at a fraction of its cost.
    if min(len(one), len(other)) < least or sum(letter in other for letter in one) < least:
        return 0.0
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        corner, row[0] = row[0], at
        for place, against in enumerate(other, 1):
            corner, row[place] = row[place], min(corner + (letter != against), row[place] + 1, row[place - 1] + 1)
    return 1 - row[-1] / max(len(one), len(other))
