"""A language model that runs in this process, through transformers and torch: the extra `local`."""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

from models.local.hardware import Machine, free_cores, this_machine
from models.local.hub import INSTALL_HINT, ModelFiles, find_model
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
"""Part of the identity; raise it if the same prompt would get another reply."""
_DEFAULT_WINDOW = 8192
"""The default context window: a longer one takes memory and gains nothing."""


class LocalEngine:
    """An `Engine`: chat models, and summarisers of the encoder-decoder kind, from a hub, a folder or a GGUF file.

    Files are looked for on first use, and weights are loaded with the first prompt. Every method raises a
    `ModelUnusable` if there is no such model or it cannot run here.
    """

    def __init__(self, settings: ModelSettings, report: Reporter = silent, precision: Precision | None = None) -> None:
        """`precision` overrides what suits the settings and this machine."""
        self._settings, self._report, self._forced_precision = settings, report, precision

    @property
    def identity(self) -> str:
        """Model, revision, precision, seed and sampling: everything that changes a reply."""
        files, settings = self._files, self._settings
        options = (
            f"temperature {settings.temperature:g} seed {settings.seed} batch {settings.batch} window {self.window}"
        )
        return f"local {_VERSION} {files.label}@{files.revision} {self._precision.label} {options}"

    @cached_property
    def follows_instructions(self) -> bool:
        """False for an encoder-decoder model, which can only sum up `Prompt.user`."""
        return not self._config.is_encoder_decoder

    @cached_property
    def window(self) -> int:
        """The context window of the settings or the default, within what the model was trained on."""
        wanted = self._settings.window or _DEFAULT_WINDOW
        trained = getattr(self._config.get_text_config(), "max_position_embeddings", None) or _DEFAULT_WINDOW
        return min(wanted, trained) if self.follows_instructions else wanted

    def count(self, text: str) -> int:
        """Tokens of a text, by the model's own tokenizer."""
        return len(self._tokenizer.encode(text, add_special_tokens=False))

    def reply(self, prompts: Sequence[Prompt]) -> tuple[Reply, ...]:
        """One reply for each prompt, in order, written in batches."""
        runner = self._runner
        import torch  # noqa: PLC0415 - part of the extra, which is there by now

        torch.set_num_threads(self._settings.threads or free_cores(self._machine.cores))
        return runner.reply(prompts, self.window)

    @cached_property
    def _machine(self) -> Machine:
        return this_machine()

    @cached_property
    def _files(self) -> ModelFiles:
        missing = [package for package in ("torch", "transformers") if find_spec(package) is None]
        if missing:
            message = f"a local model needs {' and '.join(missing)}"
            raise ModelMissing(message, INSTALL_HINT)
        return find_model(self._settings, self._machine, self._report)

    @cached_property
    def _config(self) -> PreTrainedConfig:
        files = self._files  # raises if the extra is missing, before the import below
        from models.local import loading  # noqa: PLC0415 - needs the extra

        return loading.load_config(files)

    @cached_property
    def _precision(self) -> Precision:
        files = self._files
        from models.local import loading  # noqa: PLC0415 - needs the extra

        return self._forced_precision or loading.choose_precision(
            self._settings, files.parameters, self._machine.memory
        )

    @cached_property
    def _tokenizer(self) -> PreTrainedTokenizerBase:
        files = self._files
        from models.local import loading  # noqa: PLC0415 - needs the extra

        return loading.load_tokenizer(files)

    @cached_property
    def _runner(self) -> ChatModel | Summarizer:
        files = self._files
        from models.local import chat, loading, seq2seq  # noqa: PLC0415 - needs the extra

        if self.follows_instructions and not self._tokenizer.chat_template:
            message = f"{files.name} has no chat template: it can continue a text, but follows no instructions"
            raise ModelUnfit(message)
        model = loading.load_model(
            files, self._precision, this_machine(), follows_instructions=self.follows_instructions
        )
        if not self.follows_instructions:
            return seq2seq.Summarizer(self._tokenizer, model, self._settings, self._report)
        return chat.ChatModel(self._tokenizer, model, self._settings, self._report, self._machine.memory)
