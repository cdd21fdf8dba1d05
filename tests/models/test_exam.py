"""The judge's exam as it ships."""

from __future__ import annotations

from collections import Counter

from models.judges.exam import exam_items, printed, read_sentences
from models.training.corpus.files import EXAM, statements, talks

ITEMS = exam_items()


def test_half_of_the_statements_are_true() -> None:
    """240 statements on ten talks, twelve true and twelve false each, every one with one to six sentences."""
    assert Counter((item.talk, item.label) for item in ITEMS) == {
        (f"e{talk:02}", label): 12 for talk in range(1, 11) for label in (True, False)
    }
    assert {len(item.evidence) for item in ITEMS} <= set(range(1, 7))
    assert {item.label for item in ITEMS if item.made_from} == {False}


def test_evidence_is_printed_text_of_its_talk() -> None:
    """The sentences are those that the lines name, by whom they are said, without marks of the format."""
    library = {talk.id: talk for talk in talks(EXAM)}
    for item, said in zip(ITEMS, statements(EXAM), strict=True):
        sentences = [library[item.talk].sentences[line - 1] for line in said.lines]
        assert [each.number for each in item.evidence] == list(said.lines)
        assert [each.text for each in item.evidence] == [sentence.printed for sentence in sentences]
        assert [each.voice for each in item.evidence] == [sentence.voice.name for sentence in sentences]
        assert not any(set(each.text) & set("[]{}>") for each in item.evidence)


def test_false_statements_have_faults_of_sixteen_kinds() -> None:
    """No kind is missing."""
    assert len({item.kind for item in ITEMS if not item.label}) == 16
    assert {item.kind for item in ITEMS if item.label} == {"near", "abstractive", "summary"}


def test_what_an_editor_drops_is_not_evidence() -> None:
    """Repeats, places of verses and names of turns are gone; a voice speaks until the next turn."""
    text = "@ speaker: ليلى, f\n@ speaker: عمر, m\n# عنوان\nنعم.\n>> عمر: لا [-لا-] أدري.\nقال: ﴿ق﴾{ق:1}.\n"

    assert [(each.number, each.voice, each.text) for each in read_sentences(text)] == [
        *((1, "ليلى", "نعم."), (2, "عمر", "لا أدري."), (3, "عمر", "قال: ﴿ق﴾.")),
    ]
    assert printed("[-في ال-] في البيت") == "في البيت"
