"""Verses in captions, found in the text that ships."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from itertools import groupby, product

import pytest

from models.restore.quran import EmbeddedQuran, read_quran
from models.training.corpus.captions import track
from models.training.corpus.files import CORPUS, EXAM, talks
from models.training.corpus.talks import Word
from models.writers.edge_words import TWICE_IN_THE_QURAN
from models.writers.edges import REPEATED
from pipeline.arabic.normalize import words
from pipeline.arabic.quran import SURAS

QURAN = EmbeddedQuran()
VERSES = read_quran()
TANZIL = "054b3d9f79c0c2e44df7f9ddf42561797b3b5cb4fbdafbf2e99c805ccf1a6b49"


def found(captions: str) -> list[tuple[str, str]]:
    """Text and place of the verses in some captions."""
    return [(" ".join(word for word, _ in each.words), each.place) for each in QURAN.recitations(captions.split())]


def test_the_text_is_unchanged_and_carries_its_notice() -> None:
    """Tanzil allows copies that are verbatim and have its notice: the file is the published one, 6,236 verses."""
    text = files("models").joinpath("quran", "quran-simple-clean.txt").read_bytes()

    assert sha256(text).hexdigest() == TANZIL
    assert sum(line[:1].isdigit() for line in text.decode().splitlines()) == 6236
    assert b"Creative Commons Attribution 3.0" in text
    assert b"tanzil.net" in text


@pytest.mark.parametrize(
    ("captions", "verse", "place"),
    [
        ("قال تعالى ولتنظر نفس ما قدمت لغد واتقوا يوم الرحيل", "ولتنظر نفس ما قدمت لغد", "الحشر: 18"),
        ("وقد قال ربنا والسماء رفعها ووضع الميزان ثم نزل عن المنبر", "والسماء رفعها ووضع الميزان", "الرحمن: 7"),
        ("قال تعالى فان مع العسر يسرا ان مع العسر يسرا اما بعد", "فإن مع العسر يسرا إن مع العسر يسرا", "الشرح: 5-6"),
        (
            "الاجل قريب قل يا عباد دي الذين اسرفوا على انفسهم لا تقنطوا من رحمه الله ان الله يغفر الذنوب جميعا",
            "قل يا عبادي الذين أسرفوا على أنفسهم لا تقنطوا من رحمة الله إن الله يغفر الذنوب جميعا",
            "الزمر: 53",
        ),
        (
            "يقول سبحانه ان الذين يستكبرون عن عبادتي سيدخلون جهنم داخلين فاحذروا",
            "إن الذين يستكبرون عن عبادتي سيدخلون جهنم داخرين",
            "غافر: 60",
        ),
        ("رب المق والمغرب اله الا هو فاتخذه وكيلا", "رب المشرق والمغرب لا إله إلا هو فاتخذه وكيلا", "المزمل: 9"),
    ],
)
def test_a_verse_is_found_however_it_was_heard(captions: str, verse: str, place: str) -> None:
    """Words split, merged, misheard or lost: the verse stands in its spelling, only as far as it was recited."""
    assert found(captions) == [(verse, place)]


def test_a_repeated_part_is_repeated() -> None:
    """A reciter who says a part three times is quoted so."""
    part = "لا تقنطوا من رحمة الله"
    captions = f"قال تعالى قل يا عبادي الذين اسرفوا على انفسهم {' '.join([part] * 3)} ان الله يغفر الذنوب جميعا"

    (text, _) = found(captions)[0]

    assert text.count(part) == 3


@pytest.mark.parametrize(
    "captions",
    [
        "الحمد لله الذي علم بالقلم علم الانسان ما لم يعلم واشهد ان لا اله الا الله",
        "الحمد لله وكفى وسلام على عباده الذين اصطفى اما بعد",
        "من يهده الله فلا مضل له ومن يضلل فلا هادي له واشهد ان محمدا عبده ورسوله",
        "ربنا تقبل منا انك انت السميع العليم وتب علينا انك انت التواب الرحيم",
        "اللهم اهدنا سبل السلام واخرجنا من الظلمات الى النور برحمتك",
        "قال رسول الله صلى الله عليه وسلم انما الاعمال بالنيات وانما لكل امرئ ما نوى",
        "بسم الله الرحمن الرحيم السلام عليكم ورحمه الله وبركاته ان شاء الله نبدا حلقه النهارده",
        "ولا اقول لكم ان كل امين سيربح في الدنيا فقد يخسر الامين",
        "هو الذي بينك وبينه قرابه والجار الجنب هو الذي لا قرابه بينك وبينه",
        "يا ايها الناس اتقوا الله في اموالكم وفي انفسكم واعلموا ان الله يعلم ما تفعلون",
    ],
)
def test_what_only_sounds_like_a_verse_is_none(captions: str) -> None:
    """Praise, prayer, formula, hadith and speech in words of a verse are no quotation: wrong is worse than none."""
    assert found(captions) == []


def test_an_aside_ends_a_recitation() -> None:
    """What the speaker says in the middle of a verse is not swallowed."""
    captions = "قال تعالى واقيموا الوزن بالقسط شوف يا اخي الكلام ولا تخسروا الميزان"

    spans = [(each.first, each.last) for each in QURAN.recitations(captions.split())]

    assert spans[0] == (2, 4)
    assert all(last < 5 or first > 8 for first, last in spans)


REFRAIN = "فباي الاء ربكما تكذبان"


@pytest.mark.parametrize(
    ("captions", "spans"),
    [
        (f"قال تعالى ذواتا افنان {REFRAIN} {REFRAIN} فيهما من كل فاكهه زوجان", [(2, 7), (8, 16)]),
        (f"قال تعالى {REFRAIN} {REFRAIN}", [(2, 5), (6, 9)]),
        (
            "قال تعالى ومن شر حاسد اذا حسد قل اعوذ برب الناس ملك الناس اله الناس من شر الوسواس الخناس",
            [(2, 6), (7, 18)],
        ),
    ],
    ids=["a refrain between verses", "a refrain twice", "two suras"],
)
def test_recitations_do_not_overlap_nor_reach_over(captions: str, spans: list[tuple[int, int]]) -> None:
    """No word is quoted twice, no verse is put in that nobody recited, and a sura's end ends a quotation."""
    recited = QURAN.recitations(captions.split())

    assert [(each.first, each.last) for each in recited] == spans
    assert all(len(each.words) == each.last - each.first + 1 for each in recited)


