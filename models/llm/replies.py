"""Parsing of replies, and detection of useless ones: refusals, loops, foreign scripts, markup, echoed prompts."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.arabic.normalize import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
"""Any digits as the numbers of a prompt are written."""
_BETWEEN = r"(?:[\s,،؛;.و&-]|–|—|إلى|حتى|الجملة|الجمل|جملة|ج|رقم)"
_NUMBERS = rf"{_BETWEEN}{{0,12}}\d{{1,5}}(?:{_BETWEEN}{{1,12}}\d{{1,5}}){{0,30}}{_BETWEEN}{{0,4}}"
_GROUP = re.compile(rf"[\[(（【]({_NUMBERS})[\])）】]")
_TRAILING = re.compile(rf"(?:(?<=[.؟!…])\s+|(?<=[^\d\s][.؟!…]))((?:\d{{1,5}}{_BETWEEN}{{0,3}}){{1,8}})$")
_RANGE = re.compile(r"(\d{1,5})\s{0,3}(?:-|–|—|إلى|حتى)\s{0,3}(\d{1,5})")
_HEADING = re.compile(r"^[\s#*«\"]{0,6}(?:ال)?عنوان(?:\s+القسم)?\s{0,2}[:：]\s{0,4}(.*)$")
_MARKED = re.compile(r"^\s*(?:#{1,6}\s+(.+?)|\*\*([^*]+)\*\*:?)\s*$")
_END = re.compile(r"(?<=[.؟!…])\s+(?=\S)")
_ITEM = re.compile(r"^[\s\[(*]{0,4}(\d{1,3})\s{0,2}[\])*.:\-–ـ]{1,3}\s{0,4}(.*)$")
_DROP = re.compile(r"[\W_]*(?:حذف|احذف|تحذف|محذوفة)(?:\s+(?:هذه\s+)?الجملة)?[\W_]*(?:\[[\d\s،,]*\][\W_]*)?")
MOST_CITED: Final = 12
"""Most sentences that a range of numbers can cite; a longer one points at nothing in particular."""
EDGES: Final = " -–—:،؛,;"
_MAX_HEADING: Final = 12
"""Words up to which an unmarked first line counts as a heading."""


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """One sentence of a reply."""

    text: str
    cites: tuple[int, ...] = ()
    """The numbers it cites, without those of sentences that do not exist."""


@dataclass(frozen=True, slots=True)
class ParsedReply:
    """A reply as heading and sentences."""

    heading: str
    """Empty if there is none."""
    lines: tuple[ReplyLine, ...]


def parse_reply(text: str, last: int, *, headed: bool = True) -> ParsedReply:
    """Parse a reply that may cite sentences 1 to `last`; if `headed`, its first lines may hold a heading."""
    rows = [row for row in text.translate(DIGITS).splitlines() if row.strip()]
    heading, body = _split_heading(rows) if headed else ("", rows)
    lines = [line for row in body if not _HEADING.match(row) for line in _cited_sentences(row, last)]
    return ParsedReply(plain_sentence(heading).strip(EDGES + '«»".'), tuple(lines))


def parse_summary(text: str) -> tuple[ReplyLine, ...]:
    """The sentences of a summary, which cites nothing."""
    return tuple(ReplyLine(sentence) for row in text.splitlines() for sentence in _sentences(row))


def parse_items(text: str, count: int, last: int) -> dict[int, ReplyLine | None]:
    """Numbered sentences (1 to `count`) of a reply; None for one that is to be dropped."""
    parsed: dict[int, ReplyLine | None] = {}
    for number, row in numbered_rows(text, count).items():
        lines = list(_cited_sentences(row, last))
        cites = {cited for line in lines for cited in line.cites}
        parsed[number] = ReplyLine(" ".join(line.text for line in lines), tuple(sorted(cites))) if lines else None
    return parsed


def numbered_rows(text: str, count: int) -> dict[int, str]:
    """The rows of a reply that are numbered from 1 to `count`, without the number; empty for what is to be dropped.

    If no row is numbered and there are exactly `count`, they are taken in order.
    """
    rows = [row for row in text.translate(DIGITS).splitlines() if row.strip()]
    items = {int(item[1]): item[2] for row in rows if (item := _ITEM.match(row)) and 0 < int(item[1]) <= count}
    if not items and len(rows) == count:
        items = dict(enumerate(rows, 1))
    return {number: "" if _DROP.fullmatch(row) else row for number, row in items.items()}


def _split_heading(rows: list[str]) -> tuple[str, list[str]]:
    """The heading, or an empty text, and the rows after it."""
    for at, row in enumerate(rows[:3]):
        if labelled := _HEADING.match(row):
            if labelled[1].strip():
                return labelled[1], rows[at + 1 :]
            return "".join(rows[at + 1 : at + 2]), rows[at + 2 :]
        if marked := _MARKED.match(row):
            return marked[1] or marked[2], rows[at + 1 :]
    first = rows[0] if rows else ""
    bare = len(rows) > 1 and len(first.split()) <= _MAX_HEADING and not first.rstrip().endswith((".", "؟", "!", "…"))
    return (first, rows[1:]) if bare and not _GROUP.search(first) else ("", rows)


def _cited_sentences(row: str, last: int) -> Iterator[ReplyLine]:
    """The sentences of a row with the numbers behind them, or else with those the row begins with."""
    pending: tuple[int, ...] = ()
    for text, cites in cited_segments(row, last):
        sentences = list(_sentences(text))
        if not sentences:
            pending = cites
            continue
        yield from (ReplyLine(sentence, cites or pending) for sentence in sentences)
        pending = ()


def cited_segments(row: str, last: int, most_range: int = MOST_CITED) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The row cut behind its groups of numbers, 1 to `last`; adjacent groups count as one."""
    begin, text = 0, ""
    cites: tuple[int, ...] = ()
    for group in _GROUP.finditer(row):
        numbers = cited_numbers(group[1], last, most_range)
        if not numbers and group[0][0] in "(（":  # a year in brackets, not a citation
            continue
        between = row[begin : group.start()]
        if between.strip(" ." + EDGES) and (text or cites):
            yield text, cites
            text, cites = between, numbers
        else:
            text, cites = text + between, (*cites, *numbers)
        begin = group.end()
    if text or cites:
        yield text, cites
    rest = row[begin:]
    if rest.strip(" ." + EDGES):
        trailing = _TRAILING.search(rest)  # numbers without brackets at the end of the row
        numbers = cited_numbers(trailing[1], last, most_range) if trailing else ()
        yield (rest[: trailing.start()], numbers) if trailing and numbers else (rest, ())


