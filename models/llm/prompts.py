"""The Arabic prompt files: a fixed part, and a part that is filled in; each with a digest."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Final

from pipeline.arabic.bidi import strip_controls

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES: Final = ("section", "part", "repair", "again")
_DIGITS = 12
_SIGNS: Final = dict.fromkeys(map(ord, "<>[]{}|#`\\$*_~=()"), " ")
"""Signs of which delimiters, numbering, roles and markup are made; no sentence needs them to be understood."""


@dataclass(frozen=True, slots=True)
class PromptTemplate:
    """One prompt file."""

    name: str
    system: str
    """The fixed part."""
    user: str
    """What is filled in, with `$names`."""
    digest: str
    """Of the whole file."""

    def fill(self, material: Sequence[str], **values: object) -> str:
        """The user part with its values, and `$mark` by the digest of the material.

        The mark must not be foreseen by whoever wrote the material: to put it there, they would need a text that holds
        a part of its own SHA-256. The same material always gets the same mark, so that the article can be made again.
        """
        mark = sha256("\n".join((self.digest, *material)).encode()).hexdigest()[:_DIGITS]
        lines = Template(self.user).substitute(mark=f"<<<{mark}>>>", **values).splitlines()
        return "\n".join(line for line in lines if line.strip())


@cache
def load_prompt(name: str) -> PromptTemplate:
    """The prompt of that name, one of `NAMES`."""
    text = (files("models") / "prompts" / f"{name}.md").read_text(encoding="utf-8")
    system, _, user = text.partition("\n---\n")
    return PromptTemplate(name, system.strip(), user.strip(), sha256(text.encode()).hexdigest()[:_DIGITS])


def prompt_digests() -> tuple[str, ...]:
    """Name and digest of every prompt."""
    return tuple(f"{name} {load_prompt(name).digest}" for name in NAMES)


def sanitize(text: str) -> str:
    """Foreign text on one line, as it may stand in a prompt: without invisible letters and signs of delimiters."""
    visible = "".join(
        letter for letter in strip_controls(text) if unicodedata.category(letter) not in {"Cf", "Co", "Cn"}
    )
    return " ".join(visible.translate(_SIGNS).split())
