"""The example that readers see is what the program makes, and it has every part of the form."""

from __future__ import annotations

import json

from pipeline import codec
from pipeline.evaluate.gold import TALK, read_gold
from pipeline.types.article import Article, Basis, Statement
from tests.sample.make_example import FOLDER, made


def example() -> Article:
    """The committed article."""
    record = json.loads((FOLDER / "article.json").read_text(encoding="utf-8"))
    return codec.decode(json.dumps(record["article"]).encode(), Article)


def test_the_example_is_what_the_program_makes() -> None:
    """Making the bundled talk's article again gives the committed files, byte for byte."""
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == made()


def test_the_example_has_every_part_of_the_form() -> None:
    """Title, headline, linked lead, background, lead-in, four headed sections, difficulties, end."""
    draft, video = example().draft, example().script.video
    lead = " ".join(statement.text for statement in draft.lead.statements)

    assert draft.title in video.title
    assert draft.headline
    assert video.title in lead
    assert video.url in lead
    assert draft.background
    assert draft.transition.statements
    assert len(draft.sections) >= 4
    assert all(section.heading and section.paragraphs for section in draft.sections)
    assert draft.challenges
    assert draft.conclusion


def test_every_body_sentence_was_said_at_its_second() -> None:
    """100 % of the sentences stand in the talk, and their words begin where the captions put them."""
    article = example()
    said = {sentence.number: sentence for sentence in article.script.sentences}
    body = [s for s in statements(article) if s.basis is Basis.SPEECH]

    assert article.report.supported == article.report.statements == len(body) >= len(article.draft.sections)
    assert len({number for statement in body for number in statement.cites}) >= 60
    assert article.report.findings == ()
    for statement in body:
        at = 0
        for sentence in (said[number] for number in statement.cites):
            told = " ".join(sentence.text.rstrip(".؟!،؛: ").split()[2:])  # it may begin without a filler
            at = statement.text.index(told, at)
            assert sentence.start == sentence.times[0]


def test_sections_follow_the_chapters_of_the_talk() -> None:
    """Every heading is a chapter of the talk as its author wrote it."""
    chapters = {chapter.heading for chapter in read_gold(TALK).chapters}

    assert {section.heading for section in example().draft.sections} <= chapters


def statements(article: Article) -> list[Statement]:
    """Every statement of an article."""
    draft = article.draft
    optional = [part for part in (draft.challenges, draft.outlook, draft.conclusion) if part]
    body = [paragraph for section in draft.sections for paragraph in section.paragraphs]
    paragraphs = [draft.lead, *draft.background, draft.transition, *body, *optional]
    return [statement for paragraph in paragraphs for statement in paragraph.statements]
