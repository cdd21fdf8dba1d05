"""A model from its files into memory: type of its numbers, device, size, and what cannot be loaded."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import transformers
from safetensors import SafetensorError
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer, GgufConfig

from models.local import quantize
from pipeline.errors import ModelTooLarge, ModelUnfit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from transformers import PreTrainedConfig, PreTrainedModel, PreTrainedTokenizerBase

    from models.local.hardware import Machine
    from models.local.hub import ModelFiles
    from pipeline.settings import ModelSettings

_ROOM = 1.15
"""What loading takes beyond the weights themselves."""
_GUARDED = {"local_files_only": True, "trust_remote_code": False}
"""Said each time: unsaid, the library asks at the terminal whether a model's own code shall run."""
_LOADED: dict[quantize.Kind | None, torch.dtype] = {"int8": torch.bfloat16, "float16": torch.float16}
"""In what weights are read that are packed then: so large files need no twice as large memory."""
_SAME = 0.1
"""Greatest relative difference of two roundings of one matrix to 4 and 6 bits."""


@dataclass(frozen=True, slots=True)
class Precision:
    """In what the weights are kept and computed."""

    device: str
    dtype: torch.dtype
    weights: quantize.Kind | None = None
    """How weights are kept where not in `dtype`."""

    @property
    def label(self) -> str:
        """As in the identity of an engine: `cpu float32, weights int8`."""
        kept = f", weights {self.weights}" if self.weights else ""
        return f"{self.device} {str(self.dtype).removeprefix('torch.')}{kept}"

    @property
    def bytes(self) -> int:
        """Of one weight."""
        return quantize.BYTES[self.weights] if self.weights else self.dtype.itemsize


def choose_precision(settings: ModelSettings, parameters: float, memory: float) -> Precision:
    """What suits this machine with so many bytes of memory and a model of so many weights."""
    device = _device(settings.device)
    if device != "cpu":
        return Precision(device, torch.bfloat16 if _half_on(device) else torch.float16)
    fast = half_is_fast()
    dtype = torch.bfloat16 if fast else torch.float32
    if settings.quantize == "none":
        return Precision(device, dtype)
    if settings.quantize == "int8" or parameters * 2 > memory / 2:
        return Precision(device, dtype, "int8")
    if quantize.is_exact("bfloat16" if fast else "float16"):
        return Precision(device, dtype, "bfloat16" if fast else "float16")
    return Precision(device, dtype, None if fast else "int8")


def half_is_fast() -> bool:
    """Whether this processor multiplies bfloat16 itself; else reading a prompt takes 3.5 times as long (measured)."""
    if torch.backends.cpu.get_cpu_capability() in {"NEON", "SVE", "SVE128", "SVE256"}:
        return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())  # noqa: SLF001 - no public name
    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())  # noqa: SLF001 - as above


@contextmanager
def quiet_transformers() -> Iterator[None]:
    """Without the library's bars and warnings, which are for those who write programs."""
    level = transformers.logging.get_verbosity()
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    try:
        yield
    finally:
        transformers.logging.set_verbosity(level)
        transformers.logging.enable_progress_bar()


def load_tokenizer(found: ModelFiles) -> PreTrainedTokenizerBase:
    """The model's own tokenizer; raises `ModelUnfit`."""
    with quiet_transformers(), _readable(found):
        return AutoTokenizer.from_pretrained(found.folder, **_GUARDED, **_file(found))


def load_config(found: ModelFiles) -> PreTrainedConfig:
    """The model's configuration; raises `ModelUnfit`."""
    with quiet_transformers(), _readable(found):
        return AutoConfig.from_pretrained(found.folder, **_GUARDED, **_file(found))


def load_model(found: ModelFiles, how: Precision, here: Machine, *, instructed: bool = True) -> PreTrainedModel:
    """The model, ready to be run; raises `ModelTooLarge` before and while loading, or `ModelUnfit`."""
    needed = found.parameters * max(how.bytes, 2) * _ROOM
    if how.device == "cpu" and needed > here.free:
        message = (
            f"{found.name} needs {needed / 1e9:.1f} GB of memory as {how.label}, and {here.free / 1e9:.1f} GB are free"
        )
        raise ModelTooLarge(message)
    kind = AutoModelForCausalLM if instructed else AutoModelForSeq2SeqLM
    unpacked = {"quantization_config": GgufConfig(dequantize=True)} if found.gguf else {}
    with quiet_transformers(), _readable(found), torch.inference_mode():
        model = kind.from_pretrained(
            found.folder,
            use_safetensors=not found.gguf,
            dtype=_LOADED.get(how.weights, how.dtype),
            **_GUARDED,
            **_file(found),
            **unpacked,
        )
        if found.gguf:
            _tie(model)
        if how.weights:
            quantize.pack_weights(model, how.weights, how.dtype)
        if how.weights and how.dtype == torch.float32:
            model.float()  # never the other way: it would round the frequencies of positions
        return model.to(how.device).eval()


def _tie(model: PreTrainedModel) -> None:
    """Share one matrix between embedding and output again where a GGUF file holds it twice, rounded differently."""
    head, embedding = model.get_output_embeddings(), model.get_input_embeddings()
    if head is None or head.weight.shape != embedding.weight.shape:
        return
    sample = slice(0, None, max(1, head.weight.shape[0] // 1000))
    one, other = head.weight[sample].float(), embedding.weight[sample].float()
    if (one - other).norm() < _SAME * one.norm():
        embedding.weight = head.weight  # the output is the finer one: Q6_K where the embedding is Q4_K
        model.config.tie_word_embeddings = True


def _file(found: ModelFiles) -> dict[str, str]:
    return {"gguf_file": found.gguf} if found.gguf else {}


def _device(wanted: str) -> str:
    if wanted != "auto":
        return wanted
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _half_on(device: str) -> bool:
    return device == "cuda" and torch.cuda.is_bf16_supported()


@contextmanager
def _readable(found: ModelFiles) -> Iterator[None]:
    """What the library raises on files that it does not understand, as one of ours."""
    try:
        yield
    except (MemoryError, RuntimeError, ValueError, KeyError, OSError, TypeError, SafetensorError) as error:
        if isinstance(error, MemoryError) or "memory" in str(error):
            message = f"memory ended while {found.name} was loaded"
            raise ModelTooLarge(message) from error
        reason = str(error).partition("\n")[0][:200]
        message = f"{found.name} cannot be loaded: {reason}"
        raise ModelUnfit(message) from error
