"""Rolling captions become what was said once; what was said twice stays twice."""

from pipeline.segment.rolling import without_repeats
from pipeline.types.article import Caption


def kept(*captions: Caption) -> str:
    """The words that stay."""
    return " ".join(" ".join(caption.text.split()) for caption in without_repeats(captions)[0])


def rolling(lines: list[str], filler: float = 0.01) -> list[Caption]:
    """Lines as YouTube's automatic WebVTT shows them: the line before above, and a filler between two cues."""
    cues: list[Caption] = []
    for place, line in enumerate(lines):
        start = 3.0 * place
        above = f"{lines[place - 1]}\n" if place else ""
        cues.append(Caption(above + line, start, start + 3 - filler))
        if filler:
            cues.append(Caption(line, start + 3 - filler, start + 3))
    return cues


LINES = ["اهلا بكم في الحلقه", "الجديده من البرنامج", "نتكلم اليوم عن العراق", "وعن سوريا"]


def test_a_rolling_track_is_said_once() -> None:
    """Two lines on screen and 10 ms fillers, as in automatic WebVTT, leave each line once."""
    assert kept(*rolling(LINES)) == " ".join(LINES)


def test_a_rolling_track_without_fillers_is_said_once() -> None:
    """The same without fillers."""
    assert kept(*rolling(LINES, filler=0.0)) == " ".join(LINES)


def test_a_growing_cue_is_said_once() -> None:
    """Live captions that show a line word by word leave each word once."""
    words = LINES[0].split()
    cues = [Caption(" ".join(words[: n + 1]), n, n + 1.0) for n in range(len(words))]
    assert kept(*cues) == LINES[0]


def test_a_repeat_inside_a_rolling_track_survives() -> None:
    """Where a speaker repeats a line, the rolling track shows it twice more, and it stays twice."""
    lines = ["اولا", "فله", "فله", "فله", "ثم نبدا", "من جديد"]
    assert kept(*rolling(lines)) == " ".join(lines)
    assert kept(*rolling(lines, filler=0.0)) == " ".join(lines)


def test_a_real_repeat_survives() -> None:
    """Cues that follow each other with the same words are speech when there was time to say them."""
    cues = [Caption("الله اكبر", n * 2.0, n * 2 + 2.0) for n in range(4)]
    assert kept(*cues) == " ".join(["الله اكبر"] * 4)


def test_a_quick_repeat_of_a_short_word_survives() -> None:
    """Cues of one word each may be clipped short, and are speech."""
    cues = [Caption("كلا", n * 0.08, n * 0.08 + 0.08) for n in range(5)]
    assert kept(*cues) == " ".join(["كلا"] * 5)


def test_a_stumble_at_a_border_survives() -> None:
    """One or two repeated words at a cue's border are no rolling track: most borders carry nothing over."""
    texts = ["قال لي من", "من اين جئت", "فقلت له من", "من بلاد بعيده", "لا تعرفها", "ولا اعرفها", "نعم والله", "صدق"]
    cues = [Caption(text, n * 2.0, n * 2 + 2.0) for n, text in enumerate(texts)]
    assert kept(*cues) == " ".join(texts)


def test_a_restart_in_a_short_track_survives() -> None:
    """One cue that begins with the words of the one before makes no rolling track."""
    assert kept(Caption("قال لي", 0.0, 2.0), Caption("قال لي صاحبي", 2.0, 4.0)) == "قال لي قال لي صاحبي"


def test_the_same_cue_at_the_same_time_is_said_once() -> None:
    """A cue written twice into a file counts once, and the removal is on record with its second."""
    cues = (Caption("مرحبا بكم", 1.0, 4.0), Caption("مرحبا بكم", 1.0, 4.0), Caption("نبدا الان", 4.0, 6.0))
    captions, removed = without_repeats(cues)
    assert [caption.text for caption in captions] == ["مرحبا بكم", "نبدا الان"]
    assert [(removal.reason, removal.text, removal.start) for removal in removed] == [("repeat", "مرحبا بكم", 1.0)]


def test_a_repeat_too_fast_to_be_said_goes() -> None:
    """A long cue shown again for a moment was not said again."""
    text = "يتقدم الجسم الاول بسرعه ما من اليمين بينما يكون الجسم الثاني ساكنا"
    assert kept(Caption(text, 0.0, 4.0), Caption(text, 4.0, 5.0), Caption("وبعد", 5.0, 6.0)) == f"{text} وبعد"


def test_a_single_filler_goes() -> None:
    """A cue of 10 ms with the words of the one before was not said, in a track that does not roll otherwise too."""
    assert kept(Caption("نعم", 0.0, 1.0), Caption("نعم", 1.0, 1.01), Caption("ثم", 1.01, 3.0)) == "نعم ثم"


def test_without_times_nothing_goes() -> None:
    """Where nothing tells a repeat on screen from one in speech, all words stay."""
    cues = [Caption(text) for text in ("فله", "فله", "فله فله", "فله نعم")]
    assert kept(*cues) == "فله فله فله فله فله نعم"


def test_a_gap_ends_what_the_screen_carries_over() -> None:
    """A cue long after its double shows words that were said again."""
    cues = [Caption("نعم", 10.0 * n, 10.0 * n + 0.05) for n in range(5)]
    assert kept(*cues) == "نعم نعم نعم نعم نعم"


def test_word_times_go_with_their_words() -> None:
    """Words that stay keep their own times when words before them go."""
    cues = (
        Caption("ا ب", 0.0, 2.0, (0.0, 1.0)),
        Caption("ا ب\nج د", 2.0, 4.0, (2.0, 2.0, 2.5, 3.0)),
        Caption("ج د\nه و", 4.0, 6.0, (4.0, 4.0, 4.5, 5.0)),
    )
    assert [caption.times for caption in without_repeats(cues)[0]] == [(0.0, 1.0), (2.5, 3.0), (4.5, 5.0)]


def test_words_with_times_of_their_own_were_said() -> None:
    """Where the source times each word, a repeat with its own times is speech, in whatever shape the cues come."""
    cues = [
        Caption(" ".join(["نعم"] * n), 5.0 * n, 5 * n + 5.0, tuple(5.0 * n + k for k in range(n))) for n in (1, 2, 3)
    ]
    assert kept(*cues) == " ".join(["نعم"] * 6)
