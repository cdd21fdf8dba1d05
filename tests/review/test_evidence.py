"""Evidence after an edit."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.arabic.bidi import strip_controls
from pipeline.arabic.normalize import words
from pipeline.arabic.retrieval import Retriever
from pipeline.review.blocks import paragraph_text
from pipeline.review.evidence import reattach_evidence
from pipeline.types.article import Basis, Paragraph, Statement
from tests.fakes.scripts import script

SCRIPT = script()
RETRIEVER = Retriever(SCRIPT.sentences)
SAID = {sentence.number: sentence.text for sentence in SCRIPT.sentences}
OLD = Paragraph(
    (
        Statement(SAID[2], (2,)),
        Statement(f"ويقول المتحدث: «{SAID[8]}»", (8,)),
        Statement(SAID[5], (5,)),
        Statement("هذا ملخص حلقة من قناة النهر", basis=Basis.METADATA),
    )
)


def test_an_untouched_text_gives_the_same_paragraph() -> None:
    """Saving without a change keeps every statement and citation, byte for byte."""
    assert reattach_evidence(OLD, paragraph_text(OLD)) == OLD


def test_unchanged_sentences_keep_their_evidence_in_any_order() -> None:
    """Moved sentences take their citations with them; a removed one takes its away."""
    typed = f"{paragraph_text(Paragraph(OLD.statements[2:3]))}\n{paragraph_text(Paragraph(OLD.statements[:2]))}"

    assert reattach_evidence(OLD, typed) == Paragraph((OLD.statements[2], *OLD.statements[:2]))


def test_spelling_alone_keeps_the_evidence() -> None:
    """A hamza or a mark set right changes the text and not what it rests on."""
    typed = f"{SAID[5].replace('أعلى', 'اعلى')}!"

    assert reattach_evidence(Paragraph((Statement(SAID[5], (5,)),)), typed).statements == (Statement(typed, (5,)),)


def test_a_sentence_rewritten_in_place_keeps_its_evidence() -> None:
    """Whatever else was said in other words: what stands in a sentence's place rests on what that rested on."""
    typed = "وأقامت سوريا سد الفرات لتوليد الكهرباء."
    first, second, third, _ = OLD.statements

    made = reattach_evidence(OLD, f"{SAID[2]}. {typed} {SAID[5]}.")

    assert made.statements == (first, replace(second, text=typed), third)


def test_a_name_exchanged_keeps_the_evidence() -> None:
    """Another country in the same sentence does not lead to where that country was spoken of."""
    typed = SAID[6].replace("سوريا", "تركيا")
    assert typed != SAID[6]

    made = reattach_evidence(Paragraph((Statement(SAID[6], (6,)),)), typed)

    assert made.statements == (Statement(typed, (6,)),)


def test_a_divided_sentence_leaves_its_evidence_with_both_parts() -> None:
    """And two that are joined bring theirs together."""
    one, other = SAID[6].split()[:4], SAID[6].split()[4:]
    divided = reattach_evidence(Paragraph((Statement(SAID[6], (6,)),)), f"{' '.join(one)}. {' '.join(other)}.")
    joined = reattach_evidence(Paragraph(OLD.statements[0:3:2]), f"{SAID[2]} كما أن {SAID[5]}.")

    assert [each.cites for each in divided.statements] == [(6,), (6,)]
    assert [each.cites for each in joined.statements] == [(2, 5)]


def test_a_sentence_typed_beside_others_has_no_evidence() -> None:
    """Nothing is added by itself, even where the very words were said."""
    made = reattach_evidence(Paragraph(OLD.statements[:1]), f"{SAID[2]}. {SAID[10]}.")

    assert made.statements == (OLD.statements[0], Statement(f"{SAID[10]}."))


def test_a_line_is_a_sentence_without_a_mark() -> None:
    """Who ends a line ends a sentence: two lines are two statements, with evidence of their own."""
    typed = "فاز الفريق الوطني\nوخسر الفريق الآخر"

    assert [statement.text for statement in reattach_evidence(OLD, typed).statements] == typed.splitlines()


