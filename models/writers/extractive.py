"""The embedded writer: arranges the speaker's own sentences as an article, without a model or a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from models.writers import outline, phrasing
from pipeline.errors import NoSentence
from pipeline.types.article import Draft, Paragraph

if TYPE_CHECKING:
    from pipeline.settings import WriterSettings
    from pipeline.types.article import Script

VERSION: Final = 3
"""Raise it if the same script would get another draft."""


class ExtractiveWriter:
    """A `Writer` that chooses and arranges sentences."""

    def __init__(self, settings: WriterSettings) -> None:
        self._settings = settings

    @property
    def identity(self) -> str:
        """Kind, version and the settings that change the text."""
        return f"extractive {VERSION} ({self._settings.section_sentences}, {self._settings.section_share:g})"

    def write(self, script: Script) -> Draft:
        """The draft; raises `NoSentence` if no sentence of the script is fit for an article."""
        plan = outline.make_outline(script)
        sections = tuple(s for p in plan.sections if (s := outline.make_section(p, plan, self._settings)))
        if not sections:
            raise NoSentence(outline.NO_SENTENCE)
        return Draft(
            title=script.video.title,
            headline=outline.make_headline(script, sections),
            lead=Paragraph((*outline.presentation(script), *outline.subjects(script, sections))),
            background=outline.paragraphs(plan.background.sentences),
            transition=outline.metadata_paragraph(phrasing.TRANSITION),
            sections=sections,
            challenges=outline.make_part(phrasing.CHALLENGES, plan.challenges.sentences),
            outlook=outline.make_part(phrasing.OUTLOOK, plan.outlook.sentences),
            conclusion=outline.conclusion(script, plan.conclusion.sentences),
        )
