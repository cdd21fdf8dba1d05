"""A judge by an entailment model of transformers, if the user has one: safetensors only, its own code is never run."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from models.judges.odds import OddsJudge
from models.local.hub import INSTALL_HINT, download
from pipeline.errors import ModelError
from pipeline.events import silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BATCH: Final = 16
MAX_TOKENS: Final = 512
"""The most tokens of a pair; evidence is truncated, the claim never."""
_ENTAILMENT_PREFIXES: Final = ("entail", "support")
"""How the label for entailment begins, among the models in use."""
_HINT: Final = "Check [verify] judge, or leave it empty for the embedded judge."


class NliJudge(OddsJudge):
    """A `Judge` by the probability that the evidence entails the claim."""

    def __init__(self, name: str) -> None:
        """A folder on this disk, or a name on the hub; nothing is read before first use."""
        self._name = name

    @cached_property
    def identity(self) -> str:
        """The name, and the commit on the hub or a digest of the weights; raises `ModelError` if there is none."""
        if self._folder != Path(self._name):
            return f"entailment {self._name} {self._folder.name[:16]}"
        digest = hashlib.sha256()
        for path in sorted(self._folder.glob("*.safetensors")):
            with path.open("rb") as file:
                digest.update(f"{path.name} {hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
        return f"entailment {self._name} {digest.hexdigest()[:16]}"

    def support(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """For each (claim, evidence) the probability of entailment; raises `ModelError`."""
        if not pairs:
            return ()
        with _translated_errors(self._name):
            import torch  # noqa: PLC0415 - heavy, and part of an extra

            tokenizer, model, label = self._loaded
            options = {"padding": True, "truncation": "only_first", "max_length": MAX_TOKENS, "return_tensors": "pt"}
            probabilities: list[float] = []
            for at in range(0, len(pairs), BATCH):
                claims, evidence = zip(*pairs[at : at + BATCH], strict=True)
                with torch.inference_mode():
                    logits = model(**tokenizer(list(evidence), list(claims), **options)).logits.float()
                probabilities += logits.softmax(-1)[:, label].tolist()
        return tuple(probabilities)

    @cached_property
    def _loaded(self) -> tuple[Any, Any, int]:
        """Tokenizer, model, and the number of its entailment label."""
        from transformers import AutoModelForSequenceClassification, AutoTokenizer  # noqa: PLC0415 - as above

        options = {"local_files_only": True, "trust_remote_code": False}
        model = AutoModelForSequenceClassification.from_pretrained(self._folder, use_safetensors=True, **options).eval()
        return AutoTokenizer.from_pretrained(self._folder, **options), model, entailment_label(model.config.id2label)

    @cached_property
    def _folder(self) -> Path:
        """The folder of the files, which are downloaded once."""
        if Path(self._name).is_dir():
            return Path(self._name)
        with _translated_errors(self._name):
            try:
                return download(self._name, "", "", lambda _parameters: None, silent)
            except ModelError as error:  # its hint is about [model] name
                message = f"the entailment model cannot be used: {error}"
                raise ModelError(message, _HINT) from error


def entailment_label(labels: dict[int, str]) -> int:
    """The number of the label for entailment; raises `ModelError` if none is named so, or several are."""
    numbers = [number for number, name in labels.items() if name.lower().startswith(_ENTAILMENT_PREFIXES)]
    if len(numbers) == 1:
        return numbers[0]
    message = f"none of the labels {', '.join(labels.values())} says entailment"
    raise ModelError(message, "Set [verify] judge to a model for natural language inference.")


@contextmanager
def _translated_errors(name: str) -> Iterator[None]:
    """Turn the libraries' errors into ours."""
    try:
        yield
    except ImportError as error:
        message = "an entailment model needs torch and transformers"
        raise ModelError(message, INSTALL_HINT) from error
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error).splitlines()[0] if str(error) else repr(error)
        message = f"the entailment model {name} cannot be used: {reason}"
        raise ModelError(message, _HINT) from error
