"""What a judge that reads may write, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.judges.answers import find_quote, parse_answers, settle
from pipeline.types.judging import Claim, Verdict, VerdictKind

EVIDENCE = ("القرار ده أثّر على أسعار الفايدة العالمية.", "وبعدها أمريكا فضلت ترفع أسعار الفايدة لحد ما تجاوزت 10%.")
CLAIM = Claim("ظلت أمريكا ترفع الفائدة حتى تجاوزت 10%.", EVIDENCE)


@pytest.mark.parametrize(
    "reply",
    [
        "1) «أمريكا فضلت ترفع» = مدعومة\n2) «أسعار الفايدة» = غير مدعومة: العالم كله",
        "**1)** «أمريكا فضلت ترفع» = **مدعومة**\n\n**2)** «أسعار الفايدة» = **غير مدعومة**: «العالم كله»",
        "الجملة 1: «أمريكا فضلت ترفع» مدعومة.\n- الجملة 2: «أسعار الفايدة» — غير مدعومة، العالم كله",
        "إليك الأحكام:\n١. الفاعل «أمريكا فضلت ترفع»\nالحكم = مدعومة\n٢. «أسعار الفايدة» = غير مدعومة: العالم كله",
        '1. "أمريكا فضلت ترفع" = supported\n2. "أسعار الفايدة" = Unsupported: العالم كله',
        "«أمريكا فضلت ترفع» = مدعومة\n«أسعار الفايدة» = غير مدعومة: العالم كله",
        "1) «أمريكا فضلت ترفع» = نعم\n2) «أسعار الفايدة» = لا: العالم كله",
        "1) «أمريكا فضلت ترفع» — **نعم**.\n2) «أسعار الفايدة» الحكم: **لا** (العالم كله)",
        "1. «أمريكا فضلت ترفع» = Yes\n2. «أسعار الفايدة» = no: «العالم كله»",
        "1) «أمريكا فضلت ترفع»: لا خلاف فيه = نعم\n2) «أسعار الفايدة» نعم قيلت = لا: العالم كله",
    ],
)
def test_answers_are_read_however_they_are_laid_out(reply: str) -> None:
    """Markup, bullets, digits, labels, facts on lines of their own and English make no difference."""
    answers = parse_answers(reply, 2)

    assert [answers[n].kind for n in (1, 2)] == [VerdictKind.SUPPORTED, VerdictKind.UNSUPPORTED]
    assert answers[1].quotes == ("أمريكا فضلت ترفع",)
    assert answers[2].failing == "العالم كله"


def test_a_verdict_inside_a_quotation_is_none() -> None:
    """A talk that says `مدعومة` confirms nothing; nor does a number that no claim has."""
    assert parse_answers("1) «هذه الفكرة مدعومة»\n2) «الدراسة غير مدعومة» = غير متأكد\n9) «كذا» = مدعومة", 2) == {
        2: parse_answers("2) «الدراسة غير مدعومة» = غير متأكد", 2)[2]
    }


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        ("أمريكا فضلت ترفع", "أمريكا فضلت ترفع"),
        ("امريكا فضلت ترفع اسعار", "أمريكا فضلت ترفع أسعار"),
        ("أمريكا ... تجاوزت 10%", "أمريكا فضلت ترفع أسعار الفايدة لحد ما تجاوزت 10%."),
        ("فضلت ترفع سعر الفايدة لحد", "فضلت ترفع أسعار الفايدة لحد"),
        ("العالمية وبعدها أمريكا", "العالمية. وبعدها أمريكا"),
        ("العالمية", "العالمية."),
        ("أمريكا خفضت كل الأسعار أمس", ""),
        ("ما", ""),
        ("", ""),
    ],
)
def test_a_quotation_is_found_as_the_evidence_spells_it(quote: str, place: str) -> None:
    """Hamza, marks, an ellipsis and one slip in several words are forgiven; other words, and a mere particle, not."""
    assert find_quote(quote, EVIDENCE) == place


def test_support_without_quoted_words_is_unsure() -> None:
    """Only a verdict of support needs a quotation, and one invented quotation among few takes it away."""
    bare, invented, refused = (
        settle(parse_answers(f"1) {row}", 1)[1], CLAIM)
        for row in ("= مدعومة", "«أمريكا فضلت» «البنوك كلها أفلست تماما» = مدعومة", "= غير مدعومة: حتى")
    )

    assert bare == Verdict(VerdictKind.UNSURE, unquoted=True)
    assert (invented.kind, invented.unquoted) == (VerdictKind.UNSURE, True)
    assert refused == Verdict(VerdictKind.UNSUPPORTED, "حتى")


def test_words_of_another_sentence_that_was_shown_count_as_support() -> None:
    """The sentence that has them is named, the nearest of several; few words may stand anywhere and do not count."""
    said = {1: "صندوق النقد رفض القرض خالص.", 4: EVIDENCE[0], 5: EVIDENCE[1], 9: "صندوق النقد رفض القرض."}
    claim = replace(CLAIM, numbers=(4, 5))
    found, brief, refused = (
        settle(parse_answers(f"1) «أمريكا فضلت ترفع» {row}", 1)[1], claim, said)
        for row in ("«صندوق النقد رفض القرض» = نعم", "«رفض القرض» = نعم", "«صندوق النقد رفض القرض» = لا: حتى")
    )

    assert found.elsewhere == ((1, said[1]),)
    assert found.quotes == ("أمريكا فضلت ترفع", "صندوق النقد رفض القرض")
    assert (brief.kind, brief.elsewhere) == (VerdictKind.UNSURE, ())
    assert (refused.kind, refused.elsewhere) == (VerdictKind.UNSUPPORTED, ())


@given(st.text(st.sampled_from('12)«»= مدعومةغيرنلاyesno\n:٣.…-*supported"'), max_size=300))
def test_any_reply_can_be_read(reply: str) -> None:
    """Nothing raises, and only claims that exist get a verdict."""
    answers = parse_answers(reply, 3)

    assert set(answers) <= {1, 2, 3}
    assert all(settle(answer, CLAIM).kind in VerdictKind for answer in answers.values())
