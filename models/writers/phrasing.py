"""The Arabic sentences that the embedded writer adds of its own: they say only what the metadata say, or who speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.arabic import formatting
from pipeline.arabic.titles import inside_quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.article import Video

TRANSITION: Final = "وفيما يلي أبرز ما جاء في الحديث، موزعاً على محاوره وبترتيب وروده في الفيديو:"
CHALLENGES: Final = "ويتوقف الحديث عند جملة من التحديات:"
OUTLOOK: Final = "وعمّا هو آتٍ، جاء في الحديث:"
CONCLUSION: Final = "وفي ختام الحديث:"


def presentation(video: Video) -> str:
    """Names the video, its channel, its date and its length, as far as they are known."""
    text = f"يعرض هذا المقال ما جاء في الفيديو المعنون «{inside_quotes(video.title)}»"
    if video.channel:
        text += f"، المنشور على قناة «{inside_quotes(video.channel)}»"
    if video.published:
        text += f" بتاريخ {formatting.format_date(video.published)}"
    if video.seconds:
        text += f"، ومدته {formatting.duration(video.seconds)}"
    return text + "."


def video_link(video: Video) -> str:
    """Says where the video is."""
    return f"والفيديو متاح على الرابط {video.url} ."


def subjects(headings: Sequence[str]) -> str:
    """Says what is discussed, by the headings."""
    named = [f"«{inside_quotes(heading)}»" for heading in headings]
    return f"ويدور الحديث حول {'، و'.join(named)}."


def closing(video: Video) -> str:
    """Comes back to the video."""
    end = f" على قناة «{inside_quotes(video.channel)}»" if video.channel else ""
    return f"هذا ما ورد في فيديو «{inside_quotes(video.title)}»{end}، وإلى جانب كل جملة الموضع الذي قيلت فيه."


def quote(text: str, opening: str = "") -> str:
    """Words of the speaker between guillemets, with who says them before, if asked."""
    before = f"{opening}: " if opening else ""
    return f"{before}«{inside_quotes(text)}»"
