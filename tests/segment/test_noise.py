"""What counts as noise in a caption, and what stays because it may be speech."""

import pytest

from pipeline.segment.captions import find_noise, is_sound_label, strip_markup


def left(line: str) -> str:
    """The line without its noise, for comparison."""
    text = strip_markup(line)
    for noise in reversed(find_noise(text)):
        text = text[: noise.start] + " " + text[noise.end :]
    return " ".join(text.split())


@pytest.mark.parametrize(
    "label",
    [
        "موسيقى",
        "موسيقي",
        " موسيقى هادئة ",
        "تصفيق",
        "تصفيق وموسيقى",
        "ضَحِك",
        "ضحك الجمهور",
        "صوت بكاء",
        "غير مسموع",
        "كلام غير مفهوم",
        "Music",
        "APPLAUSE",
        "♪ ♪",
    ],
)
def test_a_known_sound_is_a_label(label: str) -> None:
    """Sounds are recognised in every spelling captions have, alone and with their details."""
    assert is_sound_label(label)


@pytest.mark.parametrize(
    "text", ["الموسيقى العربية", "يقصد أحمد", "صوت", "من الجمهور", "0 ، 1", "t", "موسيقى الشعوب", "", "__"]
)
def test_an_unknown_bracketed_text_is_speech(text: str) -> None:
    """A bracket whose content is no known sound is not a label, even when a sound word stands in it."""
    assert not is_sound_label(text)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("[موسيقى] اهلا بكم", "اهلا بكم"),
        ("شكرا لكم (تصفيق) والان", "شكرا لكم والان"),
        ("كلام[موسيقى]كلام", "كلام كلام"),
        ("♪ يا ليل يا عين ♪", "يا ليل يا عين"),
        (">> من انت", "من انت"),
        ("&gt;&gt; من انت", "من انت"),
        ("- من انت", "من انت"),
        ("نعم >> لا", "نعم لا"),
        ("<i>قال</i> <c.yellow>لي</c>", "قال لي"),
        ("قال<00:00:01.200><c> لي</c>", "قال لي"),
        (r"{\an8}قال لي", "قال لي"),
        ("*ضحك* تمام", "تمام"),
    ],
)
def test_noise_goes_and_words_stay(line: str, kept: str) -> None:
    """Labels, notes, speaker marks and markup are found wherever they stand; every word beside them stays."""
    assert left(line) == kept


@pytest.mark.parametrize(
    "line",
    [
        "الفترة [0 ، 1] مغلقة",
        "قيمة (t) هنا",
        "-بشكل عام- أفضل",
        "3 < 5 > 2",
        "درجة الحرارة -5 اليوم",
        "[شرح المترجم] نعم",
        "2*س*ص",
    ],
)
def test_what_may_be_speech_is_untouched(line: str) -> None:
    """Formulas, unknown brackets, dashes around an aside and signs before numbers are no noise."""
    assert find_noise(strip_markup(line)) == ()


def test_plain_resolves_entities_and_drops_what_nobody_sees() -> None:
    """Entities become their characters, tags of a line break a line break, invisible characters nothing."""
    assert strip_markup("قال\u200f &quot;نعم&quot;&nbsp;<br/>ثم\ufeff") == 'قال "نعم"\xa0\nثم'


def test_an_address_is_no_entity() -> None:
    """An ampersand without its semicolon stays, so that addresses keep their parameters."""
    assert strip_markup("https://x.org/?a=1&copy=2") == "https://x.org/?a=1&copy=2"
