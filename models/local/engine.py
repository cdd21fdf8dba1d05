"""A language model on this machine, through transformers and torch: the extra `local`."""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

from models.local.hardware import Machine, free_cores, this_machine
from models.local.hub import EXTRA, ModelFiles, find_model
from pipeline.errors import ModelMissing, ModelUnfit
from pipeline.events import silent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transformers import PreTrainedConfig, PreTrainedTokenizerBase

    from models.llm.engine import Prompt, Reply
    from models.local.chat import ChatModel
    from models.local.loading import Precision
    from models.local.seq2seq import Summarizer
    from pipeline.events import Reporter
    from pipeline.settings import ModelSettings

_VERSION = 3
"""Of what is done here between a prompt and its reply; part of the identity."""
_WINDOW = 8192
"""Most tokens of a prompt and its reply unless the settings say otherwise: longer ones take memory and gain nothing."""


class LocalEngine:
    """An `Engine`: chat models, and summarisers of the encoder-decoder kind, from a hub, a folder or a GGUF file.

    Nothing is looked for before the first question, and the weights are loaded with the first prompt. Raises a
    `ModelUnusable` when there is no such model or it cannot run here.
    """

    def __init__(self, settings: ModelSettings, report: Reporter = silent, precision: Precision | None = None) -> None:
        """Downloads and tokens are reported; `choose_precision` instead of what suits the settings and this machine."""
        self._settings, self._report, self._wanted = settings, report, precision

    @property
    def identity(self) -> str:
        """Model, revision, precision, seed and sampling: all that changes a reply."""
        found, set_ = self._found, self._settings
        chosen = f"temperature {set_.temperature:g} seed {set_.seed} batch {set_.batch} window {self.window}"
        return f"local {_VERSION} {found.label}@{found.revision} {self._precision.label} {chosen}"

    @cached_property
    def instructed(self) -> bool:
        """False for a summariser, which only sums up `Prompt.user`."""
        return not self._config.is_encoder_decoder

    @cached_property
    def window(self) -> int:
        """Most tokens of a prompt and its reply together."""
        text = self._config.get_text_config()
        most = getattr(text, "max_position_embeddings", None) or _WINDOW
        return min(self._settings.window or _WINDOW, most) if self.instructed else self._settings.window or _WINDOW

    def count(self, text: str) -> int:
        """Tokens of a text by the model's own tokenizer."""
        return len(self._tokenizer.encode(text, add_special_tokens=False))

    def reply(self, prompts: Sequence[Prompt]) -> tuple[Reply, ...]:
        """One reply for each prompt, in order, some of them written side by side."""
        runner = self._runner
        import torch  # noqa: PLC0415 - part of the extra, which is there by now

        torch.set_num_threads(self._settings.threads or free_cores(self._machine.cores))
        return runner.reply(prompts, self.window)

    @cached_property
    def _machine(self) -> Machine:
        return this_machine()

    @cached_property
    def _found(self) -> ModelFiles:
        missing = [package for package in ("torch", "transformers") if find_spec(package) is None]
        if missing:
            message = f"a local model needs {' and '.join(missing)}"
            raise ModelMissing(message, EXTRA)
        return find_model(self._settings, self._machine, self._report)

    @cached_property
    def _config(self) -> PreTrainedConfig:
        found = self._found  # says so where the extra is missing
        from models.local import loading  # noqa: PLC0415 - needs the extra

        return loading.load_config(found)

    @cached_property
    def _precision(self) -> Precision:
        found = self._found
        from models.local import loading  # noqa: PLC0415 - needs the extra

        return self._wanted or loading.choose_precision(self._settings, found.parameters, self._machine.memory)

    @cached_property
    def _tokenizer(self) -> PreTrainedTokenizerBase:
        found = self._found
        from models.local import loading  # noqa: PLC0415 - needs the extra

        return loading.load_tokenizer(found)

    @cached_property
    def _runner(self) -> ChatModel | Summarizer:
        found = self._found
        from models.local import chat, loading, seq2seq  # noqa: PLC0415 - needs the extra

        if self.instructed and not self._tokenizer.chat_template:
            message = f"{found.name} has no chat template: it goes on with a text and follows no instructions"
            raise ModelUnfit(message)
        model = loading.load_model(found, self._precision, this_machine(), instructed=self.instructed)
        if not self.instructed:
            return seq2seq.Summarizer(self._tokenizer, model, self._settings, self._report)
        memory = self._machine.memory
        return chat.ChatModel(self._tokenizer, model, self._settings, self._report, memory)