def test_a_phrase_that_leads_to_a_sentence_stays_a_statement() -> None:
    """An opening that ends in a colon keeps what it rests on, and a colon inside a new sentence divides nothing."""
    old = Paragraph((Statement("ومن أبرز ما جاء:", basis=Basis.METADATA), *OLD.statements[:1]))
    typed = "وأضاف: لا شيء يكفي."

    assert reattach_evidence(old, paragraph_text(old)) == old
    assert reattach_evidence(old, f"{paragraph_text(old)} {typed}").statements == (
        *old.statements,
        Statement(typed, ()),
    )


def test_a_reworded_sentence_about_the_metadata_stays_one() -> None:
    """What rests on the metadata does so after a small change too."""
    typed = "هذا ملخص قصير لحلقة من قناة النهر."

    (made,) = reattach_evidence(Paragraph(OLD.statements[3:]), typed).statements

    assert made == Statement(typed, (), Basis.METADATA)


def test_two_sentences_in_one_cite_both() -> None:
    """A sentence that joins two gets the evidence of both."""
    assert RETRIEVER.cites(f"{SAID[6]} {SAID[10]}") == (6, 10)


def test_a_sentence_that_was_hardly_said_has_no_evidence() -> None:
    """A few words in common are not enough: half of what tells must have been said."""
    few = "الملوحة والتربة دمرت مصانع السيارات الكهربائية"

    assert RETRIEVER.cites(few) == ()
    assert RETRIEVER.cites("يحفظ الري بالتنقيط التربة من الملوحة") == (10,)


def test_a_text_without_telling_words_has_no_evidence() -> None:
    """Function words alone find nothing, and neither does an empty text."""
    assert RETRIEVER.cites("في من إلى") == RETRIEVER.cites("") == ()


def test_every_sentence_finds_itself() -> None:
    """Every sentence of the talk with words that tell is its own best evidence, or that of the same words earlier."""
    found = {number: RETRIEVER.cites(text) for number, text in SAID.items()}

    assert sum(number in cites for number, cites in found.items()) >= 0.9 * len(SAID)


def test_sentences_end_where_a_reader_ends_them() -> None:
    """Marks and line ends divide; a single letter with a dot, figures and quotations do not."""
    typed = "قال د. محمد إن 3.5 كافية. هل تكفي؟ «نعم. تكفي تمامًا.» ثم مضى\nسطر آخر"

    assert [each.text for each in reattach_evidence(Paragraph(()), typed).statements] == [
        "قال د. محمد إن 3.5 كافية.",
        "هل تكفي؟",
        "«نعم. تكفي تمامًا.»",
        "ثم مضى",
        "سطر آخر",
    ]


def test_an_unclosed_quotation_does_not_swallow_the_rest() -> None:
    """A forgotten closing mark leaves the sentences divided."""
    assert len(reattach_evidence(Paragraph(()), "«بداية بلا نهاية. جملة. أخرى.").statements) == 3


@given(st.text(max_size=300))
@settings(max_examples=150)
def test_no_typed_word_is_lost(typed: str) -> None:
    """Whatever is typed, all its words stand in the new paragraph, in order; only invisible characters go."""
    made = reattach_evidence(OLD, typed)

    visible = " ".join(strip_controls(line) for line in typed.splitlines())
    assert words(" ".join(statement.text for statement in made.statements)) == words(visible)


@given(st.permutations(range(4)), st.sets(st.integers(0, 3)))
def test_any_order_and_choice_keeps_the_evidence(order: list[int], gone: set[int]) -> None:
    """Sentences removed and moved at will: those that stay cite what they cited."""
    kept = tuple(OLD.statements[at] for at in order if at not in gone)

    assert reattach_evidence(OLD, paragraph_text(Paragraph(kept))).statements == kept
