"""Verses as units of a script."""

from __future__ import annotations

import pytest

from pipeline.segment.prepare import prepare
from pipeline.settings import TextSettings
from pipeline.types.article import Caption, Recitation, Recording, Script, Track, TrackOrigin, Transcript, Verse, Video

SETTINGS = TextSettings(minimum_words=1)
LONG = "كلمه " * 60


class Reciter:
    """A `VerseFinder` that knows where the verses of one test are."""

    identity = "reciter"

    def __init__(self, *recitations: Recitation) -> None:
        self._recitations = recitations

    def recitations(self, words: object) -> tuple[Recitation, ...]:  # noqa: ARG002 - the port's signature
        """Those it was given."""
        return self._recitations


def script_of(captions: str | Caption, *recitations: Recitation) -> Script:
    """The script of one cue."""
    cue = Caption(captions) if isinstance(captions, str) else captions
    transcript = Transcript(Track("ar", TrackOrigin.AUTOMATIC), (cue,))
    return prepare(Recording(Video("v", "title"), transcript), SETTINGS, verses=Reciter(*recitations))


def test_a_verse_stands_in_brackets_in_its_spelling() -> None:
    """The words that were heard give way to the verse's, a colon announces it, and the script keeps what was heard."""
    verse = Recitation(2, 4, (("والسماء", 2), ("رفعها", 3), ("لا", 4), ("إله", 4)), "الرحمن: 7", introduced=True)

    script = script_of("قال تعالي والسماء، رفعها الاه ثم مضي الخطيب في حديثه", verse)

    assert script.sentences[0].text == "قال تعالي: ﴿والسماء رفعها لا إله﴾ ثم مضي الخطيب في حديثه"
    assert script.verses == (Verse("والسماء رفعها لا إله", "الرحمن: 7", "والسماء، رفعها الاه"),)


def test_a_sentence_is_over_with_its_verse() -> None:
    """Unless a word follows that goes on with it."""
    verse = Recitation(2, 3, (("والسماء", 2), ("رفعها", 3)), "الرحمن: 7", introduced=True)

    script = script_of("قال تعالي والسماء رفعها وهذا بيان لمن اراد ان يفهم", verse)

    assert [each.text for each in script.sentences] == ["قال تعالي: ﴿والسماء رفعها﴾.", "وهذا بيان لمن اراد ان يفهم"]


@pytest.mark.parametrize("marked", ["", "؟"])
def test_nothing_divides_a_verse(marked: str) -> None:
    """However long it is, whatever marks its captions had, and with a fixed phrase inside."""
    texts = [f"كلمة{at}" for at in range(100)]
    texts[40:43] = "رضي", "الله", "عنهم"
    words = tuple((text, at + 2) for at, text in enumerate(texts))
    captions = "قال تعالي " + " ".join(f"{text}{marked if at == 50 else ''}" for at, text in enumerate(texts))

    script = script_of(captions, Recitation(2, 101, words, "البقرة: 282", introduced=True))

    (only,) = script.sentences
    assert only.text.count("كلمة") == 97
    assert only.text.endswith("كلمة99﴾.")
    assert "؟" not in only.text


def test_the_words_of_a_verse_have_times() -> None:
    """Two words that were heard as one share its time; the verse ends when its last word was over."""
    verse = Recitation(1, 2, (("لا", 1), ("إله", 1), ("إلا", 2)), "محمد: 19", introduced=False)

    script = script_of(Caption("فقال الاه الا", 0.0, 3.0, (0.0, 1.0, 2.0)), verse)

    (only,) = script.sentences
    assert len(only.times) == len(only.text.split()) == 4
    assert only.times[0] == 0.0
    assert list(only.times) == sorted(only.times)
    assert 1.0 == only.times[1] < only.times[2] < only.times[3] == 2.0
    assert only.end == 3.0


def test_two_recitations_each_stand_in_brackets() -> None:
    """A colon stands before what is announced, and not between two verses."""
    first = Recitation(2, 3, (("والسماء", 2), ("رفعها", 3)), "الرحمن: 7", introduced=True)
    second = Recitation(4, 5, (("ووضع", 4), ("الميزان", 5)), "الرحمن: 7", introduced=True)

    script = script_of("قال تعالي والسماء رفعها ووضع الميزان", first, second)

    text = " ".join(each.text for each in script.sentences)
    assert text == "قال تعالي: ﴿والسماء رفعها﴾. ﴿ووضع الميزان﴾."
    assert [verse.text for verse in script.verses] == ["والسماء رفعها", "ووضع الميزان"]


def test_brackets_and_vowel_signs_of_captions_are_kept_once() -> None:
    """Typed captions may have both: no bracket stands twice, and the signs that somebody typed are not lost."""
    verse = Recitation(3, 4, (("والسماء", 3), ("رفعها", 4)), "الرحمن: 7", introduced=True)

    script = script_of("قال تعالى ﴿ وَالسَّمَاءَ رَفَعَهَا ﴾ وهذا بيان لمن اراد", verse)

    assert [each.text for each in script.sentences] == ["قال تعالى: ﴿وَالسَّمَاءَ رَفَعَهَا﴾.", "وهذا بيان لمن اراد"]
