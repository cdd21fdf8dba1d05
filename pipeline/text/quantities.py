"""Words that say how many or how sure without a figure: an article may not put in one of its own."""

from __future__ import annotations

from typing import Final

from pipeline.text.fold import fold

QUANTITIES: Final = frozenset(
    conjunction + word
    for word in fold("""
كل جميع كافة معظم أغلب غالبية أكثر أقل بعض قليل قليلا كثير كثيرا عديد العديد نصف ثلث ربع ضعف أضعاف آلاف ملايين
مليارات عشرات مئات دائما أبدا نادرا أحيانا غالبا قط أول آخر أولى وحيد وحيدة وحده فقط أكبر أصغر أعلى أدنى أفضل
أسوأ أهم قبل بعد فوق تحت ضد داخل خارج عدة ساعة ساعات ساعتان
ساعتين دقيقة دقائق دقيقتان دقيقتين ثوان يجب وجب ينبغي لازم
""").split()
    for conjunction in ("", "و")
)
"""Folded, also with `and`; among them duties, comparatives, and prepositions that have an opposite."""
