"""What Arabic letters say that is no Arabic: Persian and Urdu, and text whose letters stand in reverse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTERS = str.maketrans("یک", "يك")


def _word_set(text: str) -> frozenset[str]:
    return frozenset(text.translate(_LETTERS).split())


_OWN_WORDS: Final = {
    "Persian": _word_set("است که را این برای های می از با در یک شد بود کرد اند نمی خود کنید کنیم دارد باید چه اما تا"),
    "Urdu": _word_set("ہے ہیں کے کا کو میں نے سے اور یہ وہ پر بھی تھا تھی تھے ہم آپ کہ نہیں ہو کر جو اس ایک گا گی"),
}
"""Function words that no Arabic sentence is full of, with the letters that Arabic has."""

_OWN_LETTERS = re.compile("[\u06cc\u06a9\u06c1\u06d2\u06d3\u0679\u0688\u0691\u06ba]")
"""Letters of their keyboards. `پ چ گ` are not among them: Iraqis write `چان` and `گال` in Arabic."""

SHARE = 0.08
"""Smallest share of its function words in running text of such a language; it is 0.25 and more."""

FEW = 4
"""As many different function words, so that a title or a quotation does not decide."""

MANY = 7
"""The same without a letter of those keyboards."""

_WORD = re.compile("[\u0621-\u06d3]{2,}")
_DROPPED = re.compile("[\u0640\u064b-\u065f\u0670]")
_REVERSED = 2.0
"""Times as many words show the reverse order as the right one."""


def other_language(texts: Iterable[str]) -> str:
    """`Persian`, `Urdu`, `mirrored Arabic`, or nothing for text that may be Arabic.

    The letters of a language's keyboard decide only together with its function words: Arabic is typed with them, too.
    In mirrored text the article ends words and taa marbuta begins them, which it cannot do.
    """
    said = [word for text in texts for word in _WORD.findall(_DROPPED.sub("", text))]
    typed_so = any(_OWN_LETTERS.search(word) for word in said)
    for name, own in _OWN_WORDS.items():
        found = [word for word in said if word.translate(_LETTERS) in own]
        # Old files write Persian with the letters of an Arabic keyboard: the words alone have to say more.
        if len(set(found)) >= (FEW if typed_so else MANY) and len(found) >= (1 if typed_so else 2) * SHARE * len(said):
            return name
    right = sum((len(word) > FEW and word.startswith("ال")) + word.endswith(("ة", "ى")) for word in said)
    mirrored = sum((len(word) > FEW and word.endswith("لا")) + word.startswith(("ة", "ى")) for word in said)
    return "mirrored Arabic" if mirrored >= FEW and mirrored > _REVERSED * right else ""
