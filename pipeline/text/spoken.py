"""How words of spoken Arabic are written that an encyclopedia does not have, or writes otherwise."""

from __future__ import annotations

from pipeline.text.orthography import bare

_WRITTEN = (
    *("إن", "إنه", "إنها", "إنهم", "إننا", "إني", "إنك", "إنكم", "وإن", "وإنه", "وإنها", "وإنهم", "إنو", "وإنو"),
    *("إيه", "وإيه", "إحنا", "وإحنا", "إزاي", "وإزاي", "إمتى", "إمبارح", "أيوه", "أيوا", "أوي", "أكتر", "وأكتر"),
    *("أهو", "أهي", "أهم", "آه", "إيش", "إشي", "إجا", "أكو", "إلنا", "إلهم", "آني", "إنت", "إنتي", "إنتو"),
    *("ده", "وده", "كده", "ليه", "النهارده", "دلوقته", "عليه", "فيه", "اللي", "اللى", "هسه", "إيده", "معاه", "وياه"),
)

USUAL: dict[str, str] = {bare(word): word for word in _WRITTEN}
"""Bare word to written word, for speech in dialect; `إن` because the spoken varieties do not tell it from `أن`."""
