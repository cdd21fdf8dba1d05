"""The writer that reads the whole talk and gets the whole article back, where a judge is trusted with its meaning."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from models.llm import replies
from models.llm.article_replies import ArticleLine, ArticlePart, ParsedArticle, PartKind, parse_article
from models.llm.engine import Prompt
from models.llm.prompts import load_prompt, prompt_digests, sanitize
from models.writers import outline
from models.writers.asking import PromptRunner, even_cuts
from models.writers.editing import LABELS, ArticleEditor, material
from models.writers.llm_writer import telling
from pipeline.codec import digest
from pipeline.errors import NoSentence
from pipeline.events import Reporter, silent
from pipeline.types.judging import CanaryTally
from pipeline.types.usage import DroppedSentence, DropReason, GenerationStats

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from models.llm.engine import Engine, Reply
    from models.writers.settling import WatchedJudging
    from pipeline.ports import Judge, Writer
    from pipeline.settings import WriterSettings
    from pipeline.types.article import Draft, Script, Sentence

VERSION: Final = 4
"""Raise it if the same replies would make another article."""
PROMPTS: Final = ("article", "stretch", "plan", "mend", "again")
LENGTHS: Final = {"short": (250, 350), "medium": (450, 650), "long": (800, 1100)}
"""Fewest and most words of an article."""
LENGTH_LEAST, LENGTH_SHARE, LENGTH_SHARE_MOST, LENGTH_SPREAD = 250, 0.25, 0.6, 0.12
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


class WholeWriter:
    """A `Writer` that has a language model write the article in one piece, or from drafts of a few stretches.

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

    @property
    def identity(self) -> str:
        """Everything that changes the text: version, model, prompts, judge, length, and the strict writer."""
        prompts = ", ".join((*prompt_digests(PROMPTS), f"phrases {digest((*LABELS, BEGIN_WITH_SUBTITLE))[:12]}"))
        made = (self._engine.identity, prompts, f"judge {self._judge.identity}", self._settings.length)
        return f"whole {VERSION} ({'; '.join(made)}; else {self._strict.identity})"

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
        written = _WholeReply(self._engine, self._settings, runner, script, said).article()
        if isinstance(written, str):
            return self._strictly(script, written)
        article, unplaced = written
        editor = ArticleEditor(self._engine, runner, script, said, judge=self._judge, watched=self._watched)
        edited = editor.edit(article)
        if isinstance(edited, str):
            return self._strictly(script, edited, editor.canaries)
        draft, account = edited
        account = replace(
            account,
            model=self._engine.identity,
            prompts=prompt_digests(PROMPTS),
            dropped=account.dropped + unplaced,
        )
        return replace(draft, account=account)

    def _strictly(self, script: Script, reason: str, canaries: CanaryTally | None = None) -> Draft:
        draft, seen = self._strict.write(script), canaries or CanaryTally()
        account = draft.account or GenerationStats(self._engine.identity, ())
        account = replace(account, strict=reason, canaries=seen.planted, canaries_caught=seen.caught)
        return replace(draft, account=account)


