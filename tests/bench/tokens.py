"""`make bench-tokens`: where the tokens of an article go, step by step, beside those of its transcript.

A model by rule stands in for a good one. It writes as much as it is asked for, quotes as it is asked for when it
judges, and refuses what it did not write and every tenth sentence that it did. Tokens are reckoned from letters, so
only the ratios mean something.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from models.llm.engine import Prompt
from models.llm.prompts import load_prompt, sanitize
from pipeline.arabic.normalize import words
from tests.bench.written import measure
from tests.fakes.engines import article_writer, asked
from tests.fakes.model_server import FakeModelServer, said

if TYPE_CHECKING:
    from tests.fakes.engines import Asked

LETTERS: Final = 3
"""Of a token."""
TALKS: Final = (15, 30, 60)
"""Minutes."""
DEPTHS: Final = {"whole": "whole", "light": "light", "full": "full", "strict": "sections"}
SENTENCE, RESTS, SECTIONS = 18, 2, 6
"""Words of a sentence, sentences of the talk that it rests on, and sections of an article."""
QUOTATIONS, QUOTED = 3, 3
"""Of an answer, and words of each."""
LABEL, CLAIM_QUOTED = "(رأي) ", 5
"""What stands before a claim, and how many words are quoted for it; every second rests on one sentence only: the
claims that a good writer made of a real talk rested on 40 of its words."""
REFUSED: Final = 10
"""Of so many sentences that it wrote one is refused."""
HEADLINE: Final = "ما قيل في الحديث"
HEADING, HEADED = "ما قيل عن", 2
"""How a heading begins, and how many words of its section follow."""
WINDOW: Final = 65_536


class StandIn:
    """A model that writes an article of the talk's own words and stands by most of it."""

    def __init__(self) -> None:
        self._written: dict[tuple[str, ...], int] = {}

    def respond(self, body: dict[str, Any]) -> dict[str, Any]:
        """The chat completion, with what it took."""
        system, user = (message["content"] for message in body["messages"])
        prompt = Prompt(system, user, body["max_tokens"])
        ask = asked(prompt)
        if system == load_prompt("judge").system:
            text = self._judge(ask)
        elif ask.kind in {"article", "claims", "prose"}:
            text = self._article(prompt, ask)
        elif ask.kind == "plan":
            text = self._plan(ask)
        elif ask.kind == "mend":
            text = "\n".join(f"{number}) {self._write(f'{row} أيضًا')}" for number, row in ask.faults)
        else:
            text = article_writer(prompt, ask)
        used = {"prompt_tokens": (len(system) + len(user)) // LETTERS, "completion_tokens": len(text) // LETTERS}
        return said(text) | {"usage": used}

    def _write(self, text: str) -> str:
        self._written.setdefault(words(sanitize(text)), len(self._written))
        return text

    def _article(self, prompt: Prompt, ask: Asked) -> str:
        most = int((re.findall(r"\d+", prompt.user.splitlines()[-1]) or ["400"])[-1])
        count = max(most // SENTENCE, SECTIONS)
        step = len(ask.sentences) / count
        rows = []
        for at in range(count):
            count_of = RESTS - (ask.kind == "claims") * (at % 2)
            rests = ask.sentences[int(at * step) : int(at * step) + count_of]
            spoken = (re.sub(r"[^\w\s]", "", text).split()[: SENTENCE // count_of] for _, text in rests)
            told = " ".join(word for each in spoken for word in each)
            named = f"{self._write(told)} [{'، '.join(str(number) for number, _ in rests)}]"
            rows.append(f"{LABEL}{named} «{' '.join(told.split()[:CLAIM_QUOTED])}»" if ask.kind == "claims" else named)
        size = -(-count // SECTIONS)
        parts = [row for at in range(0, count, size) for row in (self._heading(rows[at]), *rows[at : at + size])]
        return "\n".join([f"العنوان: {self._write(HEADLINE)}", *parts])

    def _heading(self, row: str) -> str:
        return f"# {self._write(' '.join((HEADING, *row.removeprefix(LABEL).split()[:HEADED])))}"

    def _plan(self, ask: Asked) -> str:
        """As many sections as an article has, of all that was drafted; lead and conclusion copy two sentences each."""
        size = -(-len(ask.sentences) // SECTIONS)
        ranges = ((at + 1, min(at + size, len(ask.sentences))) for at in range(0, len(ask.sentences), size))
        sections = [
            row for begin, end in ranges for row in (self._heading(ask.sentences[begin - 1][1]), f"[{begin}-{end}]")
        ]
        rows = [f"{self._write(text)} [{number}]" for number, text in (*ask.sentences[:2], *ask.sentences[-2:])]
        return "\n".join(
            [f"العنوان: {self._write(HEADLINE)}", "# المقدمة", *rows[:2], *sections, "# الخلاصة", *rows[2:]]
        )

    def _judge(self, ask: Asked) -> str:
        spoken = dict(ask.sentences)
        rows = []
        for number, row in ask.faults:
            text, _, named = row.rpartition(" [")
            evidence = [spoken[at] for at in map(int, re.findall(r"\d+", named)) if at in spoken] or ["؟"]
            quotes = " ".join(f"«{' '.join(each.split()[:QUOTED])}»" for each in (evidence * QUOTATIONS)[:QUOTATIONS])
            place = self._written.get(words(text), self._written.get(words(text.rpartition(": ")[2]), REFUSED - 1))
            true = (place + 1) % REFUSED
            verdict = "نعم" if true else f"لا: {' '.join(text.split()[:QUOTED])}"
            rows.append(f"{number}) {quotes} = {verdict}")
        return "\n".join(rows)


def step_rows(steps: dict[str, tuple[int, int]], talk: float) -> list[str]:
    """Each step's tokens, read and written, as shares of the transcript's, then all together."""
    together = tuple(map(sum, zip(*steps.values(), strict=True)))
    return [
        f"  {name:14}{read / talk:8.2f}{written / talk:9.2f}"
        for name, (read, written) in (*steps.items(), ("together", together))
    ]


def main() -> None:
    """Print the table."""
    print(f"{'':16}{'read':>8}{'written':>9}   beside the transcript's tokens")
    for minutes in TALKS:
        for name, depth in DEPTHS.items():
            with FakeModelServer(StandIn().respond, window=WINDOW) as server:
                figures = measure("server", server.url, minutes, depth)
            print(f"{minutes} min, {name}" + (f" ({figures['strict']})" if figures["strict"] else ""))
            print("\n".join(step_rows(figures["steps"], figures["letters"] / LETTERS)), flush=True)


if __name__ == "__main__":
    main()
