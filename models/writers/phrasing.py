"""The Arabic sentences that writers add of their own: they only restate metadata, or say who speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.arabic import formatting
from pipeline.arabic.formatting import inside_quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.arabic.titles import VideoName
    from pipeline.types.article import Video

TRANSITION: Final = "وفيما يلي أبرز ما جاء في الحديث، موزعاً على محاوره وبترتيب وروده في الفيديو:"
IN_ORDER: Final = "وفيما يلي أبرز ما جاء في الحديث بترتيب وروده في الفيديو:"
"""The same where no section has a heading."""
CHALLENGES: Final = "ويتوقف الحديث عند جملة من التحديات:"
OUTLOOK: Final = "وعمّا هو آتٍ، جاء في الحديث:"
CONCLUSION: Final = "وفي ختام الحديث:"
# All words of these openings are framing (`arabic.boilerplate.FRAME`), so what follows them stands word for word.
THESIS: Final = "ومن خلاصة الحديث"
BACKGROUND: Final = "وفي مطلع الحديث"
BEGINS: Final = (
    "جاء في هذا المحور",
    "ومما قيل هنا",
    "وفي هذا المحور",
    "ومما ورد في هذا الجزء من الحديث",
    "ومما جاء هنا",
)
"""Openings of the first quotation of a section, in turn."""
BEGINS_UNHEADED: Final = ("جاء في الحديث", "ومما جاء في الحديث", "ومما قيل في الحديث", "ومما ورد في الحديث")
"""The same where no heading says what the section is about."""
GOES_ON: Final = ("ثم جاء", "ومما جاء أيضاً", "وجاء كذلك", "ومما ورد هنا أيضاً", "ومما قيل أيضاً")
"""Openings of the later ones, in turn."""
ASKS: Final = "وهنا يُسأل"
"""Opening of a quotation that begins with a question."""
CONVERSATION: Final = (
    "وهذا مخطط للحديث لا مقال: تتكلم في التسجيل أصوات عدة لا يفرّق نصه بينها، فلا يُعرف من قال ماذا. والنص كاملاً"
    " بمواضعه في آخر الصفحة، وقد يُكتب منه مقال بنموذج لغوي."
)
UNCLEAR: Final = (
    "وهذا مخطط للحديث لا مقال: لا يُعرف في معظم النص الآلي أين تنتهي الجمل، فالاقتباس منه قد يقول غير ما قيل. والنص"
    " كاملاً بمواضعه في آخر الصفحة، وقد يُكتب منه مقال بنموذج لغوي."
)
"""Why there is an outline instead of an article, and what can be done."""
PLACES: Final = "وهذه أجزاء الحديث بمواضعها:"
DIFFICULT: Final = "وعن التحديات جاء في الحديث"
AHEAD: Final = "وعمّا هو آتٍ جاء في الحديث"
LAST: Final = "وفي نهاية الحديث"


def programme(name: VideoName) -> str:
    """The programme with its season and number, as far as they are known; empty without a programme."""
    numbers = [f"الموسم {name.season}"] if name.season else []
    numbers += [f"الحلقة {name.number}"] if name.number else []
    return "، ".join((f"من «{inside_quotes(name.programme)}»", *numbers)) if name.programme else ""


def numbered(title: str, number: int) -> str:
    """A title with the number of its episode, which tells it from others on the same subject."""
    return f"{title}، الحلقة {number}"


def presentation(video: Video) -> str:
    """A sentence with the video's title and, if known, its channel, date and length."""
    text = f"يعرض هذا المقال ما جاء في الفيديو المعنون «{inside_quotes(video.title)}»"
    if video.channel:
        text += f"، المنشور على قناة «{inside_quotes(video.channel)}»"
    if video.published:
        text += f" بتاريخ {formatting.format_date(video.published)}"
    if video.seconds:
        text += f"، ومدته {formatting.duration(video.seconds)}"
    return text + "."


def video_link(video: Video) -> str:
    return f"والفيديو متاح على الرابط {video.url} ."


def subjects(headings: Sequence[str], *, everything: bool = True) -> str:
    """A sentence that lists the headings; they may be `everything` that the talk is about, or some of it."""
    named = [f"«{inside_quotes(heading)}»" for heading in headings]
    return f"{'ويدور الحديث حول' if everything else 'ويتناول الحديث'} {'، و'.join(named)}."


def closing(video: Video) -> str:
    """A last sentence that names the video again."""
    end = f" على قناة «{inside_quotes(video.channel)}»" if video.channel else ""
    return f"هذا ما ورد في فيديو «{inside_quotes(video.title)}»{end}، وإلى جانب كل جملة الموضع الذي قيلت فيه."


def recurring(place: str, terms: Sequence[str]) -> str:
    """A sentence that says where a stretch is, and which words come again in it."""
    named = "، و".join(f"«{inside_quotes(term)}»" for term in terms)
    return f"{place}؛ ومما يتكرر فيه {named}." if terms else f"{place}."


def quote(text: str, opening: str = "") -> str:
    """The speaker's words between guillemets, after an `opening` that says who speaks, if there is one."""
    before = f"{opening}: " if opening else ""
    return f"{before}«{inside_quotes(text)}»"
