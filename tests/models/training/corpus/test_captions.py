"""Captions of a talk: the words that are said, when, and what was misheard."""

from __future__ import annotations

from itertools import accumulate, pairwise
from random import Random
from statistics import mean

import pytest

from models.training.corpus.captions import RATES, srt, track, truth, typed, typed_by_phrase, vtt
from models.training.corpus.errors import KINDS, recognised
from models.training.corpus.files import CORPUS, talks
from models.training.corpus.spelling import automatic
from models.training.corpus.timing import pauses
from pipeline.segment.captions import spoken_words
from pipeline.sources import formats
from tests.models.training.corpus.written import talk

TALKS = talks(CORPUS)
TALK = TALKS[6]


def test_the_spelling_is_that_of_automatic_captions() -> None:
    """No hamza on alef, no taa marbuta, no tanween, no letter that standard Arabic has not; verses too."""
    text = " ".join(word.heard.text for word in track(talk(), 0, 1).words)

    assert text.startswith("مساء الخير معنا اليوم الاستاذ عمر اهلا انا شربت انا انا شربت 2.5 فنجان قبل ان اصل")
    assert text.endswith("قال تعالى والسماء رفعها ووضع الميزان فكيف تزن انت البن بالميزان ثم اشرب جاي")


@pytest.mark.parametrize("rate", RATES)
def test_the_same_seed_makes_the_same_captions(rate: float) -> None:
    """Another seed makes others."""
    assert vtt(track(TALK, rate, 1)) == vtt(track(TALK, rate, 1)) != vtt(track(TALK, rate, 2))
    assert typed(TALK, 1) == typed(TALK, 1) != typed(TALK, 2)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("write", [vtt, srt])
def test_the_program_reads_the_files_back(rate: float, write: type) -> None:
    """Rolling and overlapping cues give every caption word once, in order."""
    captions = track(TALK, rate, 1)
    reader = formats.parse_vtt if write is vtt else formats.parse_srt
    words, _ = spoken_words(reader(write(captions)))

    assert [word.text for word in words] == [word.heard.text for word in captions.words]


def test_times_run_on() -> None:
    """No word begins before the one before it, none lasts nothing, and a talk is as fast as people talk."""
    words = track(TALK, 0.08, 1).words

    assert all(one.start <= two.start for one, two in pairwise(words))
    assert all(word.start < word.end for word in words)
    assert 1.9 < len(TALK.words) / words[-1].end < 2.8


def test_pauses_mostly_tell_of_ends_and_sometimes_mislead() -> None:
    """Longer at ends than at commas, missing at some ends, and some stand where no mark is."""
    silences: dict[str, list[float]] = {"end": [], "comma": [], "none": []}
    for each in TALKS:
        for word, silence in zip(each.words[:-1], pauses(each, Random(1)), strict=False):  # noqa: S311 - repeatable
            place = {"": "none", "،": "comma", ".": "end", "؟": "end"}.get(word.mark)
            if place and not word.dropped:
                silences[place].append(silence)

    assert mean(silences["end"]) > 2 * mean(silences["comma"]) > 4 * mean(silences["none"])
    assert 0.05 < mean(silence == 0 for silence in silences["end"]) < 0.3
    assert 0.01 < mean(silence > 0 for silence in silences["none"]) < 0.1


@pytest.mark.parametrize("rate", RATES)
def test_every_spoken_word_is_covered_and_every_error_is_known(rate: float) -> None:
    """What is not called an error is the word that was said; about the asked share of words is misheard."""
    spelled = [automatic(word.text) for word in TALK.words]
    heard = [word.heard for word in track(TALK, rate, 1).words]
    spans = dict.fromkeys((each.first, each.last) for each in heard)
    wrong = {at for each in heard if each.kind for at in range(each.first, each.last)}

    assert [at for first, last in spans for at in range(first, last)] == list(range(len(spelled)))
    assert all(each.text == spelled[each.first] for each in heard if not each.kind)
    assert len(wrong) == pytest.approx(rate * len(spelled), abs=1)


def test_the_truth_stands_beside_each_error() -> None:
    """`{heard|meant}` as in the gold of real captions: the right sides are the words as written."""
    line = truth(track(TALK, 0.08, 1))
    pairs = [part.split("}")[0].split("|") for part in line.split("{")[1:]]

    assert len(pairs) > 50
    assert all(heard != automatic(meant) for heard, meant in pairs)
    assert all(meant in " ".join(word.text for word in TALK.words) for _, meant in pairs)


def test_errors_are_of_all_the_kinds_that_real_captions_have() -> None:
    """Merged and split words, similar letters, lost clitics and endings, wrong names, another word."""
    kinds = {word.heard.kind for each in TALKS for word in track(each, 0.08, 1).words}

    assert kinds - {""} == KINDS.keys()


def test_what_is_misheard_is_mostly_a_word() -> None:
    """Recognition writes words that it knows: with the words of all talks known, most slips make one of them."""
    known = frozenset(automatic(word.text) for each in TALKS for word in each.words)
    spelled = [automatic(word.text) for word in TALK.words]
    draw = Random(1)  # noqa: S311 - repeatable
    wrong = [each.text for each in recognised(spelled, 0.08, draw, known=known) if each.kind]

    assert 0.5 < mean(text in known for text in wrong) < 0.95


def test_typed_captions_say_all_in_lines_that_end_with_clauses() -> None:
    """The written words in order, few marks, no line longer than twelve words."""
    lines = typed(TALK, 1)
    words = [word.strip("،؛:.؟!") for line in lines for word in line.split()]
    ends = mean(line[-1] in "،؛:.؟!" for line in lines)

    assert words == [word.text for word in TALK.words]
    assert max(len(line.split()) for line in lines) == 12
    assert ends < 0.3


def test_phrases_are_typed_in_short_lines() -> None:
    """The written words in order in lines of three to nine, shorter than clauses; every sentence ends a line."""
    lines = typed_by_phrase(TALK, 1)
    words = [word.strip("،؛:.؟!") for line in lines for word in line.split()]
    lengths = [len(line.split()) for line in lines]
    last = list(accumulate(lengths))

    assert words == [word.text for word in TALK.words]
    assert max(lengths) <= 9
    assert 4 < mean(lengths) < 5.6
    assert set(accumulate(len(sentence.words) for sentence in TALK.sentences)) <= set(last)
