"""Captions become words: none lost, none added, each at its second."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic import normalize
from pipeline.segment.captions import spoken_words
from pipeline.types.article import Border, Caption, SpokenWord

WORDS = st.sampled_from(
    [
        "قال",
        "في",
        "فله",
        "فله",
        "ثم",
        "العراق",
        "12",
        "3.5",
        "iPhone",
        "؟",
        ".",
        "[0",
        "-",
        "السلام،",
        "أ,",
        "<3",
        "&amp;",
    ]
)
NOISE = st.sampled_from(["[موسيقى]", "(ضحك)", "♪", "<i>", "\u200f", ">>"])
SECONDS = st.floats(min_value=-5, max_value=40_000) | st.just(float("nan")) | st.just(float("inf"))


@st.composite
def captions(draw: st.DrawFn) -> tuple[Caption, ...]:
    """Tracks of every shape: with and without times, word times, overlaps, lines, noise, damage."""
    shape = draw(st.sampled_from(["none", "cues", "words", "damaged"]))
    cues: list[Caption] = []
    now = 0.0
    for _ in range(draw(st.integers(0, 12))):
        pieces = draw(st.lists(WORDS | NOISE, min_size=0, max_size=8))
        text = "".join(piece + draw(st.sampled_from([" ", " ", "\n"])) for piece in pieces)
        count = len(text.split())
        now += draw(st.floats(0.0, 8.0))
        end = now + draw(st.floats(0.0, 12.0))
        if shape == "none":
            cues.append(Caption(text))
        elif shape == "cues":
            cues.append(Caption(text, now, end))
        elif shape == "words":
            cues.append(Caption(text, now, end, tuple(now + 0.3 * place for place in range(count))))
        else:
            times = tuple(draw(st.lists(SECONDS, max_size=count)))
            cues.append(Caption(text, draw(st.none() | SECONDS), draw(st.none() | SECONDS), times))
    return tuple(cues)


def said(text: str) -> Counter[str]:
    """The folded words of a text, counted."""
    return Counter(normalize.words(text))


@given(captions())
def test_every_word_is_kept_or_on_record(cues: tuple[Caption, ...]) -> None:
    """The words of the captions are the kept words and the removed ones together, each as often as it stood there."""
    words, removed = spoken_words(cues)
    total = said(" ".join(cue.text for cue in cues).replace("&amp;", "&"))
    kept = said(" ".join(word.text for word in words))
    assert kept + said(" ".join(removal.text for removal in removed)) == total


@given(captions())
def test_times_ascend_and_words_do_not_overlap(cues: tuple[Caption, ...]) -> None:
    """Each word ends no earlier than it begins and no later than the next begins; all words have times or none has."""
    words, _ = spoken_words(cues)
    moments = [moment for word in words for moment in (word.start, word.end)]
    if None in moments:
        assert set(moments) == {None}
    else:
        assert all(a <= b for a, b in pairwise([m for m in moments if m is not None]))
        assert all(0 <= m < float("inf") for m in moments if m is not None)


@given(captions())
def test_a_word_holds_no_white_space(cues: tuple[Caption, ...]) -> None:
    """Joining the words by spaces and splitting again gives the same words, so that times stay with them."""
    texts = [word.text for word in spoken_words(cues)[0]]
    assert " ".join(texts).split() == texts


@given(st.lists(st.lists(st.integers(1, 40), min_size=1, max_size=6), min_size=1, max_size=6))
def test_word_times_of_the_source_are_kept(gaps: list[list[int]]) -> None:
    """Where the source times every word, each word begins at its own time, however long its cue stays on screen."""
    now = 0.0
    cues: list[Caption] = []
    for row in gaps:
        times = tuple(now := now + gap / 8 for gap in row)
        cues.append(Caption(" ".join(["كلمه"] * len(row)), times[0], times[-1] + 9, times))
    assert [word.start for word in spoken_words(cues)[0]] == [moment for cue in cues for moment in cue.times]


def timed(*cues: tuple[str, float, float]) -> tuple[SpokenWord, ...]:
    """The words of cues given as text, start and end."""
    return spoken_words(Caption(*cue) for cue in cues)[0]


def test_cues_that_overlap_give_way_to_the_next() -> None:
    """Words stand between their cue's start and the next cue's start, though the cue stays on screen longer."""
    words = timed(("الحمد لله الذي", 10.0, 18.0), ("اكمل لهذه الامه", 14.0, 21.0))
    assert [word.start for word in words] == [10.0, 11.6, 12.667, 14.0, 16.0, 18.0]
    assert words[2].end == 14.0


def test_words_stand_by_their_letters() -> None:
    """A long word takes more of the cue than a short one."""
    first, second, third, _ = timed(("في المستشفيات من", 0.0, 4.0), ("هنا", 4.0, 5.0))
    assert first.end == second.start
    assert second.end == third.start
    assert second.end is not None
    assert second.start is not None
    assert first.end is not None
    assert second.end - second.start > 3 * first.end


def test_time_beyond_the_usual_pace_is_silence() -> None:
    """Where a cue is followed by nothing for long, its words are said at its begin, and the rest is silence."""
    usual = [("قال لي صاحبي كلاما", 2.0 * n, 2.0 * n + 2) for n in range(10)]
    words = timed(*usual, ("قال لي صاحبي كلاما", 20.0, 40.0), ("وبعد", 40.0, 41.0))
    last, after = words[-2], words[-1]
    assert last.end == 23.0
    assert after.start == 40.0


def test_music_is_silence_to_the_words_before_it() -> None:
    """A sound label ends the speech before it at the label's own second."""
    words = timed(("نعود", 0.0, 9.0), ("[موسيقى]", 1.0, 9.0), ("اهلا", 9.0, 10.0))
    assert [(word.text, word.start, word.end) for word in words] == [("نعود", 0.0, 1.0), ("اهلا", 9.0, 10.0)]
    assert words[0].border is Border.BREAK


