"""Whether verses stand in the talks letter by letter, with and without the text of the Quran at hand.

`python -m models.training.corpus.verses quran-simple-clean.txt` compares every quotation with the Tanzil text (lines
`sura|verse|text`) and writes `verses.json`: the digest of each quotation that is right. Without the text, a quotation
whose digest is there is one that was compared and has not changed since.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from models.training.corpus.files import CORPUS, EXAM, talks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from models.training.corpus.talks import Talk

_QUOTED = re.compile("﴿([^﴾]*)﴾(?:\\{([^{}]*)\\})?")
_PLACE = re.compile(r"(.+):(\d+)(?:-(\d+))?")
SURAS = (
    *("الفاتحة", "البقرة", "آل عمران", "النساء", "المائدة", "الأنعام", "الأعراف", "الأنفال", "التوبة", "يونس", "هود"),
    *("يوسف", "الرعد", "إبراهيم", "الحجر", "النحل", "الإسراء", "الكهف", "مريم", "طه", "الأنبياء", "الحج", "المؤمنون"),
    *("النور", "الفرقان", "الشعراء", "النمل", "القصص", "العنكبوت", "الروم", "لقمان", "السجدة", "الأحزاب", "سبأ"),
    *("فاطر", "يس", "الصافات", "ص", "الزمر", "غافر", "فصلت", "الشورى", "الزخرف", "الدخان", "الجاثية", "الأحقاف"),
    *("محمد", "الفتح", "الحجرات", "ق", "الذاريات", "الطور", "النجم", "القمر", "الرحمن", "الواقعة", "الحديد"),
    *("المجادلة", "الحشر", "الممتحنة", "الصف", "الجمعة", "المنافقون", "التغابن", "الطلاق", "التحريم", "الملك"),
    *("القلم", "الحاقة", "المعارج", "نوح", "الجن", "المزمل", "المدثر", "القيامة", "الإنسان", "المرسلات", "النبأ"),
    *("النازعات", "عبس", "التكوير", "الانفطار", "المطففين", "الانشقاق", "البروج", "الطارق", "الأعلى", "الغاشية"),
    *("الفجر", "البلد", "الشمس", "الليل", "الضحى", "الشرح", "التين", "العلق", "القدر", "البينة", "الزلزلة"),
    *("العاديات", "القارعة", "التكاثر", "العصر", "الهمزة", "الفيل", "قريش", "الماعون", "الكوثر", "الكافرون"),
    *("النصر", "المسد", "الإخلاص", "الفلق", "الناس"),
)
"""The names of the suras, in order."""


def quotations(talk: Talk) -> Iterator[tuple[str, str]]:
    """`sura:number` and the words of each verse in a talk."""
    for sentence in talk.sentences:
        for quoted, place in _QUOTED.findall(sentence.text):
            yield place, " ".join(quoted.split())


def digest(place: str, quoted: str) -> str:
    """What `verses.json` keeps of a quotation."""
    return sha256(f"{place} {quoted}".encode()).hexdigest()


def stands(place: str, quoted: str, quran: dict[tuple[int, int], str]) -> bool:
    """Whether the words stand in that place, in a row."""
    found = _PLACE.fullmatch(place)
    if not found or found[1] not in SURAS:
        return False
    sura, first, last = SURAS.index(found[1]) + 1, int(found[2]), int(found[3] or found[2])
    text = " ".join(quran.get((sura, number), "") for number in range(first, last + 1))
    return f" {quoted} " in f" {text} "


def read_quran(text: str) -> dict[tuple[int, int], str]:
    """The verses of a file with lines `sura|verse|text`."""
    rows = (line.split("|", 2) for line in text.splitlines() if line[:1].isdigit())
    return {(int(sura), int(number)): " ".join(verse.split()) for sura, number, verse in rows}


def unknown(library: Iterable[Talk]) -> list[str]:
    """Quotations that were never compared, or have changed since."""
    known = set(json.loads((CORPUS / "verses.json").read_text(encoding="utf-8")))
    return [
        f"{talk.id}: {{{place}}} is not among the verses that were compared"
        for talk in library
        for place, quoted in quotations(talk)
        if digest(place, quoted) not in known
    ]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quran", type=Path)
    quran = read_quran(parser.parse_args().quran.read_text(encoding="utf-8"))
    pairs = [(talk.id, *pair) for talk in talks(CORPUS) + talks(EXAM) for pair in quotations(talk)]
    if wrong := [f"{talk}: {{{place}}} {quoted}" for talk, place, quoted in pairs if not stands(place, quoted, quran)]:
        sys.exit("\n".join(wrong))
    digests = sorted({digest(place, quoted) for _, place, quoted in pairs})
    (CORPUS / "verses.json").write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")
    print(f"{len(pairs)} quotations stand letter by letter")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