def test_brackets_and_numbers_of_typed_captions_are_no_asides() -> None:
    """Captions may have the brackets and the numbers of verses already."""
    captions = "قال تعالى ﴿ قل هو الله احد (1) الله الصمد (2) لم يلد ولم يولد ﴾ صدق الله العظيم"

    (only,) = QURAN.recitations(captions.split())

    assert (only.first, only.last, only.place, only.introduced) == (3, 14, "الإخلاص: 1-3", True)


def test_a_long_recitation_is_several_of_whole_verses() -> None:
    """A reader who recites a page gets quotations that can be read and cited."""
    captions = " ".join(VERSES[2, number] for number in range(2, 30)).split()

    recited = QURAN.recitations(captions)

    assert len(recited) >= 4
    assert all(len(each.words) < 130 for each in recited)
    assert [each.first for each in recited[1:]] == [each.last + 1 for each in recited[:-1]]


def test_every_word_of_a_recitation_was_heard_inside_it() -> None:
    """Each printed word names the caption word in which it was heard, in order."""
    captions = ["قال", "تعالى", "امن", "يجيب", "المضطر", "اذا", "دعاه", "ويكشف", "السوء", "ويجعلكم", "خلفاء", "الارض"]

    (only,) = QURAN.recitations(captions)

    places = [place for _, place in only.words]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (only.first, only.last) == (2, len(captions) - 1)


def test_the_verses_of_the_corpus_are_found() -> None:
    """19 of 20 verses of corpus and exam are whole, right and in their place, also with 3 % misheard; none is false."""
    whole = total = 0
    for talk, rate in product((*talks(CORPUS), *talks(EXAM)), (0.0, 0.03)):
        recited = [(verse, " ".join(word.text for word in run)) for verse, run in groupby(talk.words, _verse) if verse]
        captions = [word.heard.text for word in track(talk, rate, seed=1).words]
        quoted = [(each.place, f" {' '.join(word for word, _ in each.words)} ") for each in QURAN.recitations(captions)]
        total += len(recited)
        whole += sum(any(f" {text} " in quote for _, quote in quoted) for _, text in recited)
        spoken = f" {' '.join(text for _, text in recited)} "
        longer = [quote for _, quote in quoted if quote not in spoken]  # the speaker went over into the verse
        assert all(any(f" {text} " in quote for _, text in recited) for quote in longer), talk.id
        assert all(quote in _recited_at(place) for place, quote in quoted), talk.id

    assert whole >= 0.95 * total


def _recited_at(place: str) -> str:
    """The verses of a place in a row, without the signs of pauses."""
    sura, _, numbers = place.partition(": ")
    first, _, last = numbers.partition("-")
    verses = range(int(first), int(last or first) + 1)
    words = " ".join(VERSES[SURAS.index(sura) + 1, number] for number in verses).split()
    return f" {' '.join(word for word in words if word.isalpha())} "


def _verse(word: Word) -> str:
    return word.verse


def test_what_the_text_says_twice_at_once_is_known() -> None:
    """All runs of words that follow on themselves in it, and no others."""
    text = words(" ".join(verse for _, verse in sorted(read_quran().items())))
    doubled = {
        " ".join(text[at : at + length])
        for length in range(1, REPEATED + 1)
        for at in range(len(text) - 2 * length + 1)
        if text[at : at + length] == text[at + length : at + 2 * length]
    }
    assert doubled == TWICE_IN_THE_QURAN
