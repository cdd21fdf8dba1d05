"""A recording becomes a script: sentences in passages, nothing lost, or a clear refusal."""

from dataclasses import replace
from itertools import pairwise

import pytest

from pipeline.arabic import normalize
from pipeline.errors import TooShort
from pipeline.segment.prepare import prepare
from pipeline.settings import TextSettings
from pipeline.types.article import (
    Caption,
    Recording,
    Restoration,
    Script,
    SpokenWord,
    Track,
    TrackOrigin,
    Transcript,
    Video,
)

LINES = (
    "اهلا بكم في حلقه جديده من البرنامج",
    "[موسيقى]",
    "نتحدث اليوم عن دمشق وبغداد",
    "وهما مدينتان بينهما طريق قديم",
    "ثم نتحدث عن النهر الذي يجمعهما",
    "وقد كتب عنه كثير من المؤرخين",
)
SETTINGS = TextSettings(minimum_words=20)


def recording(*captions: Caption, seconds: float | None = None) -> Recording:
    """A recording of these captions, or of the lines above at 3 seconds each."""
    cues = captions or tuple(Caption(line, 3.0 * place, 3.0 * place + 4) for place, line in enumerate(LINES))
    return Recording(Video("abc", "عنوان", seconds=seconds), Transcript(Track("ar", TrackOrigin.AUTOMATIC), cues))


def test_every_caption_word_is_in_exactly_one_sentence() -> None:
    """The gap test: the script's words in order are the captions' words in order, without the noise on record."""
    script = prepare(recording(), SETTINGS)
    said = normalize.words(" ".join(sentence.text for sentence in script.sentences))
    assert said == normalize.words(" ".join(line for line in LINES if "[" not in line))
    assert [removal.text for removal in script.removed] == ["[موسيقى]"]


def test_the_script_names_its_video_and_track() -> None:
    """What was transcribed, and from which track, goes with the sentences."""
    given = recording()
    script = prepare(given, SETTINGS)
    assert (script.video, script.track) == (given.video, given.transcript.track)


def test_times_ascend_and_stay_inside_the_video() -> None:
    """No sentence points behind the video's end, though captions overshoot it."""
    script = prepare(recording(seconds=16.0), SETTINGS)
    moments = [moment for sentence in script.sentences for moment in (*sentence.times, sentence.end)]
    assert None not in moments
    assert all(a <= b for a, b in pairwise([moment for moment in moments if moment is not None]))
    assert moments[-1] == 16.0


def test_a_short_talk_is_refused_with_its_length() -> None:
    """Under `minimum_words` there is no script: the error says how many words there were and which setting decides."""
    with pytest.raises(TooShort, match="abc: 29 words") as caught:
        prepare(recording(), replace(SETTINGS, minimum_words=30))
    assert "minimum_words" in caught.value.hint


@pytest.mark.parametrize("caption", [Caption(""), Caption("[موسيقى]", 1.0, 2.0), Caption("؟ ... -")])
def test_a_talk_without_words_is_refused(caption: Caption) -> None:
    """Noise and marks are no speech."""
    with pytest.raises(TooShort):
        prepare(recording(caption), TextSettings(minimum_words=1))


def test_well_typed_captions_are_left_as_they_are() -> None:
    """Letters, vowel signs and marks of a typed track reach the script unchanged."""
    text = "قال الوزيرُ: «نعم، سنلتقي غداً». ثم غادر إلى بغداد."
    script = prepare(recording(Caption(text)), TextSettings(minimum_words=1))
    assert " ".join(sentence.text for sentence in script.sentences) == text


class Speller:
    """A `Restorer` of one rule: a greeting gets its hamza and a comma, and nothing ends before the last word."""

    identity = "speller"

    def restore(self, words: tuple[SpokenWord, ...]) -> tuple[SpokenWord, ...]:
        """The words, one of them written otherwise."""
        return tuple(replace(w, text="أهلا،" if w.text == "اهلا" else w.text, odds=-9.0, closing="!") for w in words)


def test_a_restorer_writes_between_captions_and_sentences() -> None:
    """What a restorer does to letters, marks and sentence ends is in the script, and words keep their seconds."""
    plain = prepare(recording(), SETTINGS)
    restored = prepare(recording(), SETTINGS, Speller())

    assert "أهلا، " in restored.sentences[0].text
    assert restored.sentences[-1].text.endswith("!")
    assert [t for s in restored.sentences for t in s.times] == [t for s in plain.sentences for t in s.times]


def test_a_title_gets_the_hamzas_that_people_leave_out() -> None:
    """Its other words and its marks stay, none is added, and a title that lacks nothing is not repeated."""
    titled = recording()
    titled = replace(titled, video=replace(titled.video, title="اهلا بكم في أسوان! | اهلا؟"))

    assert prepare(titled, SETTINGS, Speller()).title == "أهلا بكم في أسوان! | اهلا؟"
    assert prepare(titled, SETTINGS).title == ""


def test_what_a_restorer_did_is_counted() -> None:
    """The script says how many words got other letters and how many a mark; unchanged captions say nothing."""
    assert prepare(recording(), SETTINGS, Speller()).restored == Restoration("speller", spelled=1, marked=1)
    assert prepare(recording(), SETTINGS).restored is None


def test_false_starts_of_recognised_speech_are_told_once() -> None:
    """What a speaker began and said again stands once in the script, and is listed; what people type is left alone."""
    said = Caption("وإذا أنعم الله وإذا أنعم الله تعالى على البلاد بالأمن صار الناس آمنين في بيوتهم")

    def script(origin: TrackOrigin) -> Script:
        heard = recording(said)
        transcript = replace(heard.transcript, track=replace(heard.transcript.track, origin=origin))
        return prepare(replace(heard, transcript=transcript), TextSettings(minimum_words=1))

    heard, typed = script(TrackOrigin.AUTOMATIC), script(TrackOrigin.MANUAL)
    assert [(each.reason, each.text) for each in heard.removed] == [("repeat", "وإذا أنعم الله")]
    assert " ".join(each.text for each in heard.sentences).count("أنعم") == 1
    assert " ".join(each.text for each in typed.sentences).count("أنعم") == 2