def cited_numbers(text: str, last: int, most_range: int = MOST_CITED) -> tuple[int, ...]:
    """The numbers from 1 to `last` in a group, ascending; ranges of at most `most_range` are expanded."""
    numbers = set(map(int, re.findall(r"\d+", _RANGE.sub(" ", text))))
    for low, high in ((int(a), int(b)) for a, b in _RANGE.findall(text)):
        numbers.add(low)
        if low < high < low + most_range:
            numbers.update(range(low, high + 1))
    return tuple(sorted(number for number in numbers if 0 < number <= last))


def _sentences(text: str) -> Iterator[str]:
    for sentence in _END.split(text):
        clean = plain_sentence(sentence)
        if clean.count('"') % 2:  # a quotation mark without its partner
            clean = clean.replace('"', "")
        clean = clean.strip(EDGES)
        if BROKEN not in clean and any(letter.isalpha() for letter in clean):
            yield clean


BROKEN: Final = "\ufffd"
"""Stands in a text where a server or a tokenizer sent half a letter; no article contains it."""


def whole_letters(text: str) -> str:
    """The text with `BROKEN` in place of each half of a surrogate pair, which no file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


_THOUGHT = re.compile(r"<(think|thinking|thought|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHT_END = re.compile(r"\A.*</(?:think|thinking|thought|reasoning)>", re.DOTALL | re.IGNORECASE)
_TURN = re.compile(r"<\|[^|<>\n]{1,40}\|>|\[/?INST\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>|<<<[^<>\n]{0,60}>>>")
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,500}\)")
_LINK = re.compile(r"\[([^\]\n]{0,500})\]\([^)\n]{0,500}\)")
_ANCHOR = re.compile(r"<a\b[^<>]{0,500}>[^<>]{0,200}</a>", re.IGNORECASE)
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[/!?]?[A-Za-z][^<>]{0,500}>?", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,10});")
_ENDINGS = "com|net|org|info|example|xyz|link|site|online|shop|store|gov|edu|app|dev|io|co|me|tv|ly|gl|ru|cn|top|club"
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,20}:/{1,2}|//|www\.|mailto:|javascript:|data:)[^\s<>«»،؛]{2,500}|@[\w.]{2,60}"
    rf"|[a-z0-9-]{{1,60}}(?:\.[a-z0-9-]{{1,60}}){{0,4}}\.(?:{_ENDINGS})\b(?:/[!-;=?-~]{{0,500}})?",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[<>{}`\\|~^*_#]")
_BULLET = re.compile(r"^\s*(?:[-–—•·▪●+]|[\d٠-٩]{1,3}\s*[.)\-–](?![\d٠-٩]))\s*")
_CODE = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
_LETTER = re.compile(r"[^\W\d_]")
_ARABIC = re.compile(r"[\u0621-\u064a\u066e-\u06d3]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LOOP_TURNS = 4
_LOOP_TOKENS = 24
_LOOP_PERIOD = 80
_ARABIC_LEAST: Final = 0.6
"""Share of letters that must be Arabic; the rest may be Latin names, which are checked elsewhere."""
_REFUSAL_WITHIN: Final = 160
"""Letters at the beginning of a reply that are searched for a refusal."""
_LOOP_RUN, _LOOP_WORDS, _LOOP_DISTINCT = 4, 40, 0.5
"""A text of at least `_LOOP_WORDS` words is repetitive if less than this share of its runs of words are distinct."""
_ECHO: Final = 7
"""Words in a row that make an echo of the prompt's fixed part."""

