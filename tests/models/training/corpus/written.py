"""A small talk and statements about it, written for the tests."""

from __future__ import annotations

from models.training.corpus.files import Statement
from models.training.corpus.talks import Talk, parse

TEXT = """@ title: درس في القهوة
@ variety: mixed
@ kind: interview
@ speaker: ليلى السعدي, f
@ speaker: عمر الراوي, m
@ published: 2025-01-02
@ channel: فنجان

# بداية الحديث
مساء الخير، معنا اليوم الأستاذ عمر!
>> عمر الراوي: أهلاً، [-أنا شربت أنا-] أنا شربت 2.5 فنجان قبل أن أصل.
وزادت الكلفة 12%، يعني [-مصد-] مصدقتش.

# سؤال الثمن
>> ليلى السعدي: قال تعالى: ﴿والسماء رفعها ووضع الميزان﴾{الرحمن:7}، فكيف تزن أنت البن؟
>> عمر الراوي: «بالميزان». ثم أشرب چاي.
"""


def talk(text: str = TEXT, name: str = "t") -> Talk:
    """The talk of a text."""
    return parse(name, text)


def statement(text: str, *, label: bool = True, talk: str = "t", lines: tuple[int, ...] = (1,)) -> Statement:
    """A statement."""
    return Statement(talk, lines, text, label, "near" if label else "scope", "" if label else "near")