class _WholeReply:
    """Gets the article of one talk from the model, unchecked."""

    def __init__(
        self, engine: Engine, settings: WriterSettings, runner: PromptRunner, script: Script, said: Sequence[Sentence]
    ) -> None:
        self._engine, self._runner, self._said = engine, runner, said
        self._facts, self._begin = material(script), BEGIN if outline.has_subject(script) else BEGIN_WITH_SUBTITLE
        self._words = sum(len(sentence.text.split()) for sentence in said)
        self._sizes = [engine.count(sanitize(sentence.text)) + NUMBERING for sentence in said]
        self._rate = sum(self._sizes) / max(self._words, 1)
        self._least, self._most = article_length(settings.length, self._words)

    def article(self) -> tuple[ParsedArticle, tuple[DroppedSentence, ...]] | str:
        """The article, and what was drafted for it and not taken up; or why there is none."""
        whole = self._whole_prompt()
        if self._fits(whole):
            (found,) = self._readings([whole], "article")
            return found if isinstance(found, str) else (found, ())
        prompts = list(self._stretch_prompts())
        if not prompts:
            return "window"
        drafts = self._readings(prompts, "stretches")
        if useless := next((draft for draft in drafts if isinstance(draft, str)), ""):
            return useless  # an article without one stretch would pass over it in silence
        return self._planned([part for draft in drafts if not isinstance(draft, str) for part in draft.parts])

    def _whole_prompt(self) -> Prompt:
        used = load_prompt("article")
        texts = [f"[{each.number}] {sanitize(each.text)}" for each in self._said]
        user = used.fill(
            texts,
            facts=self._facts,
            sentences="\n".join(texts),
            begin=self._begin,
            least=self._least,
            most=self._most,
        )
        return Prompt(used.system, user, self._reply_tokens(self._most))

    def _stretch_prompts(self) -> Iterator[Prompt]:
        """A prompt for each stretch, as long as the window allows; none if it allows next to nothing."""
        system, used = load_prompt("article").system, load_prompt("stretch")
        fixed = self._engine.count(system) + self._engine.count(f"{used.user} {self._facts}")
        share = REPLY_MARGIN * STRETCH_SURPLUS * self._most / self._words
        least = self._reply_tokens(STRETCH_WORDS_LEAST)
        room = int(min((self._engine.window - fixed) / (1 + share), self._engine.window - fixed - least))
        if room < STRETCH_LEAST:
            return
        last = self._said[-1].number
        for begin, end in even_cuts(self._sizes, room):
            stretch = self._said[begin:end]
            texts = [f"[{each.number}] {sanitize(each.text)}" for each in stretch]
            spoken = sum(len(each.text.split()) for each in stretch)
            most = max(int(STRETCH_SURPLUS * self._most * spoken / self._words), STRETCH_WORDS_LEAST)
            user = used.fill(
                texts,
                facts=self._facts,
                sentences="\n".join(texts),
                first=stretch[0].number,
                end=f"{stretch[-1].number} من {last}",
                least=int(most * (1 - 2 * LENGTH_SPREAD)),
                most=most,
            )
            yield Prompt(system, user, self._reply_tokens(most))

    def _planned(self, drafted: Sequence[ArticlePart]) -> tuple[ParsedArticle, tuple[DroppedSentence, ...]]:
        """The article that a plan makes of drafted sections; the sections as they are where the plan is of no use."""
        lines = [line for part in drafted for paragraph in part.paragraphs for line in paragraph]
        numbers = iter(range(1, len(lines) + 1))
        rows = []
        for part in drafted:
            rows.append(f"# {sanitize(part.heading)}")
            rows += [f"[{next(numbers)}] {sanitize(line.text)}" for paragraph in part.paragraphs for line in paragraph]
        used = load_prompt("plan")
        user = used.fill(rows, facts=self._facts, sentences="\n".join(rows), begin=self._begin)
        prompt = Prompt(used.system, user, self._reply_tokens(max(self._most // 3, 200)) + NUMBERING * len(lines))
        plan = self._readings([prompt], "plan", len(lines), PLAN_RANGE)[0] if self._fits(prompt) else "window"
        if not isinstance(plan, str):
            article, placed = place_drafts(plan, lines)
            if 2 * len(placed) >= len(lines):
                unplaced = (line for number, line in enumerate(lines, 1) if number not in placed)
                return article, tuple(DroppedSentence(line.text, DropReason.UNPLACED) for line in unplaced)
        return ParsedArticle("", "", tuple(replace(part, kind=PartKind.SECTION) for part in drafted)), ()

    # --- asking and reading ---

    def _readings(
        self, prompts: Sequence[Prompt], step: str, last: int = 0, most_range: int = replies.MOST_CITED
    ) -> list[ParsedArticle | str]:
        """What each reply says, or why it is of no use although it was asked for twice."""
        self._runner.plan(step, len(prompts))
        found = [self._reading(reply, last, most_range) for reply in self._runner.ask(prompts, step)]
        failed = [at for at, reading in enumerate(found) if isinstance(reading, str)]
        self._runner.plan(step, len(failed))
        asked = [replace(prompts[at], user=f"{prompts[at].user}\n{load_prompt('again').system}") for at in failed]
        for at, reply in zip(failed, self._runner.ask(asked, step), strict=True):
            found[at] = self._reading(reply, last, most_range)
        return found

    def _reading(self, reply: Reply, last: int, most_range: int) -> ParsedArticle | str:
        text = replies.reply_content(reply.text)
        if reason := replies.useless_reason(text, [sentence.text for sentence in self._said]):
            return reason
        if not reply.whole:  # the last row was cut off
            text = text.rpartition("\n")[0]
        article = parse_article(text, last or self._said[-1].number, most_range)
        return article if any(part.kind is PartKind.SECTION for part in article.parts) else "unreadable"

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
