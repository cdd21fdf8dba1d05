"""A language model behind any server with OpenAI's chat completions.

That is llama.cpp's server, Ollama, vLLM, SGLang, `transformers serve`, or a hosted one. Requests contain only
parameters that all of them accept, and those that switch thinking off; these are left out for a server that refuses
them, as `transformers serve` and most hosted models do.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from models.llm.engine import Prompt, Reply
from models.llm.http import REFUSED, HttpClient
from models.llm.parallel import call_in_parallel
from models.llm.replies import whole_letters
from pipeline.errors import ModelGarbled, ModelUnreachable, ModelUnusable
from pipeline.events import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from models.llm.http import HttpAnswer
    from pipeline.events import Reporter
    from pipeline.settings import ModelSettings

DEFAULT_WINDOW: Final = 4096
"""Tokens of a prompt and its reply if the server does not say: Ollama's default, beyond which it truncates silently."""
MAX_WINDOW: Final = 131_072
"""The most that is used of a server's window: the rest is memory for nothing, as no talk needs more."""
TOKENS_PER_LETTER: Final = 0.6
"""For servers that do not count: current tokenizers need 2.1 to 2.4 tokens for a word of Arabic, some 0.4 for a letter;
the oldest need 5 for a word."""
MARGIN: Final = 1.15
"""Factor on an estimate from the server's own count of a sample, since texts differ."""


@dataclass(frozen=True, slots=True)
class RequestForm:
    """What a server may refuse of a request."""

    no_thinking: Mapping[str, Any]
    """Parameters that switch thinking off: thoughts cost several times the tokens of an article."""
    merged: bool
    """Whether the system prompt goes into the user's message."""


_TEMPLATE: Final = {"chat_template_kwargs": {"enable_thinking": False}}
"""llama.cpp, vLLM and SGLang hand it to the model's template."""
FORMS: Final = tuple(
    RequestForm(no_thinking, merged)
    for merged in (False, True)
    for no_thinking in (
        {**_TEMPLATE, "reasoning_effort": "none"},
        _TEMPLATE,
        {"reasoning_effort": "none"},  # Ollama, and hosted models
        {"reasoning_effort": "low"},
        {},
    )
)
"""Tried in this order once a request was refused."""
PROBE: Final = Prompt("أجب بكلمة واحدة.", "قل: نعم", 8)
"""Sent after a request was refused: no server can find it too long."""
SAMPLE: Final = (
    "يعرض هذا المقال ما جاء في حديث عن نهر الفرات، الذي ينبع من جبال الأناضول ويقطع أكثر من 2000 كيلومتر بين السهول "
    "والبادية، وعلى ضفافه قامت مدن قديمة عرفت الزراعة والري قبل آلاف السنين. [12] [4، 5]"
)
"""The text on which the server's tokens per letter are measured."""