_REFUSALS: Final = tuple(
    " ".join(words(line))
    for line in (
        *("يرجى تزويدي", "الرجاء تزويدي", "أرجو تزويدي", "يرجى تقديم النص", "يرجى إرسال", "زودني بالنص", "زودني بنص"),
        *(
            "من فضلك أرسل",
            "لم يتم تقديم",
            "لم تقدم نصا",
            "لم يتم توفير",
            "لا يوجد نص",
            "النص غير متوفر",
            "النص غير واضح",
        ),
        *("بصفتي نموذج", "كنموذج لغ", "أنا نموذج لغ", "نموذج ذكاء اصطناعي", "كمساعد ذكي", "أنا مساعد", "بصفتي مساعد"),
        *(
            "لم يتم إرفاق",
            "لا أستطيع المساعدة",
            "لا يمكنني المساعدة",
            "عذرا لا أستطيع",
            "عذرا لا يمكنني",
            "آسف لا أستطيع",
            "أعتذر لا",
            "لا يمكنني تلبية",
            "لا أستطيع تلبية",
        ),
        *("لا يمكنني مساعدتك", "لا أستطيع مساعدتك", "كيف يمكنني مساعدتك", "كيف أستطيع مساعدتك", "هل يمكنك تزويدي"),
        *("as an ai", "as a language model", "i am an ai", "i'm an ai", "i'm sorry", "i am sorry", "i apologize"),
        *("i cannot", "i can't", "i can not", "i'm unable", "i am unable", "please provide", "could you provide"),
        *("no text was provided", "the text you provided", "how can i help", "how may i assist"),
    )
)


def reply_content(reply: str) -> str:
    """The reply without thoughts, turn markers and invisible letters; line breaks stay."""
    text = _THOUGHT_END.sub("", _THOUGHT.sub("", reply))
    text = _TURN.sub(" ", unicodedata.normalize("NFC", text))
    return "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter)[0] != "C")


def useless_reason(text: str, source: Sequence[str] = ()) -> str:
    """Why a reply's content is useless: `empty`, `refusal`, `foreign` or `loop`; an empty text if it is not.

    A phrase of refusal that the `source` contains is no refusal: speakers apologise too.
    """
    opening = " ".join(words(text[:_REFUSAL_WITHIN]))
    phrases = [phrase for phrase in _REFUSALS if phrase in opening]
    source_words = " ".join(words(" ".join(source))) if phrases else ""
    if any(phrase not in source_words for phrase in phrases):
        return "refusal"
    if not _ARABIC.search(text):
        return "foreign" if _LETTER.search(text) else "empty"
    return "loop" if is_repetitive(text) else ""


def loop_start(tokens: Sequence[int]) -> int:
    """How many tokens to keep of a reply that ends in a loop; 0 if it does not.

    A loop is a run of at most 80 tokens that ends the reply four times over, 24 tokens in all at least; one turn of it
    is kept.
    """
    for period in range(1, min(_LOOP_PERIOD, len(tokens) // _LOOP_TURNS) + 1):
        turns = max(_LOOP_TURNS, -(-_LOOP_TOKENS // period))
        length = period * (turns - 1)
        if len(tokens) >= period + length and all(
            tokens[at] == tokens[at - period] for at in range(len(tokens) - 1, len(tokens) - 1 - length, -1)
        ):
            return len(tokens) - length
    return 0


def is_repetitive(text: str) -> bool:
    """Whether a text says the same over and over."""
    folded = words(text)
    runs = Counter(zip(*(folded[at:] for at in range(_LOOP_RUN)), strict=False))
    return len(folded) >= _LOOP_WORDS and len(runs) < _LOOP_DISTINCT * runs.total()


def plain_sentence(line: str) -> str:
    """A line without links, markup, bullets and codes; link texts stay."""
    text = _LINK.sub(r"\1", _IMAGE.sub(" ", line))
    text = _ENTITY.sub(" ", _TAG.sub(" ", _ANCHOR.sub(" ", text)))
    text = _CODE.sub(" ", _ADDRESS.sub(" ", text))
    return " ".join(_BULLET.sub("", _MARKUP.sub(" ", text).strip()).split())


def has_markup(text: str) -> bool:
    """Whether a sentence of a talk contains an address, markup or code; no article quotes it."""
    return any(sign.search(text) for sign in (_TURN, _LINK, _TAG, _ADDRESS, _CODE))


def is_foreign(text: str) -> bool:
    """Whether a sentence is not Arabic: a script other than Arabic and Latin, or too little Arabic."""
    letters = len(_LETTER.findall(text))
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    return not letters or arabic + latin < letters or arabic < _ARABIC_LEAST * letters


def echoes_prompt(text: str, prompt: str) -> bool:
    """Whether a sentence repeats the fixed part of the prompt."""
    folded, fixed = words(text), f" {' '.join(words(prompt))} "
    run = min(_ECHO, max(len(folded), 3))
    return any(f" {' '.join(folded[at : at + run])} " in fixed for at in range(len(folded) - run + 1))
