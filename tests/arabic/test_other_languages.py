"""Persian, Urdu and mirrored text are told from Arabic, and Arabic of any keyboard is not taken for them."""

import pytest

from pipeline.arabic.other_languages import other_language

PERSIAN = (
    "سلام به همه شما. امروز درباره تاریخ ایران صحبت می‌کنیم که برای ما بسیار مهم است."
    " این کتاب را خواندم و از آن لذت بردم. در این برنامه با یک مهمان هستیم که خود نویسنده است."
)
URDU = "السلام علیکم دوستو آج ہم آپ کو بتائیں گے کہ یہ کام کیسے کیا جاتا ہے اور اس میں کیا مشکلات ہیں"
ARABIC = "كان في المدينة القديمة سوق كبيرة يأتي إليها الناس من كل القرى المجاورة لكي يبيعوا الزيت والقمح"
IRAQI = "والله يا أخي رحت للسوق وگال لي البايع چان عندي پرتقال هواي چنت أريد أشتري گبل العيد"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (PERSIAN, "Persian"),
        (PERSIAN.replace("ی", "ي").replace("ک", "ك"), "Persian"),
        (URDU, "Urdu"),
        (ARABIC[::-1], "mirrored Arabic"),
        ("\n".join(row[::-1] for row in ARABIC.split(" في ")), "mirrored Arabic"),
    ],
)
def test_what_is_no_arabic_is_named(text: str, name: str) -> None:
    """Persian from either keyboard, Urdu, and Arabic whose letters stand in reverse."""
    assert other_language([text]) == name


@pytest.mark.parametrize(
    "text",
    [ARABIC, IRAQI, ARABIC.replace("ي", "ی").replace("ك", "ک"), f"{ARABIC} وقال بالفارسية: {PERSIAN[:25]}", "", "است"],
)
def test_arabic_is_arabic(text: str) -> None:
    """Letters of Persian alone decide nothing: Iraqi has them, and so has Arabic typed on another keyboard."""
    assert other_language([text]) == ""
