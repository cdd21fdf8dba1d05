"""A cache of replies: a run that was killed in the middle of a long talk continues where it stopped."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from models.llm.engine import Reply
from models.llm.replies import parse_summary, reply_content, useless_reason
from pipeline.codec import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.llm.engine import Engine, Prompt
    from pipeline.ports import ArtifactStore

STEP: Final = "reply"


class CachedEngine:
    """An `Engine` that stores another one's replies by its identity and the prompt, except useless ones."""

    def __init__(self, engine: Engine, store: ArtifactStore) -> None:
        self._engine, self._store = engine, store

    @property
    def identity(self) -> str:
        """The wrapped engine's: a cached reply is the same reply."""
        return self._engine.identity

    @property
    def follows_instructions(self) -> bool:
        return self._engine.follows_instructions

    @property
    def window(self) -> int:
        return self._engine.window

    def count(self, text: str) -> int:
        return self._engine.count(text)

    def forget(self, prompts: Sequence[Prompt]) -> None:
        """Ask for these replies again the next time."""
        for key in map(self._key, prompts):
            if self._store.has(STEP, key):
                self._store.put(STEP, key, Reply("", 0, 0, 0.0, whole=False))

    def reply(self, prompts: Sequence[Prompt]) -> tuple[Reply, ...]:
        """One reply for each prompt, in order; a cached one costs no tokens and no time."""
        keys = [self._key(prompt) for prompt in prompts]
        cached = {key: reply for key in keys if (reply := self._store.get(STEP, key, Reply)) and _is_useful(reply)}
        missing = [at for at, key in enumerate(keys) if key not in cached]
        new = dict(zip(missing, self._engine.reply([prompts[at] for at in missing]) if missing else (), strict=True))
        for at, reply in new.items():
            if _is_useful(reply):
                self._store.put(STEP, keys[at], reply)
        return tuple(
            new[at] if at in new else replace(cached[key], tokens_in=0, tokens_out=0, seconds=0.0)
            for at, key in enumerate(keys)
        )

    def _key(self, prompt: Prompt) -> str:
        return digest((self._engine.identity, digest(prompt)))


def _is_useful(reply: Reply) -> bool:
    text = reply_content(reply.text)
    return not useless_reason(text) and bool(parse_summary(text))
