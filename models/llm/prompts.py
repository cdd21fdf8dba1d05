"""The Arabic prompt files: each has a fixed part, a part to fill in, and a digest."""

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

NAMES: Final = ("section", "part", "repair", "again", "article", "stretch", "plan", "mend", "claims", "prose")
"""Every prompt file."""
_DIGITS = 12
_SIGNS: Final = dict.fromkeys(map(ord, "<>[]{}|#`\\$*_~=()"), " ")
"""The signs that delimiters, numbering, roles and markup are made of; no sentence needs them to be understood."""


@dataclass(frozen=True, slots=True)
class PromptTemplate:
    """One prompt file."""

    name: str
    system: str
    """The fixed part."""
    user: str
    """The part to fill in, with `$names`."""
    digest: str
    """Of the whole file."""

    def fill(self, material: Sequence[str], **values: object) -> str:
        """The user part with its values, and with a `$mark` from the digest of the material.

        Whoever wrote the material must not be able to predict the mark: to forge it, they would need a text that
        contains a part of its own SHA-256. The same material always gets the same mark, so articles are reproducible.
        """
        mark = sha256("\n".join((self.digest, *material)).encode()).hexdigest()[:_DIGITS]
        lines = Template(self.user).substitute(mark=f"<<<{mark}>>>", **values).splitlines()
        return "\n".join(line for line in lines if line.strip())


@cache
def load_prompt(name: str) -> PromptTemplate:
    """The prompt file of that name, one of `NAMES`."""
    text = (files("models") / "prompts" / f"{name}.md").read_text(encoding="utf-8")
    system, _, user = f"\n{text}".partition("\n---\n")
    return PromptTemplate(name, system.strip(), user.strip(), sha256(text.encode()).hexdigest()[:_DIGITS])


def prompt_digests(names: Sequence[str]) -> tuple[str, ...]:
    """Name and digest of each of these prompt files."""
    return tuple(f"{name} {load_prompt(name).digest}" for name in names)


def sanitize(text: str) -> str:
    """Foreign text made safe for a prompt: on one line, without invisible letters and the signs of delimiters."""
    visible = "".join(
        letter for letter in strip_controls(text) if unicodedata.category(letter) not in {"Cf", "Co", "Cn"}
    )
    return " ".join(visible.translate(_SIGNS).split())
