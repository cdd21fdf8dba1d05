"""A judge by a classifier of transformers, if the user has one: safetensors only, its own code is never run.

Two kinds are told apart by their heads: entailment models, which classify a pair of texts (natural language inference),
and token classifiers, which mark the words of a claim that the evidence does not bear out (LettuceDetect,
arXiv 2502.17125).
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from models.judges.odds import OddsJudge, verdict_by_odds
from models.local.hub import INSTALL_HINT, download
from pipeline.errors import ModelError
from pipeline.events import silent
from pipeline.types.judging import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.types.judging import Claim, Verdict

BATCH: Final = 16
MAX_TOKENS: Final = 512
"""The most tokens of a pair; evidence is truncated, the claim never."""
MARKED_FROM: Final = 0.5
"""Probability of being unsupported from which on a word is named as what fails."""
_ENTAILMENT: Final = ("entail", "support")
_UNSUPPORTED: Final = ("hallucinat", "unsupported", "not_supported", "contradict")
"""How the label of what is looked for begins, among the models in use."""
_UNNAMED: Final = ("LABEL_0", "LABEL_1")
"""The labels of a token classifier that names none: the second is that of unsupported words."""
_HINT: Final = "Check [verify] judge, or leave it empty for the embedded judge."


class ClassifierJudge(OddsJudge):
    """A `Judge` by the probability of entailment, or by that of the claim's least supported word."""

    def __init__(self, name: str) -> None:
        """A folder on this disk, or a name on the hub; nothing is read before first use."""
        self._name = name

    @cached_property
    def identity(self) -> str:
        """The name, and the commit on the hub or a digest of the weights; raises `ModelError` if there is none."""
        if self._folder != Path(self._name):
            return f"classifier {self._name} {self._folder.name[:16]}"
        digest = hashlib.sha256()
        for path in sorted(self._folder.glob("*.safetensors")):
            with path.open("rb") as file:
                digest.update(f"{path.name} {hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
        return f"classifier {self._name} {digest.hexdigest()[:16]}"

    def support(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """For each (claim, evidence) the probability that the evidence bears the claim out; raises `ModelError`."""
        return tuple(odds for odds, _ in self._judged(pairs))

    def verdicts(self, claims: Sequence[Claim]) -> tuple[Verdict, ...]:
        """As `Judge.verdicts`; a token classifier names the words that fail."""
        judged = self._judged([(claim.text, " ".join(claim.evidence)) for claim in claims])
        verdicts = [(verdict_by_odds(odds), failing) for odds, failing in judged]
        return tuple(
            replace(each, failing=failing) if each.kind is VerdictKind.UNSUPPORTED else each
            for each, failing in verdicts
        )

    def _judged(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, str]]:
        """For each pair its odds, and the words of the claim that fail; no pairs, no loading."""
        with _translated_errors(self._name):
            batches = [pairs[at : at + BATCH] for at in range(0, len(pairs), BATCH)]
            return [each for batch in batches for each in self._loaded.judge(batch)]

    @cached_property
    def _loaded(self) -> _Classifier:
        from transformers import (  # noqa: PLC0415 - heavy, and part of an extra
            AutoConfig,
            AutoModelForSequenceClassification,
            AutoModelForTokenClassification,
            AutoTokenizer,
        )

        options = {"local_files_only": True, "trust_remote_code": False}
        config = AutoConfig.from_pretrained(self._folder, **options)
        marks = any(each.endswith("ForTokenClassification") for each in config.architectures or ())
        kind = AutoModelForTokenClassification if marks else AutoModelForSequenceClassification
        model = kind.from_pretrained(self._folder, use_safetensors=True, **options).eval()
        label = unsupported_label(config.id2label) if marks else entailment_label(config.id2label)
        return _Classifier(AutoTokenizer.from_pretrained(self._folder, **options), model, label, marks)

    @cached_property
    def _folder(self) -> Path:
        """The folder of the files, which are downloaded once."""
        if Path(self._name).is_dir():
            return Path(self._name)
        with _translated_errors(self._name):
            try:
                return download(self._name, "", "", lambda _parameters: None, silent)
            except ModelError as error:  # its hint is about [model] name
                message = f"the classifier cannot be used: {error}"
                raise ModelError(message, _HINT) from error


@dataclass(frozen=True, slots=True)
class _Classifier:
    """A model that was read."""

    tokenizer: Any
    model: Any
    label: int
    """Of entailment, or of unsupported words."""
    marks: bool
    """Whether it classifies words."""

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, str]]:
        """As `ClassifierJudge._judged`, all at once."""
        import torch  # noqa: PLC0415 - heavy, and part of an extra

        options = {"padding": True, "truncation": "only_first", "max_length": MAX_TOKENS, "return_tensors": "pt"}
        claims, evidence = map(list, zip(*pairs, strict=True))
        encoded = self.tokenizer(evidence, claims, **options, return_offsets_mapping=self.marks)
        offsets = encoded.pop("offset_mapping").tolist() if self.marks else []
        with torch.inference_mode():
            odds = self.model(**encoded).logits.float().softmax(-1)[..., self.label].tolist()
        if not self.marks:
            return [(each, "") for each in odds]
        judged: list[tuple[float, str]] = []
        for number, claim in enumerate(claims):
            own = [place for place, text in enumerate(encoded.sequence_ids(number)) if text == 1]
            spans = [(*offsets[number][place], odds[number][place]) for place in own]
            judged.append((1 - max((doubt for *_, doubt in spans), default=0.0), marked_words(claim, spans)))
        return judged


def marked_words(claim: str, spans: Sequence[tuple[int, int, float]]) -> str:
    """The words of a claim that a piece marks: `spans` are its pieces, each with its bounds and how doubtful it is."""
    doubtful = [(begin, end) for begin, end, doubt in spans if doubt >= MARKED_FROM and end > begin]
    ends = [-1, *(at for at, letter in enumerate(claim) if letter.isspace()), len(claim)]
    words = ((begin + 1, end) for begin, end in pairwise(ends))
    return " ".join(claim[b:e] for b, e in words if any(begin < e and end > b for begin, end in doubtful))


def entailment_label(labels: dict[int, str]) -> int:
    """The number of the label for entailment; raises `ModelError` if none is named so, or several are."""
    return _label(labels, _ENTAILMENT, "entailment")


def unsupported_label(labels: dict[int, str]) -> int:
    """The number of the label for unsupported words; raises `ModelError` if none is known."""
    if tuple(labels[number] for number in sorted(labels)) == _UNNAMED:
        return 1
    return _label(labels, _UNSUPPORTED, "what is not supported")


def _label(labels: dict[int, str], beginnings: tuple[str, ...], sought: str) -> int:
    numbers = [number for number, name in labels.items() if name.lower().startswith(beginnings)]
    if len(numbers) == 1:
        return numbers[0]
    message = f"none of the labels {', '.join(labels.values())} says {sought}"
    raise ModelError(message, "Set [verify] judge to a model for natural language inference, or one that marks words.")


@contextmanager
def _translated_errors(name: str) -> Iterator[None]:
    """Turn the libraries' errors into ours."""
    try:
        yield
    except ImportError as error:
        message = "a classifier needs torch and transformers"
        raise ModelError(message, INSTALL_HINT) from error
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error).splitlines()[0] if str(error) else repr(error)
        message = f"the classifier {name} cannot be used: {reason}"
        raise ModelError(message, _HINT) from error
