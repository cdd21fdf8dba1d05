"""Evidence after an edit."""

from __future__ import annotations

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
    assert reattach_evidence(OLD, paragraph_text(OLD), RETRIEVER) == OLD


def test_unchanged_sentences_keep_their_evidence_in_any_order() -> None:
    """Moved sentences take their citations with them; a removed one takes its away."""
    typed = f"{paragraph_text(Paragraph(OLD.statements[2:3]))}\n{paragraph_text(Paragraph(OLD.statements[:2]))}"

    assert reattach_evidence(OLD, typed, RETRIEVER) == Paragraph((OLD.statements[2], *OLD.statements[:2]))


def test_spelling_alone_keeps_the_evidence() -> None:
    """A hamza or a mark set right changes the text and not what it rests on."""
    typed = f"{SAID[5].replace('أعلى', 'اعلى')}!"

    assert reattach_evidence(Paragraph((Statement(SAID[5], (5,)),)), typed, RETRIEVER).statements == (
        Statement(typed, (5,)),
    )


def test_a_reworded_sentence_is_given_the_sentence_that_says_it() -> None:
    """The evidence of changed words is looked up in the talk, not carried over."""
    typed = "وأقامت سوريا سد الفرات لتوليد الكهرباء."

    made = reattach_evidence(OLD, f"{SAID[2]}. {typed}", RETRIEVER)

    assert made.statements == (OLD.statements[0], Statement(typed, (6,)))


def test_a_line_is_a_sentence_without_a_mark() -> None:
    """Who ends a line ends a sentence: two lines are two statements, with evidence of their own."""
    typed = "فاز الفريق الوطني\nوخسر الفريق الآخر"

    assert [statement.text for statement in reattach_evidence(OLD, typed, RETRIEVER).statements] == typed.splitlines()


def test_a_phrase_that_leads_to_a_sentence_stays_a_statement() -> None:
    """An opening that ends in a colon keeps what it rests on, and a colon inside a new sentence divides nothing."""
    old = Paragraph((Statement("ومن أبرز ما جاء:", basis=Basis.METADATA), *OLD.statements[:1]))
    typed = "وأضاف: لا شيء يكفي."

    assert reattach_evidence(old, paragraph_text(old), RETRIEVER) == old
    assert reattach_evidence(old, f"{paragraph_text(old)} {typed}", RETRIEVER).statements == (
        *old.statements,
        Statement(typed, ()),
    )


def test_what_nobody_said_has_no_evidence() -> None:
    """A sentence on something else gets no citation, so that checking calls it uncited."""
    typed = "فاز الفريق الوطني بكأس البطولة بعد مباراة مثيرة."

    assert reattach_evidence(OLD, typed, RETRIEVER).statements == (Statement(typed, ()),)


def test_a_reworded_sentence_about_the_metadata_stays_one() -> None:
    """What rests on the metadata does so after a small change too."""
    typed = "هذا ملخص قصير لحلقة من قناة النهر."

    (made,) = reattach_evidence(Paragraph(OLD.statements[3:]), typed, RETRIEVER).statements

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

    assert [each.text for each in reattach_evidence(Paragraph(()), typed, RETRIEVER).statements] == [
        "قال د. محمد إن 3.5 كافية.",
        "هل تكفي؟",
        "«نعم. تكفي تمامًا.»",
        "ثم مضى",
        "سطر آخر",
    ]


def test_an_unclosed_quotation_does_not_swallow_the_rest() -> None:
    """A forgotten closing mark leaves the sentences divided."""
    assert len(reattach_evidence(Paragraph(()), "«بداية بلا نهاية. جملة. أخرى.", RETRIEVER).statements) == 3


@given(st.text(max_size=300))
@settings(max_examples=150)
def test_no_typed_word_is_lost(typed: str) -> None:
    """Whatever is typed, all its words stand in the new paragraph, in order; only invisible characters go."""
    made = reattach_evidence(OLD, typed, RETRIEVER)

    visible = " ".join(strip_controls(line) for line in typed.splitlines())
    assert words(" ".join(statement.text for statement in made.statements)) == words(visible)


@given(st.permutations(range(4)), st.sets(st.integers(0, 3)))
def test_any_order_and_choice_keeps_the_evidence(order: list[int], gone: set[int]) -> None:
    """Sentences removed and moved at will: those that stay cite what they cited."""
    kept = tuple(OLD.statements[at] for at in order if at not in gone)

    assert reattach_evidence(OLD, paragraph_text(Paragraph(kept)), RETRIEVER).statements == kept
