"""The talks of the corpus as training text, and what is measured on speech."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from models.training.corpus.files import CORPUS, EXAM, MARKED, talks
from models.training.corpus.splits import splits, training_talks
from models.training.restore import dataset, speech, spoken
from models.training.restore.corpus import MARKS, Token
from pipeline.arabic.orthography import bare, is_arabic
from tests.models.training.corpus.written import talk

SOME = 80
"""Every so many talks are captioned: all of them take a minute."""


def test_words_keep_spelling_and_marks() -> None:
    """As the network reads them: figures as `0`, an exclamation as a full stop, tanween as a flag."""
    words = spoken.written(talk())

    assert [word.text for word in words[:6]] == ["مساء", "الخير", "معنا", "اليوم", "الأستاذ", "عمر"]
    assert [word.mark for word in words[:6]] == ["", "،", "", "", "", "."]
    assert next(word for word in words if word.text == "أهلا").tanween
    assert {word.text for word in words if not is_arabic(word.text)} == {"0"}
    assert {word.mark for word in words} <= set(MARKS)


def test_misheard_words_keep_the_marks_of_the_truth() -> None:
    """Of each share of errors as many marks as the talk has, but for those inside a merged word."""
    each = talks(CORPUS)[0]
    marks = sum(bool(word.mark) for word in spoken.written(each))
    for words in spoken.heard(each):
        assert 0.97 * marks < sum(bool(word.mark) for word in words) <= marks
        assert all(bare(word.text) == word.text for word in words)


def test_only_training_talks_are_read() -> None:
    """Development, test and exam talks are in no training text; spelling is learned from the written version alone."""
    training = training_talks()
    library = dataset.read_talks(training[::SOME], 5.0)
    named = [each.id for each in training]

    assert sorted(named) == sorted([*splits()["train"], *(each.id for each in talks(MARKED))])
    assert not {*named} & {each.id for each in talks(EXAM)}
    assert [article.name.removeprefix(dataset.TALK) for article in library if article.careful] == named[::SOME]
    assert {article.weight for article in library} == {5.0}


def test_tags_do_not_depend_on_the_talks() -> None:
    """A network that goes on with the talks keeps its list of tags."""
    own = [dataset.read_own()]

    assert list(dataset.arrays([*own, *dataset.read_talks(training_talks()[::SOME], 1.0)])["tags"]) == list(
        dataset.arrays(own)["tags"]
    )


def test_gold_stretches_are_read_as_heard(tmp_path: Path) -> None:
    """Headings are left out, a misheard word stays as heard, a line ends a sentence; captions beside are not read."""
    folder = tmp_path / "data" / "speech_gold"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("@ transcripts/sermon/a.srt words 0-3\n\n# عنوان\nإن {ايتي|هايتي} بلد،\nنعم؟\n")
    (folder / "a.captions.txt").write_text("ان ايتي بلد نعم")
    (stretch,) = speech.speech_gold(tmp_path)

    assert [(word.text, word.mark) for word in stretch.words] == [
        *(("إن", ""), ("ايتي", ""), ("بلد", "."), ("نعم", "؟")),
    ]
    assert stretch.sermon


def test_the_halves_are_alike_and_share_nothing() -> None:
    """Seven and seven, two of the four sermons in each; the seed always gives the same."""
    stretches = [speech.Stretch(str(at), (Token("و"),), sermon=at < 4) for at in range(14)]
    choosing, reporting = speech.halved(stretches)

    assert (len(choosing), len(reporting)) == (7, 7)
    assert {each.name for each in choosing + reporting} == {str(at) for at in range(14)}
    assert sum(each.sermon for each in choosing) == sum(each.sermon for each in reporting) == 2
    assert [each.name for each in speech.halved(stretches)[0]] == [each.name for each in choosing]


def test_the_best_threshold_is_taken() -> None:
    """Scores that part true from false at any height reach 1."""
    true = np.array([True, False, True])

    assert speech.best(np.array([0.2, 0.05, 0.3]), true) == 1
    assert speech.best(np.array([0.2, 0.9, 0.3]), true) == 0.8
