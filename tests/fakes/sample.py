"""A small catalogue in Arabic, written for the tests."""

from __future__ import annotations

from datetime import date

from pipeline.types.article import Caption, Chapter
from tests.fakes.catalogue import Catalogue, FakePlaylist, FakeTrack, FakeVideo

SPOKEN = (
    Caption("اهلا بكم في هذه الحلقه", 0.4, 3.0, (0.4, 0.9, 1.2, 1.5, 1.8)),
    Caption("نتحدث اليوم عن نهر الفرات", 3.2, 6.1, (3.2, 3.7, 4.2, 4.5, 4.9)),
    Caption("وكيف عاش الناس على ضفافه", 6.4, 9.0, (6.4, 6.9, 7.3, 7.7, 8.0)),
)
"""Automatic captions: word times, no hamza, no marks."""
TYPED = (
    Caption("أهلًا بكم في هذه الحلقة.", 0.4, 3.0),
    Caption("نتحدث اليوم عن نهر الفرات،", 3.2, 6.1),
    Caption("وكيف عاش الناس على ضفافه.", 6.4, 9.0),
)
"""The same speech as a person typed it."""
ENGLISH = (Caption('Welcome & "hello": 5 < 6', 0.4, 3.0), Caption("Today: the Euphrates", 3.2, 6.1))
LANGUAGES = (("en", "English"), ("fr", "French"), ("tr", "Turkish"))
TALK = FakeVideo(
    id="talk_arabic",
    title="نهر الفرات: حكاية مدينتين",
    channel="حديث المساء",
    published=date(2026, 3, 14),
    seconds=600,
    description="حلقة عن نهر الفرات\n0:00 المقدمة\nhttps://example.org/?a=1&b=2",
    chapters=(Chapter(0.0, "المقدمة"), Chapter(120.0, "المدينة الأولى"), Chapter(360.0, "المدينة الثانية")),
    tags=("تاريخ", "الفرات"),
    tracks=(
        FakeTrack("ar", SPOKEN, "asr", "Arabic (auto-generated)"),
        FakeTrack("ar", TYPED, "manual", "Arabic"),
        FakeTrack("en", ENGLISH, "manual", "English"),
    ),
    translation_languages=LANGUAGES,
)
"""Automatic and typed Arabic, typed English, three chapters, translations."""
SPOKEN_ONLY = FakeVideo(
    id="spoken_only", title="كلام بلا كتابة", tracks=(FakeTrack("ar", SPOKEN, "asr", "Arabic (auto-generated)"),)
)
"""Only automatic captions."""
REGIONAL = FakeVideo(
    id="regional_eg", title="من القاهرة", tracks=(FakeTrack("ar-EG", TYPED, "manual", "Arabic (Egypt)"),)
)
"""Only a regional Arabic track."""
TWINS = FakeVideo(
    id="twin_tracks",
    title="مساران",
    tracks=(
        FakeTrack("ar", TYPED, "manual", "Arabic"),
        FakeTrack("ar", TYPED[:1], "manual", "Arabic - SDH", ".ar.SDH"),
    ),
)
"""Two typed Arabic tracks."""
FOREIGN = FakeVideo(
    id="englishonly", title="English", language="en", tracks=(FakeTrack("en", ENGLISH, "manual", "English"),)
)
"""Captions, none in Arabic."""
SILENT = FakeVideo(id="no_captions", title="بلا ترجمة")
"""No captions at all."""
SMALL = Catalogue(
    videos=(TALK, SPOKEN_ONLY, REGIONAL, TWINS, FOREIGN, SILENT),
    playlists=(FakePlaylist("PLsmall0000", "سلسلة الفرات", (TALK.id, SPOKEN_ONLY.id)),),
)
"""What the fixture `youtube` serves."""
