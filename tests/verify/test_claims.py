"""What a judge is asked about the sentences, the headline and the headings of an article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.arabic.labels import FURTHER
from pipeline.types.article import Basis, Draft, Paragraph, Section, Statement
from pipeline.verify.claims import evidence_numbers, front_claims, make_claim
from tests.fakes.scripts import VIDEO

SAID = {
    1: "بنت تركيا سدودًا كبيرة على النهر في أعلى المجرى",
    2: "وهذه السدود تخزن الماء لمواسم الجفاف الطويلة",
    3: "نعم صحيح",
    4: "ويضيع نصف الماء في الحقول التي تروى بالغمر",
    5: "والري بالتنقيط يوفر الماء ويحفظ التربة من",
    6: "الملوحة التي تقتل الزرع في الجنوب كل عام",
}
LEAD = Statement("يقل ماء الفرات.", (4,))


@pytest.mark.parametrize(
    ("cites", "shown"),
    [((1,), (1,)), ((2,), (1, 2)), ((3,), (2, 3, 4)), ((5,), (5, 6)), ((1, 4), (1, 4)), ((4, 99), (4,)), ((), ())],
)
def test_what_cannot_be_understood_alone_is_shown_with_its_neighbours(
    cites: tuple[int, ...], shown: tuple[int, ...]
) -> None:
    """A short sentence with both, one that leans with the one before, one that hangs over with the next."""
    assert evidence_numbers(cites, SAID) == shown


def test_quoted_words_are_kept_where_they_stand_and_as_they_stand() -> None:
    """The claim holds whole sentences, and of the quotations those that the evidence has, in its spelling."""
    quotes = ("ويضيع نصف الماء", "الماء، في الحقول", "ربع الماء")
    claim = make_claim("يضيع نصف الماء.", (4,), SAID, VIDEO, quotes)

    assert (claim.text, claim.evidence, claim.numbers) == ("يضيع نصف الماء.", (SAID[4],), (4,))
    assert claim.quotes == ("ويضيع نصف الماء", "الماء في الحقول")
    assert [fact.partition(": ")[2] for fact in claim.known] == [VIDEO.title, VIDEO.channel, "1 مارس 2026"]


def drafted(headline: str = "الفرات يعطش", heading: str = "سدود كبرى") -> Draft:
    """A draft of a lead, one section and an end."""
    told = (Statement("بنت تركيا سدودًا.", (1, 5)), Statement("ولا بد من الري.", (6,)))
    body = Paragraph((*told, Statement("هذا من البيانات.", (2,), basis=Basis.METADATA)))
    ended = Paragraph((LEAD,))
    transition = Paragraph((Statement("وفيما يلي:", basis=Basis.METADATA),))
    return Draft("لماذا يعطش الفرات؟", headline, ended, (), transition, (Section(heading, (body,)),), None, None, ended)


def test_headline_and_headings_rest_on_what_was_said_for_the_sentences_under_them() -> None:
    """The headline on the lead, the openings of sections and what comes closest to it; a heading on its section.

    The shorter sentences of the article need not hold all that a heading sums up.
    """
    draft = drafted("الري بالتنقيط يحفظ التربة")
    claims = dict(front_claims(draft, SAID, VIDEO))

    assert claims["sections.1"].text.endswith(": سدود كبرى")
    assert claims["sections.1"].numbers == (1, 5, 6)
    assert claims["sections.1"].evidence == (SAID[1], SAID[5], SAID[6])
    assert claims["headline"].numbers == (1, 4, 5, 6)


def test_the_title_and_a_heading_that_claims_nothing_are_not_asked_about() -> None:
    """A headline out of the title is the author's."""
    assert dict(front_claims(drafted("يعطش الفرات", FURTHER), SAID, VIDEO)) == {}


def test_what_was_written_over_a_video_without_a_subject_is_asked_about_as_its_title() -> None:
    """There the headline is the video's own, or somebody's as well, and the title is somebody's sentence."""
    video = replace(VIDEO, title="Sheikh Humaid 2026-06-19")
    draft = drafted("Sheikh Humaid 2026-06-19")

    claims = dict(front_claims(draft, SAID, video))
    assert (claims["title"].text, "headline" in claims) == (draft.title, False)
    both = front_claims(drafted("الري بالتنقيط يحفظ التربة"), SAID, video)
    assert [place for place, _ in both][:2] == ["title", "headline"]
    composed = replace(draft, title="سدود كبرى")
    assert "title" not in dict(front_claims(composed, SAID, video))
