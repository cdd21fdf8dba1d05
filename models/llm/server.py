"""A language model behind any address that answers chat completions as OpenAI's does.

That is llama.cpp's server, Ollama, vLLM, SGLang, `transformers serve`, or a hosted one. Only what all of them take is
sent: `transformers serve`, for one, answers any other parameter with an error.
"""

from __future__ import annotations

import math
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Final

from models.llm.engine import Prompt, Reply
from models.llm.http import REFUSED, HttpClient
from pipeline.errors import ModelGarbled, ModelUnreachable, ModelUnusable
from pipeline.events import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from models.llm.http import HttpAnswer
    from pipeline.events import Reporter
    from pipeline.settings import ModelSettings

WINDOW: Final = 4096
"""Tokens of a prompt and its reply where the server does not say: Ollama's default, beyond which it cuts silently."""
WINDOW_MOST: Final = 8192
LETTER_TOKENS: Final = 0.6
"""Tokens of a letter where the server counts none: current tokenizers need 2.1 to 2.4 a word of Arabic, some 0.4 a
letter; the oldest need 5."""
MARGIN: Final = 1.15
"""By how much an estimate from the server's own count of a sample is raised, since texts differ."""
PROBE: Final = Prompt("أجب بكلمة واحدة.", "قل: نعم", 8)
"""What is asked when a request is refused: no server can find it too long."""
SAMPLE: Final = (
    "يعرض هذا المقال ما جاء في حديث عن نهر الفرات، الذي ينبع من جبال الأناضول ويقطع أكثر من 2000 كيلومتر بين السهول "
    "والبادية، وعلى ضفافه قامت مدن قديمة عرفت الزراعة والري قبل آلاف السنين. [12] [4، 5]"
)
"""What tokens are counted on."""


