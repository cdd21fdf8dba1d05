"""Replies that are asked for once: a run that was killed in the middle of a long talk goes on where it stopped."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from models.llm.engine import Reply
from models.llm.replies import reply_content, useless_reason
from pipeline.codec import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.llm.engine import Engine, Prompt
    from pipeline.ports import ArtifactStore

STEP: Final = "reply"


class CachedEngine:
    """An `Engine` that keeps the replies of another one, by its identity and the prompt; none that is of no use."""

    def __init__(self, engine: Engine, store: ArtifactStore) -> None:
        """Ask the engine what the store does not have."""
        self._engine, self._store = engine, store

    @property
    def identity(self) -> str:
        """The engine's: replies are the same."""
        return self._engine.identity

    @property
    def instructed(self) -> bool:
        """The engine's."""
        return self._engine.instructed

    @property
    def window(self) -> int:
        """The engine's."""
        return self._engine.window

    def count(self, text: str) -> int:
        """The engine's."""
        return self._engine.count(text)

    def reply(self, prompts: Sequence[Prompt]) -> tuple[Reply, ...]:
        """One reply for each prompt, in order; one that was kept costs no tokens and no time."""
        keys = [digest((self._engine.identity, digest(prompt))) for prompt in prompts]
        kept = {key: found for key in keys if (found := self._store.get(STEP, key, Reply))}
        new = [at for at, key in enumerate(keys) if key not in kept]
        given = dict(zip(new, self._engine.reply([prompts[at] for at in new]) if new else (), strict=True))
        for at, reply in given.items():
            if not useless_reason(reply_content(reply.text)):
                self._store.put(STEP, keys[at], reply)
        return tuple(given[at] if at in given else _free(kept[key]) for at, key in enumerate(keys))


def _free(reply: Reply) -> Reply:
    return replace(reply, tokens_in=0, tokens_out=0, seconds=0.0)
