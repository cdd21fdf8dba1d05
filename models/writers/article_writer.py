"""The writer that gets a whole article from the model and has it judged, where a judge is trusted with its meaning."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from models.llm.prompts import load_prompt, prompt_digests
from models.writers import claims, outline, whole
from models.writers.asking import PromptRunner
from models.writers.editing import LABELS, ArticleEditor
from models.writers.llm_writer import telling
from models.writers.quoting import led_draft
from models.writers.settling import SentenceSettler
from pipeline.codec import digest
from pipeline.errors import NoSentence
from pipeline.events import Reporter, silent
from pipeline.types.judging import CanaryTally
from pipeline.types.usage import GenerationStats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.llm.engine import Engine
    from models.writers.article_asking import ArticleAsker, Written
    from models.writers.settling import WatchedJudging
    from pipeline.ports import Judge, Writer
    from pipeline.settings import WriterSettings
    from pipeline.types.article import Draft, Script, Sentence

LED: Final = 2
"""Raise it if a model that only chooses would lead to another article."""
ASKERS: Final[dict[str, tuple[type[ArticleAsker], ...]]] = {
    "whole": (whole.WholeAsker, claims.FullAsker),
    "full": (claims.FullAsker,),
    "light": (claims.LightAsker,),
}
"""How the article is asked for, by `WriterSettings.depth`; the next way where the prompts of one do not fit."""


class ArticleWriter:
    """A `Writer` that has a language model write the article, and a trusted judge read every sentence of it.

    Without a trusted judge, or where the talk does not fit, the article is the `strict` writer's, and says so.
    """

    def __init__(  # noqa: PLR0913 - its surroundings, each named
        self,
        engine: Engine,
        settings: WriterSettings,
        batch: int,
        judge: Judge,
        *,
        strict: Writer,
        watched: WatchedJudging,
        report: Reporter = silent,
    ) -> None:
        """`batch` prompts are handed to the engine at once; `watched` asks the judge with canaries among the claims."""
        self._engine, self._settings, self._batch = engine, settings, batch
        self._judge, self._strict, self._watched, self._report = judge, strict, watched, report
        self._askers = ASKERS[settings.depth]

    @property
    def identity(self) -> str:
        """Everything that changes the text: depth, version, model, prompts, judge, length, and the strict writer."""
        used = dict.fromkeys(name for asker in self._askers for name in asker.prompts)
        phrases = digest((*LABELS, *(label for asker in self._askers for label in asker.labels)))[:12]
        prompts = ", ".join((*prompt_digests(tuple(used)), f"phrases {phrases}"))
        versions = ".".join(str(asker.version) for asker in self._askers)
        made = (self._engine.identity, prompts, f"judge {self._judge.identity}", self._settings.length)
        led = f"{self._strict.identity}, led {LED} ({self._settings.quoted_share:g})"
        return f"{self._settings.depth} {versions} ({'; '.join(made)}; else {led})"

    def write(self, script: Script) -> Draft:
        """The draft; raises `ModelError` if the model cannot be used or the talk has no sentence fit for an article."""
        if not self._judge.trusted:
            return self._strictly(script, "judge")
        if not self._engine.follows_instructions:
            return self._strictly(script, "summariser")
        said = telling(script.sentences)
        if not said:
            raise NoSentence(outline.NO_SENTENCE)
        runner = PromptRunner(self._engine, self._batch, self._report)
        asker, settler, written = self._asked(self._askers[0], runner, script, said)
        for other in self._askers[1:]:
            if written == "window":
                asker, settler, written = self._asked(other, runner, script, said)
        if isinstance(written, str):
            return self._strictly(script, written)
        article, unplaced = written
        editor = ArticleEditor(self._engine, runner, script, settler)
        edited = editor.edit(article)
        if isinstance(edited, str):
            return self._strictly(script, edited, settler.canaries)
        draft, account = edited
        account = replace(
            account,
            model=self._engine.identity,
            prompts=prompt_digests(asker.prompts),
            dropped=account.dropped + unplaced,
        )
        return replace(draft, account=account)

    def _asked(
        self, asker: type[ArticleAsker], runner: PromptRunner, script: Script, said: Sequence[Sentence]
    ) -> tuple[type[ArticleAsker], SentenceSettler, Written | str]:
        """What comes back that way, with the settler that was told its prompts."""
        told = "\n".join(load_prompt(name).system for name in asker.prompts if name != "again")
        settler = SentenceSettler(script, said, self._judge, told, self._watched)
        return asker, settler, asker(self._engine, self._settings, runner, script, said, settler).article()

    def _strictly(self, script: Script, reason: str, canaries: CanaryTally | None = None) -> Draft:
        draft = led_draft(self._strict.write(script), script, self._settings.quoted_share)
        seen = canaries or CanaryTally()
        account = draft.account or GenerationStats(self._engine.identity, ())
        account = replace(account, strict=reason, canaries=seen.planted, canaries_caught=seen.caught)
        return replace(draft, account=account)