class ServerEngine:
    """An `Engine` over HTTP."""

    instructed = True

    def __init__(
        self, settings: ModelSettings, pause: Callable[[float], None] = time.sleep, report: Reporter = silent
    ) -> None:
        """Nothing is asked yet; raises `ConfigError` for an address that is none. `pause` waits between two tries."""
        self._settings = settings
        self._wire = HttpClient(settings, pause, report)
        self._joined: bool | None = None

    @property
    def identity(self) -> str:
        """The model's name and what decides its replies; a server does not say which revision it runs."""
        settings = self._settings
        return f"server {self.name}, temperature {settings.temperature:g}, seed {settings.seed}"

    @cached_property
    def name(self) -> str:
        """The model of the settings, or the only one of the server; raises `ModelUnusable` when it has others."""
        if self._settings.name:
            return self._settings.name
        names = [str(model.get("id", "")) for model in self._models]
        if len(names) != 1 or not names[0]:
            message = f"the model server at {self._wire.shown} has {len(names)} models: {', '.join(sorted(names)[:8])}"
            raise ModelUnusable(message.rstrip(": "), "Say which with [model] name.")
        return names[0]

    @cached_property
    def window(self) -> int:
        """As the settings say, or the server, up to 8,192 tokens."""
        if self._settings.window:
            return self._settings.window
        model = next((m for m in self._told if m.get("id") == self.name), {})
        meta = model.get("meta")
        known = [model.get("max_model_len"), model.get("context_length"), self._loaded_context()]
        known += [meta.get("n_ctx")] if isinstance(meta, dict) else []
        sizes = [size for size in known if isinstance(size, int) and size > 0]
        return min(*sizes, WINDOW_MOST) if sizes else WINDOW

    def count(self, text: str) -> int:
        """An estimate that is rather too high, from the server's own count of a sample where it gives one."""
        return math.ceil(len(text) * self._rate) + 1

    def reply(self, prompts: Sequence[Prompt]) -> tuple[Reply, ...]:
        """A reply for each prompt, as many at once as `[model] batch` says; raises a `ModelError`."""
        begun = time.perf_counter()
        with ThreadPoolExecutor(max_workers=max(self._settings.batch, 1)) as pool:
            answers = list(pool.map(self._complete, prompts))
        seconds = (time.perf_counter() - begun) / max(len(prompts), 1)
        return tuple(replace(answer, seconds=seconds) for answer in answers)

    # --- one prompt ---

    def _complete(self, prompt: Prompt) -> Reply:
        joined = bool(self._joined)
        answer = self._asked(prompt, joined=joined)
        if answer.status in REFUSED:
            if self._joined is None:
                self._joined = self._joins()
            if self._joined and not joined:
                return self._complete(prompt)
            return Reply("", 0, 0, 0.0, whole=False)  # a prompt that is too long after all: the composer cuts it
        text, whole = _message(answer.content)
        usage = answer.content.get("usage")
        usage = usage if isinstance(usage, dict) else {}
        return Reply(
            text,
            _tokens(usage.get("prompt_tokens"), self.count(prompt.system + prompt.user)),
            _tokens(usage.get("completion_tokens"), self.count(text)),
            0.0,
            whole,
        )

    def _joins(self) -> bool:
        """Whether system and user text must be sent as one; raises `ModelUnusable` when both ways are refused.

        Without this look a parameter or a role that a server refuses would leave every article without its model.
        """
        answers = (self._asked(PROBE, joined=joined) for joined in (False, True))
        statuses = list(takewhile(REFUSED.__contains__, (answer.status for answer in answers)))
        if len(statuses) == 2:  # noqa: PLR2004 - both ways
            message = f"the model server at {self._wire.shown} refuses every request (status {statuses[0]})"
            raise ModelUnusable(message, "Look at its log for the reason: it may take other parameters than most do.")
        return bool(statuses)

    def _asked(self, prompt: Prompt, *, joined: bool) -> HttpAnswer:
        spoken = [("system", prompt.system), ("user", prompt.user)] if prompt.system else [("user", prompt.user)]
        if joined:
            spoken = [("user", "\n\n".join(text for _, text in spoken))]
        body = {
            "model": self.name,
            "messages": [{"role": role, "content": text} for role, text in spoken],
            "max_tokens": prompt.most_tokens,
            "temperature": self._settings.temperature,
            "top_p": 1.0,
            "seed": self._settings.seed,
            "stream": False,
        }
        return self._wire.post("chat/completions", body, _message)

    # --- what the server says of itself ---

    @cached_property
    def _models(self) -> list[dict[str, Any]]:
        answer = self._wire.get("models", _listed)
        return _listed(answer.content) if answer.status not in REFUSED else []

    @property
    def _told(self) -> list[dict[str, Any]]:
        """The models, or none where a gateway lists none; what else is wrong shows with the first prompt."""
        try:
            return self._models
        except ModelUnreachable:
            raise
        except ModelUnusable:
            return []

    def _loaded_context(self) -> object:
        """What llama.cpp's server was started with."""
        settings = self._wire.aside("../props", None).get("default_generation_settings")
        return settings.get("n_ctx") if isinstance(settings, dict) else None

    @cached_property
    def _rate(self) -> float:
        """Tokens of a letter: counted by llama.cpp's or vLLM's server, or else more than any current model needs."""
        told = self._wire.aside("../tokenize", {"model": self.name, "content": SAMPLE, "prompt": SAMPLE})
        tokens = told.get("tokens")
        number = len(tokens) if isinstance(tokens, list) else told.get("count")
        return number / len(SAMPLE) * MARGIN if isinstance(number, int) and number > 0 else LETTER_TOKENS


def _message(content: Mapping[str, Any]) -> tuple[str, bool]:
    """The text of a completion and whether it is whole; raises `ModelGarbled`."""
    match content:
        case {"choices": [{"message": {"content": str(text)}} as choice, *_]}:
            return text, choice.get("finish_reason") != "length"
        case {"choices": [{"message": {"content": None}}, *_]}:  # thought until the tokens were used up
            return "", False
        case {"choices": []}:
            message = "the model server gave a reply without any choice"
        case _:
            message = "the model server gave a reply that is no chat completion"
    raise ModelGarbled(message)


def _listed(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    models = content.get("data")
    if not isinstance(models, list):
        message = "the model server gave a list of models that is none"
        raise ModelGarbled(message)
    return [model for model in models if isinstance(model, dict)]


def _tokens(told: object, estimate: int) -> int:
    return told if isinstance(told, int) and told >= 0 else estimate
