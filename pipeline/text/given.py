"""Given names that are spelled like other words, or like forms of one another."""

from __future__ import annotations

from typing import Final

from pipeline.text.fold import fold

GIVEN: Final = frozenset(
    fold("""
    محمد أحمد محمود حامد حمد حميد علي حسن حسين محسن عمر عمرو عامر عثمان خالد خليل إبراهيم إسماعيل إسحاق يعقوب يوسف موسى
    عيسى هارون داود سليمان سلمان سالم سليم سلمى آدم نوح هود صالح يونس يحيى زكريا مريم فاطمة خديجة عائشة زينب حفصة سعد
    سعيد سعود مسعود ناصر منصور نصر كريم كامل كمال جمال جميل مصطفى مرتضى عباس عبدالله عبدالرحمن طارق طاهر ياسر ياسين
    رشيد راشد فيصل فهد ماجد مجدي هاني هشام وليد أنور أمين إياد زياد يزيد معاوية مروان هاجر سارة ليلى نورة نادية
    """).split()
)
"""Folded."""