class ServerEngine:
    """An `Engine` over HTTP."""

    follows_instructions = True

    def __init__(
        self, settings: ModelSettings, pause: Callable[[float], None] = time.sleep, report: Reporter = silent
    ) -> None:
        """Sends nothing yet. `pause` waits between two attempts. Raises `ConfigError` for an invalid URL."""
        self._settings = settings
        self._client = HttpClient(settings, pause, report)
        self._form, self._lock = FORMS[0], Lock()
        self._negotiated = False
        """Whether a request was refused, and the form was looked for that the server takes."""

    @property
    def identity(self) -> str:
        """The model's name and the sampling; a server does not say which revision it runs."""
        settings = self._settings
        return f"server {self.name}, temperature {settings.temperature:g}, seed {settings.seed}, no thinking"

    @cached_property
    def name(self) -> str:
        """The model of the settings, or the server's only one; raises `ModelUnusable` if the server has several."""
        if self._settings.name:
            return self._settings.name
        names = [whole_letters(str(model.get("id", ""))) for model in self._models]
        if len(names) != 1 or not names[0]:
            listed = ", ".join(sorted(names)[:8])
            message = f"the model server at {self._client.display_url} has {len(names)} models: {listed}"
            raise ModelUnusable(message.rstrip(": "), "Set [model] name to one of them.")
        return names[0]

    @cached_property
    def window(self) -> int:
        """The context window of the settings, or else the server's."""
        if self._settings.window:
            return self._settings.window
        try:
            models = self._models
        except ModelUnreachable:
            raise
        except ModelUnusable:  # some gateways list no models; any other trouble shows with the first prompt
            models = []
        model = next((m for m in models if m.get("id") == self.name), {})
        meta = model.get("meta")  # of llama.cpp's server, which tells in `/props` what it was started with
        started = self._client.probe("../props", None).get("default_generation_settings")
        sizes = [model.get("max_model_len"), model.get("context_length")]
        sizes += [started.get("n_ctx")] if isinstance(started, dict) else []
        sizes += [meta.get("n_ctx")] if isinstance(meta, dict) else []
        known = [size for size in sizes if isinstance(size, int) and size > 0]
        return min(*known, MAX_WINDOW) if known else DEFAULT_WINDOW

    def count(self, text: str) -> int:
        """An estimate that errs on the high side."""
        return math.ceil(len(text) * self._tokens_per_letter) + 1

    def reply(self, prompts: Sequence[Prompt]) -> tuple[Reply, ...]:
        """A reply for each prompt, `[model] batch` of them in parallel; raises a `ModelError`."""
        begun = time.perf_counter()
        replies = call_in_parallel(self._complete, prompts, max(self._settings.batch, 1))
        seconds = (time.perf_counter() - begun) / max(len(prompts), 1)
        return tuple(replace(reply, seconds=seconds) for reply in replies)

    def _complete(self, prompt: Prompt) -> Reply:
        form = self._form
        answer = self._post(prompt, form)
        if answer.status in REFUSED:
            if self._accepted_form() != form:
                return self._complete(prompt)
            return Reply("", 0, 0, 0.0, whole=False)  # the prompt is too long after all: the writer halves it
        text, whole = _parse_completion(answer.content)
        usage = answer.content.get("usage")
        usage = usage if isinstance(usage, dict) else {}
        return Reply(
            text,
            _tokens(usage.get("prompt_tokens"), self.count(prompt.system + prompt.user)),
            _tokens(usage.get("completion_tokens"), self.count(text)),
            0.0,
            whole,
        )

    def _accepted_form(self) -> RequestForm:
        """The form of a request that the server takes; raises `ModelUnusable` if it refuses everything.

        Without this check, a parameter or role that a server rejects would leave every article without its model.
        """
        with self._lock:
            if not self._negotiated:
                self._form, self._negotiated = self._negotiate(), True
            return self._form

    def _negotiate(self) -> RequestForm:
        status = 0
        for form in FORMS:
            status = self._post(PROBE, form).status
            if status not in REFUSED:
                return form
        message = f"the model server at {self._client.display_url} refuses every request (status {status})"
        raise ModelUnusable(message, "Check its log for the reason; it may need other parameters than most servers.")

    def _post(self, prompt: Prompt, form: RequestForm) -> HttpAnswer:
        parts = [("system", prompt.system), ("user", prompt.user)] if prompt.system else [("user", prompt.user)]
        if form.merged:
            parts = [("user", "\n\n".join(text for _, text in parts))]
        body = {
            "model": self.name,
            "messages": [{"role": role, "content": text} for role, text in parts],
            "max_tokens": prompt.most_tokens,
            "temperature": self._settings.temperature,
            "top_p": 1.0,
            "seed": self._settings.seed,
            "stream": False,
            **form.no_thinking,
        }
        return self._client.post("chat/completions", body, _parse_completion)

    @cached_property
    def _models(self) -> list[dict[str, Any]]:
        answer = self._client.get("models", _parse_models)
        return _parse_models(answer.content) if answer.status not in REFUSED else []

    @cached_property
    def _tokens_per_letter(self) -> float:
        """Measured by llama.cpp's or vLLM's server on a sample; otherwise more than any current model needs."""
        answer = self._client.probe("../tokenize", {"model": self.name, "content": SAMPLE, "prompt": SAMPLE})
        tokens = answer.get("tokens")
        count = len(tokens) if isinstance(tokens, list) else answer.get("count")
        return count / len(SAMPLE) * MARGIN if isinstance(count, int) and count > 0 else TOKENS_PER_LETTER


def _parse_completion(content: Mapping[str, Any]) -> tuple[str, bool]:
    """The text of a completion, and whether it is whole; raises `ModelGarbled`."""
    match content:
        case {"choices": [{"message": {"content": str(text)}} as choice, *_]}:
            return whole_letters(text), choice.get("finish_reason") != "length"
        case {"choices": [{"message": {"content": None}}, *_]}:  # its thoughts used up all tokens
            return "", False
        case {"choices": []}:
            message = "the model server gave a reply without any choice"
        case _:
            message = "the model server's reply is not a chat completion"
    raise ModelGarbled(message)


def _parse_models(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    models = content.get("data")
    if not isinstance(models, list):
        message = "the model server gave an invalid model list"
        raise ModelGarbled(message)
    return [model for model in models if isinstance(model, dict)]


def _tokens(counted: object, estimate: int) -> int:
    return counted if isinstance(counted, int) and counted >= 0 else estimate
