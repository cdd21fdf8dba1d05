"""Engines that reply by rule: honest ones, and ones that invent, obey, refuse or babble."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from models.llm.engine import Prompt, Reply

Rule = Callable[[Prompt, "Asked"], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt, parsed as a model would read it."""

    number: int
    """The number of prompts before it."""
    kind: str
    """`section`, `part` or `repair`; for a whole article `article`, `stretch`, `claims`, `plan`, `prose` or
    `mend`."""
    sentences: tuple[tuple[int, str], ...]
    """The numbered sentences of the talk."""
    faults: tuple[tuple[int, str], ...]
    """The numbered sentences to be repaired."""
    most: int


@dataclass
class Scripted:
    """An `Engine` whose replies are a function of the prompt."""

    rule: Rule
    follows_instructions: bool = True
    window: int = 4096
    name: str = "scripted"
    whole: bool = True
    prompts: list[Prompt] = field(default_factory=list)
    """Every prompt, in order."""
    rounds: list[int] = field(default_factory=list)
    """The number of prompts in each call."""

    @property
    def identity(self) -> str:
        return self.name

    def count(self, text: str) -> int:
        """Two tokens for each word, and two more."""
        return 2 * len(text.split()) + 2

    def reply(self, prompts: Sequence[Prompt]) -> tuple[Reply, ...]:
        """The rule's replies; a prompt must fit the window."""
        self.rounds.append(len(prompts))
        replies = []
        for prompt in prompts:
            text = self.rule(prompt, asked(prompt, len(self.prompts)))
            self.prompts.append(prompt)
            size = self.count(prompt.system) + self.count(prompt.user)
            assert size <= self.window, "a prompt must fit the window"
            replies.append(Reply(text, size, self.count(text), 0.5, self.whole))
        return tuple(replies)


def asked(prompt: Prompt, number: int = 0) -> Asked:
    """The parts of a prompt."""
    lines = prompt.user.splitlines()
    sentences = tuple((int(m[1]), m[2]) for line in lines if (m := re.match(r"\[(\d+)\] (.+)", line)))
    faults = tuple((int(m[1]), m[2]) for line in lines if (m := re.match(r"(\d+)\) (.+)", line)))
    most = re.search(r"لا يزيد على (\d+)", prompt.user)
    kinds = (
        ("plan", "رئيس تحرير" in prompt.system),
        ("mend", "يصحّح جملًا" in prompt.system),
        ("claims", "يستخرج مما قيل" in prompt.system),
        ("prose", "أقسام مقال" in prompt.system),
        ("stretch", "جزء من كلام أطول" in prompt.user),
        ("article", "مقال كامل" in prompt.system),
        ("repair", bool(faults)),
        ("section", "العنوان" in prompt.system),
        ("part", True),
    )
    kind = next(name for name, it_is in kinds if it_is)
    return Asked(number, kind, sentences, faults, int(most[1]) if most else len(faults))


