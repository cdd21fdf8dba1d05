"""The restorer's shipped weights, on text that the project wrote."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

import models
from models.restore.restorer import EmbeddedRestorer, NeuralRestorer
from pipeline.arabic.orthography import unsigned
from pipeline.evaluate import spelling
from pipeline.evaluate.gold import gold_files, read_gold
from pipeline.evaluate.restoration import RestorationMethods
from pipeline.evaluate.restoration_texts import WrittenText, written_text
from pipeline.segment.sentences import split_sentences
from pipeline.settings import TextSettings
from pipeline.types.article import SpokenWord

FOLDER = Path(models.__file__).parent / "weights"
LARGEST = {"restore.npz": 12_000_000, "encoder.npz": 22_000_000, "quotability.npz": 400_000}
"""Bytes that each file of weights may have."""
GOLD = {path.stem: path for path in gold_files()}


@pytest.fixture(scope="module")
def restorer() -> NeuralRestorer:
    """The restorer as the program loads it."""
    return EmbeddedRestorer().restorer


@pytest.fixture(scope="module")
def methods(restorer: NeuralRestorer) -> RestorationMethods:
    """The restorer beside the baselines."""
    return RestorationMethods(restorer)


def gold(name: str) -> WrittenText:
    """A gold talk as one text: every line of it is a sentence."""
    return written_text(name, read_gold(GOLD[name]).sentences)


@pytest.mark.parametrize("name", LARGEST)
def test_the_weights_are_plain_and_small(name: str) -> None:
    """Arrays that load without pickle, of so many bytes at most."""
    with np.load(FOLDER / name, allow_pickle=False) as archive:
        kinds = {archive[key].dtype.kind for key in archive.files}

    assert (FOLDER / name).stat().st_size <= LARGEST[name]
    assert kinds <= set("iufU")


def test_the_identity_names_the_weights(restorer: NeuralRestorer) -> None:
    """It is the same in every run, so that finished work is found again, and another when either file is."""
    both = b"".join((FOLDER / name).read_bytes() for name in ("restore.npz", "encoder.npz"))

    assert restorer.identity == EmbeddedRestorer().identity
    assert restorer.identity == f"restore-{sha256(both).hexdigest()[:16]}"


@pytest.mark.parametrize(
    "written",
    [
        "ذهب الأولاد إلى المدرسة في الصباح",
        "هذه الحكومة لا تملك أي خطة لإدارة الأزمة الاقتصادية",
        "وقد أكد الرئيس أن العلاقات بين البلدين قوية",
        "كانت الإمبراطورية العثمانية أكبر دولة إسلامية في العالم",
        "أعلنت الشركة عن إنتاج هاتف جديد في سنة 2010",
        "تعتبر اللغة العربية من أقدم اللغات السامية",
        "ولد في مدينة القاهرة ودرس الهندسة في جامعة الإسكندرية",
    ],
)
def test_plain_sentences_are_spelled_as_they_are_written(methods: RestorationMethods, written: str) -> None:
    """Hamza, taa marbuta and what has neither, in sentences of the everyday press."""
    text = written_text("", [written])

    assert " ".join(methods.model(text.captions)) == written


def test_the_words_around_decide(methods: RestorationMethods) -> None:
    """One spelling in captions, two in writing: after `قال` and before a name, in construct and with a pronoun."""
    assert "إن" in methods.model(["وقال", "الرئيس", "ان", "الدوله", "قويه"])
    assert "أن" in methods.model(["يجب", "ان", "تكون", "الدوله", "قويه"])


@pytest.mark.parametrize(
    "written",
    [
        "اللهم احفظ بلادنا وانصر إخواننا واغفر لنا وارحم موتانا",
        "ثم اعلموا أن الله أمركم بالصلاة على نبيه",
        "ألا وصلوا وسلموا على نبيكم",
        "صلى الله عليه وعلى آله وصحبه أجمعين",
        "وفق الله قضاة المسلمين وولاة أمورهم",
        "أقول قولي هذا وأستغفر الله لي ولكم",
        "يقول العلماء إن الصبر نصف الإيمان",
        "سأتوب غدا وسأحاول أن أكتب كل يوم",
    ],
)
def test_sermons_are_spelled_as_they_are_written(methods: RestorationMethods, written: str) -> None:
    """Imperatives, `إن` and `ألا`, madda, taa marbuta and `I`, which an encyclopedia hardly has."""
    text = written_text("", [written])

    assert " ".join(map(unsigned, methods.model(text.captions))) == written


def test_our_is_no_tanween(restorer: NeuralRestorer) -> None:
    """`نفوسنا` is "our souls"."""
    said = "نسال الله ان يصلح نفوسنا وقلوبنا وان يرحم موتانا"

    assert "ً" not in "".join(word.text for word in restorer.restore(tuple(map(SpokenWord, said.split()))))


def test_sentences_begin_where_one_is_over(restorer: NeuralRestorer) -> None:
    """Two plain sentences are told apart."""
    talk = "تقع المدينه في شمال البلاد وتبلغ مساحتها مئه كيلومتر مربع ولد الشاعر في عام 1920 ودرس في جامعه دمشق"
    sentences = split_sentences(restorer.restore(tuple(map(SpokenWord, talk.split()))), TextSettings())

    assert [sentence.text.split()[-1] for sentence in sentences] == ["مربع.", "دمشق."]


@pytest.mark.parametrize(("name", "floor"), [("talk", 0.98), ("solar_home", 0.98), ("koshari", 0.95)])
def test_gold_talks_are_spelled(methods: RestorationMethods, name: str, floor: float) -> None:
    """Share of words spelled exactly; the captions as they are have between 0.7 and 0.85."""
    found = spelling.of_texts([gold(name)], methods.model)

    assert found.share >= floor
    assert found.share > spelling.of_texts([gold(name)], methods.lexicon).share


@pytest.mark.parametrize("name", sorted(GOLD))
def test_gold_talks_as_they_are_stay(restorer: NeuralRestorer, name: str) -> None:
    """Spelled and punctuated text is returned word for word."""
    track = tuple(SpokenWord(word) for sentence in read_gold(GOLD[name]).sentences for word in sentence.split())

    assert restorer.restore(track) == track


def test_pauses_end_sentences_that_words_leave_open(restorer: NeuralRestorer) -> None:
    """The same words with a silence in another place: the encoder has learned from captions with times."""
    text = "رجعنا الى البيت بعد الظهر كان الاولاد ينتظروننا عند الباب ومعهم صديقهم الجديد"

    def odds(silence: int) -> list[float]:
        now, track = 0.0, []
        for at, word in enumerate(text.split()):
            track.append(SpokenWord(word, now, now + 0.5))
            now += 0.5 + (0.9 if at == silence else 0.0)
        return [word.odds or 0.0 for word in restorer.restore(tuple(track))]

    assert odds(4)[4] > odds(2)[4] + 1
    assert odds(2)[2] > odds(4)[2] + 1


def test_the_same_captions_are_restored_the_same(restorer: NeuralRestorer) -> None:
    """To the last bit, in one process."""
    track = tuple(map(SpokenWord, ("ذهب الولد الى المدرسه ثم عاد الى البيت وقال لامه " * 40).split()))

    assert restorer.restore(track) == restorer.restore(track)
