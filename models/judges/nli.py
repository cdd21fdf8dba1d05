"""A judge on an entailment model of transformers, when the user has one: safetensors only, none of its code is run."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BATCH: Final = 16
LONGEST: Final = 512
"""Most tokens of a pair; evidence is cut, the claim never."""
_FILES: Final = ["*.json", "*.safetensors", "*.model", "*.txt"]
_NAMES: Final = ("entail", "support")
"""How the label that a claim follows begins, among the models in use."""
_EXTRA: Final = "pip install 'tadwin[local]'"


class NliJudge:
    """A `Judge` whose odds are the probability that the evidence entails the claim."""

    def __init__(self, name: str) -> None:
        """A folder on disk, or a name on a hub; nothing is read before it is asked."""
        self._name = name

    @cached_property
    def identity(self) -> str:
        """The name and the exact weights; raises `ModelError` when the model cannot be had."""
        digest = sha256()
        for path in sorted(self._folder.glob("*.safetensors")):
            digest.update(f"{path.name} {path.stat().st_size}".encode())
            with path.open("rb") as file:
                digest.update(file.read(1 << 20))
        return f"entailment {self._name} {digest.hexdigest()[:16]}"

    def support(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """For each (claim, evidence) the probability of entailment; raises `ModelError`."""
        if not pairs:
            return ()
        with _translated(self._name):
            batches = [self._batch(pairs[at : at + BATCH]) for at in range(0, len(pairs), BATCH)]
        return tuple(odds for batch in batches for odds in batch)

    def _batch(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        import torch  # noqa: PLC0415 - heavy, and part of an extra

        tokenizer, model, wanted = self._loaded
        claims, evidence = [claim for claim, _ in pairs], [text for _, text in pairs]
        shape = {"padding": True, "truncation": "only_first", "max_length": LONGEST, "return_tensors": "pt"}
        with torch.inference_mode():
            scores = model(**tokenizer(evidence, claims, **shape)).logits.float()
        odds: list[float] = scores.softmax(-1)[:, wanted].tolist()
        return odds

    @cached_property
    def _loaded(self) -> tuple[Any, Any, int]:
        """Tokenizer, model and the number of the label that says that a claim follows."""
        from transformers import AutoModelForSequenceClassification, AutoTokenizer  # noqa: PLC0415 - as above

        options = {"local_files_only": True, "trust_remote_code": False}
        model = AutoModelForSequenceClassification.from_pretrained(self._folder, use_safetensors=True, **options).eval()
        return AutoTokenizer.from_pretrained(self._folder, **options), model, entailment_label(model.config.id2label)

    @cached_property
    def _folder(self) -> Path:
        """Where the files are; they are fetched once."""
        if Path(self._name).is_dir():
            return Path(self._name)
        with _translated(self._name):
            from huggingface_hub import snapshot_download  # noqa: PLC0415 - part of an extra
            from huggingface_hub.errors import LocalEntryNotFoundError  # noqa: PLC0415 - as above

            try:
                return Path(snapshot_download(self._name, allow_patterns=_FILES, local_files_only=True))
            except LocalEntryNotFoundError:
                return Path(snapshot_download(self._name, allow_patterns=_FILES))


def entailment_label(labels: dict[int, str]) -> int:
    """The number of the label that says that a claim follows; raises `ModelError` when none is named so."""
    found = [number for number, name in labels.items() if name.lower().startswith(_NAMES)]
    if len(found) == 1:
        return found[0]
    message = f"none of the labels {', '.join(labels.values())} says entailment"
    raise ModelError(message, "[verify] judge wants a model for natural language inference.")


@contextmanager
def _translated(name: str) -> Iterator[None]:
    """Every failure of the libraries as ours."""
    try:
        yield
    except ImportError as error:
        message = "an entailment model needs torch and transformers"
        raise ModelError(message, _EXTRA) from error
    except (OSError, ValueError, RuntimeError) as error:
        message = f"the entailment model {name} cannot be used: {str(error).splitlines()[0] if str(error) else error!r}"
        raise ModelError(message, "Check [verify] judge, or leave it empty for the embedded judge.") from error