def test_lines_without_a_time_share_the_stretch_they_stand_in() -> None:
    """Text under one time mark is spread up to the next mark."""
    words = spoken_words([Caption("ا ب", 0.0), Caption("ج د"), Caption("ه", 8.0)])[0]
    assert [word.start for word in words] == [0.0, 2.0, 4.0, 6.0, 8.0]


def test_captions_out_of_order_are_put_in_order() -> None:
    """Cues are read by their times, not by their place in the file."""
    assert [word.text for word in timed(("ثانيا", 5.0, 6.0), ("اولا", 1.0, 2.0))] == ["اولا", "ثانيا"]


def test_a_mark_that_stands_alone_joins_the_word_before_it() -> None:
    """Captions write `نعم ؟`; writing has no space there, and a sentence must not begin with its mark."""
    assert [word.text for word in spoken_words([Caption("نعم ؟ لا ."), Caption("، ثم")])[0]] == ["نعم؟", "لا.،", "ثم"]


def test_a_new_speaker_ends_the_sentence_before() -> None:
    """A speaker mark goes, is on record, and divides."""
    words, removed = spoken_words([Caption(">> من انت"), Caption(">> انا هنا")])
    assert [word.ends for word in words] == [False, True, False, False]
    assert [removal.reason for removal in removed] == ["speaker", "speaker"]


def test_a_line_that_breaks_off_is_told_from_a_full_one() -> None:
    """A line end is a break where the next word would have had room, and a mere line end where it had none."""
    full = "وهذا سطر طويل مكتمل الى اخر عرض الشاشه"
    words = spoken_words([Caption(full), Caption(full), Caption("انتهى"), Caption(full), Caption(full)])[0]
    borders = [word.border for word in words if word.border]
    assert borders == [Border.LINE, Border.LINE, Border.BREAK, Border.LINE, Border.LINE]


def test_noise_is_on_record_with_its_second() -> None:
    """What was left out can be shown with its reason and its second."""
    _, removed = spoken_words([Caption("[موسيقى] نعم", 3.0, 4.0)])
    assert [(removal.reason, removal.text, removal.start) for removal in removed] == [("noise", "[موسيقى]", 3.0)]


def test_no_captions_are_no_words() -> None:
    """Nothing comes from nothing, and from noise alone."""
    assert spoken_words([]) == ((), ())
    assert spoken_words([Caption("[موسيقى]", 1.0, 2.0)])[0] == ()


def test_music_says_that_words_may_be_missing() -> None:
    """Where music stands alone or inside a line, what is said before it may go on unheard; applause drowns nothing."""
    lines = [f"السطر رقم {at} من نص الحديث" for at in range(60)]
    drowned = ["ثم قفز فوق [موسيقى] لأن الباب", "[تصفيق]", "كان مغلقاً", "[موسيقى]"]
    captions = tuple(map(Caption, (*lines, *drowned)))
    said, _ = spoken_words(captions)

    assert [word.text for word in said if word.drowned] == ["فوق", "مغلقاً"]


def test_music_everywhere_says_nothing() -> None:
    """A track that labels each line was labelled by its channel: no words are missing."""
    said, _ = spoken_words(tuple(Caption(f"[موسيقى] السطر رقم {at} من النص") for at in range(50)))

    assert not any(word.drowned for word in said)
