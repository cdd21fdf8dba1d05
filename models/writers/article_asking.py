"""What the ways of asking for an article share: prompts that fit the window, replies that can be used, and a plan."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Final

from models.llm import replies
from models.llm.article_replies import ArticleLine, ParsedArticle, PartKind, parse_article
from models.llm.engine import Prompt
from models.llm.prompts import load_prompt, sanitize
from models.writers import outline
from models.writers.asking import even_cuts
from models.writers.editing import material
from pipeline.types.usage import DroppedSentence, DropReason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from models.llm.article_replies import ArticlePart
    from models.llm.engine import Engine, Reply
    from models.llm.prompts import PromptTemplate
    from models.writers.asking import PromptRunner
    from models.writers.settling import SentenceSettler
    from pipeline.settings import WriterSettings
    from pipeline.types.article import Script, Sentence

    Written = tuple[ParsedArticle, tuple[DroppedSentence, ...]]
    """An article, and what was drafted for it and not taken up."""

LENGTHS: Final = {"short": (250, 350), "medium": (450, 650), "long": (800, 1100)}
"""Fewest and most words of an article."""
LENGTH_LEAST, LENGTH_SHARE, LENGTH_SHARE_MOST, LENGTH_SPREAD = 250, 0.22, 0.6, 0.12
"""Words of an article where nobody says how long: so many and more for each of the talk's, at most so for a short talk,
and how far from that either way is allowed."""
STRETCH_WORDS_LEAST, STRETCH_SURPLUS = 120, 1.2
"""Fewest words of a stretch's draft, and how much more than its share is drafted, so that there is a choice."""
REPLY_MARGIN: Final = 2.2
"""Tokens of a reply for each of its prose: numbers, quoted words, and models that write more than they are asked."""
NUMBERING: Final = 6
"""Tokens of a sentence's number and brackets."""
STRETCH_LEAST: Final = 700
"""Tokens of the talk below which a stretch is too small to write from."""
PLAN_RANGE: Final = 60
"""Longest range of drafted sentences that a plan can name."""

BEGIN: Final = "ابدأ بسطر «العنوان:»"
BEGIN_WITH_SUBTITLE: Final = (
    f"{BEGIN} ثم سطر «العنوان الفرعي:»، وهو عبارة من ست كلمات إلى أربع عشرة تكمّل العنوان ولا تعيده"
)
"""Asked for where the video's title says nothing of its subject, so that the headline is the title."""


@dataclass(frozen=True, slots=True)
class StretchPrompts:
    """How a talk is asked about in stretches."""

    system: str
    used: PromptTemplate
    words: float
    """Most words that are wanted of the whole talk."""
    rows: Callable[[Sequence[Sentence]], list[str]]
    """A stretch as the prompt shows it."""
    most: int = sys.maxsize
    """Tokens of a stretch, however large the window is."""


