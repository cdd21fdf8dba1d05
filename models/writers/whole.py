"""The whole talk in one prompt comes back as the whole article, or as drafts of stretches and one plan over them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from models.llm.article_replies import ParsedArticle, PartKind
from models.llm.engine import Prompt
from models.llm.prompts import load_prompt
from models.writers.article_asking import STRETCH_SURPLUS, ArticleAsker, StretchPrompts, numbered_sentences

if TYPE_CHECKING:
    from models.writers.article_asking import Written


class WholeAsker(ArticleAsker):
    """Asks for the article in one piece."""

    version: ClassVar[int] = 6
    prompts: ClassVar[tuple[str, ...]] = ("article", "stretch", "plan", "mend", "again")

    def article(self) -> Written | str:
        whole = self._whole_prompt()
        if self._fits(whole):
            (found,) = self._readings([whole], "article")
            return found if isinstance(found, str) else (found, ())
        drafts = self._drafts(list(self._stretches(self._stretch_prompts())), "stretches")
        if isinstance(drafts, str):
            return drafts
        parts = [part for draft in drafts for part in draft.parts]
        sections = tuple(replace(part, kind=PartKind.SECTION) for part in parts)
        return self._planned(parts) or (ParsedArticle("", "", sections), ())

    def _whole_prompt(self) -> Prompt:
        used = load_prompt("article")
        rows = numbered_sentences(self._said)
        user = used.fill(
            rows,
            facts=self._facts,
            sentences="\n".join(rows),
            begin=self._begin,
            least=self._least,
            most=self._most,
        )
        return Prompt(used.system, user, self._reply_tokens(self._most))

    def _stretch_prompts(self) -> StretchPrompts:
        system, words = load_prompt("article").system, STRETCH_SURPLUS * self._most
        return StretchPrompts(system, load_prompt("stretch"), words, numbered_sentences)