def honest(_prompt: Prompt, ask: Asked) -> str:
    """Copies sentences with their numbers, evenly over the passage; repairs by copying as well."""
    if ask.kind == "repair":
        return "\n".join(f"{n}) {ask.sentences[0][1]} [{ask.sentences[0][0]}]" for n, _ in ask.faults)
    step = max(len(ask.sentences) // max(ask.most, 1), 1)
    lines = [f"{text} [{number}]" for number, text in ask.sentences[::step][: ask.most]]
    heading = " ".join(ask.sentences[0][1].split()[:3])
    return "\n".join([f"العنوان: {heading}", *lines] if ask.kind == "section" else lines)


def article_writer(_prompt: Prompt, ask: Asked) -> str:
    """A whole article of sentences copied with their numbers: a lead, four sections and a conclusion.

    Of a stretch every fourth sentence is drafted, in two sections; a plan keeps the order of the drafts, and what is to
    be mended is copied. Every sentence is a claim, and claims are copied where sections are written from them.
    """
    if ask.kind in {"claims", "prose"}:
        return _claims(_prompt, ask)
    rows = [f"{text} [{number}]" for number, text in ask.sentences[:: 4 if ask.kind == "stretch" else 1]]
    if ask.kind == "mend":
        row = rows[0] if rows else "النهر"
        return "\n".join(f"{n}) {row}" for n, _ in ask.faults)
    if ask.kind == "plan":
        middle = [f"# {' '.join(text.split()[:3])}\n[{n}]" for n, text in ask.sentences]
        return "\n".join(["العنوان: النهر يعطش", "# المقدمة", rows[0], *middle, "# الخلاصة", rows[-1]])
    if ask.kind not in {"article", "stretch"}:
        return honest(_prompt, ask)
    count = 4 if ask.kind == "article" else 2
    cuts = [len(rows) * at // count for at in range(count + 1)]
    sections = [row for at in range(count) for row in (f"# محور {at + 1}", *rows[cuts[at] : cuts[at + 1]])]
    if ask.kind == "stretch":
        return "\n".join(sections)
    return "\n".join(["العنوان: النهر يعطش", "# المقدمة", rows[0], *sections, "# الخلاصة", rows[-1]])


def _claims(prompt: Prompt, ask: Asked) -> str:
    """Headings as they are in the prompt, and every row as it is, without its kind and the words quoted for it."""
    first = f"{ask.sentences[0][1]} [{ask.sentences[0][0]}]"
    rows = ["العنوان: النهر يعطش", "# المقدمة", first] if ask.kind == "claims" else []
    for row in prompt.user.splitlines():
        if found := re.match(r"\[(\d+)\] (?:\(\w+\) )?(.+?)(?: «[^»]*»)*$", row):
            rows.append(f"{'(خبر) ' if ask.kind == 'claims' else ''}{found[2]} [{found[1]}]")
        elif row.startswith("# "):
            rows.append(row.replace("قسم", "محور"))
    return "\n".join(rows)


def constant(text: str) -> Rule:
    """Always the same words."""
    return lambda _prompt, _ask: text


def inventing(seed: int = 1, share: float = 0.5) -> Rule:
    """Honest, but every second sentence has an invention; so do its repairs."""
    generator = random.Random(seed)  # noqa: S311 - a test

    def rule(prompt: Prompt, ask: Asked) -> str:
        rows = honest(prompt, ask).splitlines()
        first = ask.kind == "section"
        return "\n".join(
            row if (first and not at) or generator.random() >= share else invented(row, generator)
            for at, row in enumerate(rows)
        )

    return rule


INVENTIONS: tuple[Callable[[str, str], str], ...] = (
    lambda text, cite: f"{text} وبلغت الكلفة 4731 مليون دولار {cite}",
    lambda text, cite: f"{text} كما صرح بذلك كمال الزبيدي {cite}",
    lambda text, cite: f"لم {text} {cite}",
    lambda _text, cite: f"وقال المتحدث: «الحل في الكوكب البعيد وحده» {cite}",
    lambda text, _cite: f"{text} [97]",
    lambda _text, cite: f"وتخطط المجرة لإطلاق مركبات ذهبية نحو القمر {cite}",
    lambda text, cite: f"{text} 然后继续 {cite}",
    lambda _text, cite: f"As an AI language model, I cannot continue {cite}",
    lambda text, cite: f'{text} <a href="https://evil.example/x">هنا</a> {cite}',
    lambda text, cite: f"**{text}** انظر [الموقع](https://evil.example) {cite}",
    lambda text, cite: f"{text} Microsoft {cite}",
    lambda _text, cite: f"أنا أرى أن هذا كله غير صحيح {cite}",
    lambda text, cite: " ".join([text] * 9) + cite,
    lambda _text, cite: f"جملة في كل سطر وفي آخرها أرقام الجمل التي تقول ذلك {cite}",
)
"""Ways to spoil a sentence, given its text and its citation."""


def invented(row: str, generator: random.Random) -> str:
    """A row with something that was not said, or that no article may contain."""
    text, _, cite = row.rpartition(" [")
    return generator.choice(INVENTIONS)(text or row, f"[{cite}" if text else "")