class ArticleAsker(ABC):
    """Gets the article of one talk from a model, unchecked."""

    version: ClassVar[int]
    """Raise it if the same replies would make another article."""
    prompts: ClassVar[tuple[str, ...]]
    labels: ClassVar[tuple[str, ...]] = (BEGIN_WITH_SUBTITLE,)
    """What its prompts say outside their files, besides what an editor's say."""

    def __init__(  # noqa: PLR0913, PLR0917 - its surroundings, each named
        self,
        engine: Engine,
        settings: WriterSettings,
        runner: PromptRunner,
        script: Script,
        said: Sequence[Sentence],
        settler: SentenceSettler,
    ) -> None:
        """Of the script what is `said` is shown to the model; the `settler` checks drafts that are no article yet."""
        self._engine, self._settings, self._runner = engine, settings, runner
        self._script, self._said, self._settler = script, said, settler
        self._facts, self._begin = material(script), BEGIN if outline.has_subject(script) else BEGIN_WITH_SUBTITLE
        self._words = sum(len(sentence.text.split()) for sentence in said)
        self._sizes = [engine.count(sanitize(sentence.text)) + NUMBERING for sentence in said]
        self._rate = sum(self._sizes) / max(self._words, 1)
        self._least, self._most = article_length(settings.length, self._words)

    @abstractmethod
    def article(self) -> Written | str:
        """The article, and what was drafted for it and not taken up; or why there is none."""

    # --- a talk in stretches, and one plan over what was written of them ---

    def _stretches(self, asked: StretchPrompts) -> Iterator[Prompt]:
        """A prompt for each stretch, as long as the window allows; none if it allows next to nothing."""
        fixed = self._engine.count(asked.system) + self._engine.count(f"{asked.used.user} {self._facts}")
        share = REPLY_MARGIN * asked.words / self._words
        least = self._reply_tokens(STRETCH_WORDS_LEAST)
        room = int(min((self._engine.window - fixed) / (1 + share), self._engine.window - fixed - least, asked.most))
        if room < STRETCH_LEAST:
            return
        last = self._said[-1].number
        for begin, end in even_cuts(self._sizes, room):
            stretch = self._said[begin:end]
            rows = asked.rows(stretch)
            spoken = sum(len(each.text.split()) for each in stretch)
            most = max(int(asked.words * spoken / self._words), STRETCH_WORDS_LEAST)
            user = asked.used.fill(
                rows,
                facts=self._facts,
                sentences="\n".join(rows),
                begin=self._begin,
                first=stretch[0].number,
                end=f"{stretch[-1].number} من {last}",
                least=int(most * (1 - 2 * LENGTH_SPREAD)),
                most=most,
            )
            yield Prompt(asked.system, user, self._reply_tokens(most))

    def _drafts(self, prompts: Sequence[Prompt], step: str) -> list[ParsedArticle] | str:
        """What was written of each stretch; or why nothing is, if one fails: nobody is to pass over it in silence."""
        if not prompts:
            return "window"
        drafts = self._readings(prompts, step)
        useless = next((draft for draft in drafts if isinstance(draft, str)), "")
        return useless or [draft for draft in drafts if not isinstance(draft, str)]

    def _planned(self, drafted: Sequence[ArticlePart]) -> Written | None:
        """The article that a plan makes of drafted sections; None where the plan is of no use."""
        lines = [line for part in drafted for line in part.lines]
        numbers = iter(range(1, len(lines) + 1))
        rows = []
        for part in drafted:
            rows.append(f"# {sanitize(part.heading)}")
            rows += [f"[{next(numbers)}] {sanitize(line.text)}" for line in part.lines]
        used = load_prompt("plan")
        user = used.fill(rows, facts=self._facts, sentences="\n".join(rows), begin=self._begin)
        prompt = Prompt(used.system, user, self._reply_tokens(max(self._most // 3, 200)) + NUMBERING * len(lines))
        plan = self._readings([prompt], "plan", len(lines), PLAN_RANGE)[0] if self._fits(prompt) else "window"
        if isinstance(plan, str):
            return None
        article, placed = place_drafts(plan, lines)
        if 2 * len(placed) < len(lines):
            return None
        return article, unplaced(line for number, line in enumerate(lines, 1) if number not in placed)

    # --- asking and reading ---

    def _readings(
        self,
        prompts: Sequence[Prompt],
        step: str,
        last: int = 0,
        most_range: int = replies.MOST_CITED,
        *,
        headed: bool = True,
    ) -> list[ParsedArticle | str]:
        """What each reply says, or why it is of no use although it was asked for twice.

        Numbers go up to `last`, or to the talk's last; `headed` needs a section.
        """

        def read(reply: Reply) -> ParsedArticle | str:
            found = self._reading(reply, last or self._said[-1].number, most_range)
            if isinstance(found, str) or (found.parts and not headed):
                return found
            return found if any(part.kind is PartKind.SECTION for part in found.parts) else "unreadable"

        self._runner.plan(step, len(prompts))
        found = [read(reply) for reply in self._runner.ask(prompts, step)]
        failed = [at for at, reading in enumerate(found) if isinstance(reading, str)]
        self._runner.plan(step, len(failed))
        asked = [replace(prompts[at], user=f"{prompts[at].user}\n{load_prompt('again').system}") for at in failed]
        for at, reply in zip(failed, self._runner.ask(asked, step), strict=True):
            found[at] = read(reply)
        return found

    def _reading(self, reply: Reply, last: int, most_range: int) -> ParsedArticle | str:
        text = replies.reply_content(reply.text)
        if reason := replies.useless_reason(text, [sentence.text for sentence in self._said]):
            return reason
        if not reply.whole:  # the last row was cut off
            text = text.rpartition("\n")[0]
        return parse_article(text, last, most_range)

    def _reply_tokens(self, words: int) -> int:
        return int(REPLY_MARGIN * self._rate * words)

    def _fits(self, prompt: Prompt) -> bool:
        count = self._engine.count
        return count(prompt.system) + count(prompt.user) + prompt.most_tokens <= self._engine.window


def article_length(length: str, spoken: int) -> tuple[int, int]:
    """Fewest and most words of an article about a talk of so many words; `length` as in `WriterSettings`."""
    if length in LENGTHS:
        return LENGTHS[length]
    most = LENGTHS["long"][1] / (1 + LENGTH_SPREAD)
    aim = min(LENGTH_LEAST + LENGTH_SHARE * spoken, LENGTH_SHARE_MOST * spoken, most)
    return round(aim * (1 - LENGTH_SPREAD)), round(aim * (1 + LENGTH_SPREAD))


def numbered_sentences(said: Sequence[Sentence]) -> list[str]:
    """Sentences of a talk by their own numbers, made safe for a prompt."""
    return [f"[{each.number}] {sanitize(each.text)}" for each in said]


def unplaced(lines: Iterator[ArticleLine]) -> tuple[DroppedSentence, ...]:
    """Drafted sentences that no article took up, for its account."""
    return tuple(DroppedSentence(line.text, DropReason.UNPLACED) for line in lines)


def place_drafts(plan: ParsedArticle, drafted: Sequence[ArticleLine]) -> tuple[ParsedArticle, frozenset[int]]:
    """A plan with the drafted sentences in the places of their numbers, and which of them were placed.

    Each stands once. A new sentence rests on what the drafted ones that it names rest on.
    """
    placed: set[int] = set()

    def told(line: ArticleLine) -> Iterator[ArticleLine]:
        if line.text:
            cites = {number for draft in line.cites for number in drafted[draft - 1].cites}
            yield ArticleLine(line.text, tuple(sorted(cites)))
            return
        for number in line.cites:
            if number not in placed:
                placed.add(number)
                yield drafted[number - 1]

    parts = []
    for part in plan.parts:
        paragraphs = [tuple(each for line in paragraph for each in told(line)) for paragraph in part.paragraphs]
        if any(paragraphs):
            parts.append(replace(part, paragraphs=tuple(filter(None, paragraphs))))
    return ParsedArticle(plan.headline, plan.subtitle, tuple(parts)), frozenset(placed)
