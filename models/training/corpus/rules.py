"""What has to hold of the talks and statements of the corpus: each function gives the places where it does not."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import permutations
from typing import TYPE_CHECKING

from models.training.corpus.captions import RATES, track, typed
from models.training.corpus.spelling import automatic
from models.training.corpus.talks import VARIETIES
from pipeline.arabic.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from models.training.corpus.files import Statement
    from models.training.corpus.talks import Sentence, Talk

TALK_WORDS = (880, 1550)
SENTENCE_WORDS = 62
TOPICS = (6, 9)
HEADING_WORDS = (2, 6)
MOST_LINES = 6
"""Sentences that a statement may cite."""
STATEMENT_WORDS = (7, 40)
TRUE_KINDS = {"near": 3, "abstractive": 6, "summary": 3}
"""Of the twelve true statements of a talk, and of those that its twelve false ones were made from."""
FALSE_KINDS = (
    *("other_subject", "other_object", "cause_effect", "condition_to_fact", "modality", "quantifier"),
    *("negation_lexical", "negation_dropped", "attribution", "time_order", "comparison_reversed", "merged_halves"),
    *("number_moved", "scope", "plausible_addition", "exaggeration"),
)
MOST_OF_A_KIND = 2
"""False statements of one kind in one talk."""
SHARED_TRIGRAMS = 0.05
SHARED_BY_SERMONS = 0.09
"""Shares of a talk's runs of three words outside verses that may stand in one other talk: sermons share formulas."""

_VERSES = re.compile("﴿[^﴾]*﴾")
_SIGNS = re.compile("[\u0640\u064c-\u0652\u0670]|\u064b(?!(?:[^\\w]|$))")
_FOREIGN = re.compile(r"[;?,](?![0-9])|[٠-٩]")
_PAIRS = (("«", "»"), ("﴿", "﴾"), ("[-", "-]"))


def of_talk(talk: Talk) -> Iterator[str]:
    """A talk's length, variety, headings and sentences."""
    if not TALK_WORDS[0] <= len(talk.words) <= TALK_WORDS[1]:
        yield f"{talk.id}: {len(talk.words)} words"
    if talk.variety not in VARIETIES:
        yield f"{talk.id}: {talk.variety} is no variety"
    if not TOPICS[0] <= len(set(talk.topics)) == len(talk.topics) <= TOPICS[1]:
        yield f"{talk.id}: {len(talk.topics)} headings, {len(set(talk.topics))} different ones"
    long_or_short = [text for text in talk.topics if not HEADING_WORDS[0] <= len(text.split()) <= HEADING_WORDS[1]]
    yield from (f"{talk.id}: heading {text}" for text in long_or_short)
    for sentence in talk.sentences:
        yield from (f"{talk.id}, line {sentence.number}: {fault}" for fault in _of_sentence(talk, sentence))


def _of_sentence(talk: Talk, sentence: Sentence) -> Iterator[str]:
    plain = _VERSES.sub("", sentence.text)
    if not sentence.ends:
        yield "no mark at its end"
    if not 0 < len(sentence.words) <= SENTENCE_WORDS:
        yield f"{len(sentence.words)} words"
    if sentence.topic < 0 or sentence.voice not in talk.voices:
        yield "no heading above it, or a voice that the header does not name"
    if _SIGNS.search(plain):
        yield "vowel signs or tatweel"
    if _FOREIGN.search(plain):
        yield "Latin marks or Arabic-Indic figures"
    if any(sentence.text.count(opening) != sentence.text.count(closing) for opening, closing in _PAIRS):
        yield "brackets without their pair"


def of_captions(talk: Talk, seed: int = 1) -> Iterator[str]:
    """Captions say what the talk says: every word once and in order, another only where the truth is kept."""
    spelled = [automatic(word.text) for word in talk.words]
    for rate in RATES:
        heard = [word.heard for word in track(talk, rate, seed).words]
        covered = [at for each in dict.fromkeys((one.first, one.last) for one in heard) for at in range(*each)]
        if covered != list(range(len(spelled))):
            yield f"{talk.id}: captions with {rate:.0%} of errors do not cover the words"
        if any(each.text != spelled[each.first] for each in heard if not each.kind):
            yield f"{talk.id}: captions with {rate:.0%} of errors change a word and do not say so"
        if rate == 0 and any(each.kind for each in heard):
            yield f"{talk.id}: captions without errors have some"
    lines = " ".join(re.sub(r"[،؛:.؟!…](?=\s|$)", "", line) for line in typed(talk, seed))
    if lines.split() != [word.text for word in talk.words]:
        yield f"{talk.id}: typed captions have other words"


def of_statements(talk: Talk, statements: Sequence[Statement]) -> Iterator[str]:
    """Twelve true and twelve false statements of the right kinds, whose lines exist."""
    made = Counter(each.kind for each in statements if each.label)
    from_ = Counter(each.made_from for each in statements if not each.label)
    if made != TRUE_KINDS or from_ != TRUE_KINDS:
        yield f"{talk.id}: true {dict(made)}, false made from {dict(from_)}"
    false = Counter(each.kind for each in statements if not each.label)
    if not set(false) <= set(FALSE_KINDS) or max(false.values(), default=0) > MOST_OF_A_KIND:
        yield f"{talk.id}: false kinds {dict(false)}"
    for each in statements:
        if not 0 < len(each.lines) <= MOST_LINES or not set(each.lines) <= {one.number for one in talk.sentences}:
            yield f"{talk.id}: lines {each.lines} of {each.text}"
        if not STATEMENT_WORDS[0] <= len(each.text.split()) <= STATEMENT_WORDS[1]:
            yield f"{talk.id}: {len(each.text.split())} words: {each.text}"


def doubles(statements: Iterable[Statement]) -> Iterator[str]:
    """Statements that say the same twice, whatever the marks."""
    seen = Counter(" ".join(re.findall(r"\w+", fold(each.text))) for each in statements)
    return (f"a statement stands {times} times: {text}" for text, times in seen.items() if times > 1)


def unbalanced(statements: Sequence[Statement]) -> Iterator[str]:
    """Kinds of fault that are less than half or more than twice as frequent as they would be if all were equally so."""
    counts = Counter(each.kind for each in statements if not each.label)
    even = counts.total() / len(FALSE_KINDS)
    return (f"{kind}: {counts[kind]} times" for kind in FALSE_KINDS if not even / 2 <= counts[kind] <= 2 * even)


def copied(library: Sequence[Talk]) -> Iterator[str]:
    """Those of some talks that say too much in the words of another one."""
    for talk, share in zip(library, shared_trigrams(library).values(), strict=True):
        if share > (SHARED_BY_SERMONS if talk.kind == "sermon" else SHARED_TRIGRAMS):
            yield f"{talk.id}: {share:.3f} of its runs of three words stand in one other talk"


def shared_trigrams(library: Sequence[Talk]) -> dict[str, float]:
    """For each talk, the largest share of its runs of three words that stand in one other talk."""
    runs = {talk.id: _trigrams(talk) for talk in library}
    homes: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, each in runs.items():
        for run in each:
            homes[run].append(name)
    shared: dict[str, Counter[str]] = {name: Counter() for name in runs}
    for names in homes.values():
        for name, other in permutations(names, 2):
            shared[name][other] += 1
    return {name: max(shared[name].values(), default=0) / max(1, len(runs[name])) for name in runs}


def _trigrams(talk: Talk) -> set[tuple[str, ...]]:
    words = [automatic(word.text) for word in talk.words if not word.verse]
    return set(zip(words, words[1:], words[2:], strict=False))
