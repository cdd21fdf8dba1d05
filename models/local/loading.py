"""Loading a model: device, number type, memory needed, and errors for files that cannot be loaded."""

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

_LOADING_FACTOR = 1.15
"""Memory that loading takes, as a multiple of the weights."""
_GUARDED = {"local_files_only": True, "trust_remote_code": False}
"""Always explicit: by default, the library asks at the terminal whether to run a model's own code."""
_READ_AS: dict[quantize.Kind | None, torch.dtype] = {"int8": torch.bfloat16, "float16": torch.float16}
"""The type in which weights are read before they are packed, so that large files do not need twice their memory."""
_SAME = 0.1
"""The greatest relative difference between one matrix rounded to 4 and to 6 bits."""


@dataclass(frozen=True, slots=True)
class Precision:
    """The device, and the number types of computation and weights."""

    device: str
    dtype: torch.dtype
    weights: quantize.Kind | None = None
    """How the weights of linear layers are packed; None if they are not."""

    @property
    def label(self) -> str:
        """For the engine's identity and for messages: `cpu float32, weights int8`."""
        packed = f", weights {self.weights}" if self.weights else ""
        return f"{self.device} {str(self.dtype).removeprefix('torch.')}{packed}"

    @property
    def bytes(self) -> int:
        """Bytes of one weight."""
        return quantize.BYTES[self.weights] if self.weights else self.dtype.itemsize


def choose_precision(settings: ModelSettings, parameters: float, memory: float) -> Precision:
    """The precision that suits a machine with `memory` bytes and a model of so many parameters."""
    device = settings.device
    if device == "auto":
        fallback = "mps" if torch.backends.mps.is_available() else "cpu"
        device = "cuda" if torch.cuda.is_available() else fallback
    if device != "cpu":
        bfloat16 = device == "cuda" and torch.cuda.is_bf16_supported()
        return Precision(device, torch.bfloat16 if bfloat16 else torch.float16)
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
    """Whether this processor multiplies bfloat16 natively; otherwise reading a prompt takes 3.5 times as long."""
    if torch.backends.cpu.get_cpu_capability() in {"NEON", "SVE", "SVE128", "SVE256"}:
        return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())  # noqa: SLF001 - no public name
    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())  # noqa: SLF001 - as above


@contextmanager
def quiet_transformers() -> Iterator[None]:
    """Turn off the library's progress bars and warnings, which address programmers."""
    level = transformers.logging.get_verbosity()
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    try:
        yield
    finally:
        transformers.logging.set_verbosity(level)
        transformers.logging.enable_progress_bar()


def load_tokenizer(files: ModelFiles) -> PreTrainedTokenizerBase:
    """The model's tokenizer; raises `ModelUnfit`."""
    with quiet_transformers(), _translated_errors(files):
        return AutoTokenizer.from_pretrained(files.folder, **_GUARDED, **_gguf_option(files))


def load_config(files: ModelFiles) -> PreTrainedConfig:
    """The model's configuration; raises `ModelUnfit`."""
    with quiet_transformers(), _translated_errors(files):
        return AutoConfig.from_pretrained(files.folder, **_GUARDED, **_gguf_option(files))


def load_model(
    files: ModelFiles, precision: Precision, machine: Machine, *, follows_instructions: bool = True
) -> PreTrainedModel:
    """The model, ready to run; raises `ModelTooLarge`, before loading if the size alone tells, or `ModelUnfit`."""
    needed = files.parameters * max(precision.bytes, 2) * _LOADING_FACTOR
    if precision.device == "cpu" and needed > machine.free:
        memory = f"{needed / 1e9:.1f} GB of memory as {precision.label}, and {machine.free / 1e9:.1f} GB are free"
        message = f"{files.name} needs {memory}"
        raise ModelTooLarge(message)
    kind = AutoModelForCausalLM if follows_instructions else AutoModelForSeq2SeqLM
    unpacked = {"quantization_config": GgufConfig(dequantize=True)} if files.gguf else {}
    with quiet_transformers(), _translated_errors(files), torch.inference_mode():
        model = kind.from_pretrained(
            files.folder,
            use_safetensors=not files.gguf,
            dtype=_READ_AS.get(precision.weights, precision.dtype),
            **_GUARDED,
            **_gguf_option(files),
            **unpacked,
        )
        if files.gguf:
            _tie_embeddings(model)
        if precision.weights:
            quantize.pack_weights(model, precision.weights, precision.dtype)
        if precision.weights and precision.dtype == torch.float32:
            model.float()  # never the other way: it would round the frequencies of positions
        return model.to(precision.device).eval()


def _tie_embeddings(model: PreTrainedModel) -> None:
    """Share one matrix between embedding and output again if a GGUF file holds it twice, rounded differently."""
    head, embedding = model.get_output_embeddings(), model.get_input_embeddings()
    if head is None or head.weight.shape != embedding.weight.shape:
        return
    sample = slice(0, None, max(1, head.weight.shape[0] // 1000))
    one, other = head.weight[sample].float(), embedding.weight[sample].float()
    if (one - other).norm() < _SAME * one.norm():
        embedding.weight = head.weight  # the output is the finer one: Q6_K where the embedding is Q4_K
        model.config.tie_word_embeddings = True


def _gguf_option(files: ModelFiles) -> dict[str, str]:
    return {"gguf_file": files.gguf} if files.gguf else {}


@contextmanager
def _translated_errors(files: ModelFiles) -> Iterator[None]:
    """Turn the library's errors for files that it cannot read into ours."""
    try:
        yield
    except (MemoryError, RuntimeError, ValueError, KeyError, OSError, TypeError, SafetensorError) as error:
        if isinstance(error, MemoryError) or "memory" in str(error):
            message = f"memory ran out while {files.name} was loaded"
            raise ModelTooLarge(message) from error
        reason = str(error).partition("\n")[0][:200]
        message = f"{files.name} cannot be loaded: {reason}"
        raise ModelUnfit(message) from error
