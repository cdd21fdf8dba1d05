"""The nouns, frozen: `VideoReference -> Recording -> Script -> Draft -> Report -> Article -> RunResult`.

Times are seconds from the start of the video as floats; `None` means that the source has no times. Tuples, never lists.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - the codec reads the annotations while the program runs
from dataclasses import dataclass, field
from datetime import date, datetime  # noqa: TC003 - the codec reads the annotations while the program runs
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from pipeline.types.links import RelatedArticle, SeriesPosition  # noqa: TC001 - the codec reads the annotations while the program runs
from pipeline.types.usage import GenerationStats, TokenUsage  # noqa: TC001 - as above

if TYPE_CHECKING:
    from collections.abc import Iterator


class SourceKind(StrEnum):
    """What a reference points to."""

    YOUTUBE = "youtube"
    FILE = "file"

    @property
    def is_online(self) -> bool:
        """Whether YouTube is asked; what is read on this machine may change, and needs no pause."""
        return self is SourceKind.YOUTUBE


@dataclass(frozen=True, slots=True)
class VideoReference:
    """One video, as understood from what the user typed."""

    kind: SourceKind
    id: str
    """The YouTube id (11 characters), or the path of a caption file as typed."""
    digest: str = ""
    """Digest of a file's content, so that a changed file is read anew; empty for YouTube."""
    note: str = ""
    """What was passed over, in a sentence for the user: for instance a playlist in the same link. Empty if nothing."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter set by the video's author."""

    start: float
    title: str


@dataclass(frozen=True, slots=True)
class Video:
    """Metadata of one video; an unknown text is empty, an unknown number or date is None."""

    id: str
    """YouTube's id, or `file-` and 12 hexadecimal digits of the content of a caption file: safe as a file name."""
    title: str
    channel: str = ""
    published: date | None = None
    seconds: float | None = None
    description: str = ""
    url: str = ""
    """The address to link to, without a time; empty when the video is not known to be online."""
    language: str = ""
    """Spoken language as the source states it, as a BCP 47 tag."""
    chapters: tuple[Chapter, ...] = ()
    tags: tuple[str, ...] = ()


class TrackOrigin(StrEnum):
    """Who made a caption track."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"
    TRANSLATED = "translated"
    RECOGNISED = "recognised"
    UNSTATED = "unstated"


BY_MACHINE = frozenset({TrackOrigin.AUTOMATIC, TrackOrigin.TRANSLATED, TrackOrigin.RECOGNISED})
"""The origins of captions that nobody typed."""


@dataclass(frozen=True, slots=True)
class Track:
    """One caption track a video offers."""

    language: str
    """BCP 47 tag as the source writes it: `ar`, `ar-EG`, `en`."""
    origin: TrackOrigin
    name: str = ""


@dataclass(frozen=True, slots=True)
class Caption:
    """One cue as it was on screen; neighbours may overlap."""

    text: str
    start: float | None = None
    end: float | None = None
    times: tuple[float, ...] = ()
    """Start of each word of `text.split()`, or empty when the track has no word times."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """The captions of one video, and how they were chosen."""

    track: Track
    captions: tuple[Caption, ...]
    backend: str = ""
    """What read it: `yt-dlp`, `youtube-transcript-api`, or the caption file's format."""
    reason: str = ""
    """Why this track and no other, in an English sentence."""
    others: tuple[Track, ...] = ()
    """The tracks that were not chosen."""


@dataclass(frozen=True, slots=True)
class Recording:
    """All that a source says about one video."""

    video: Video
    transcript: Transcript


class Border(IntEnum):
    """How the captions go on after a word."""

    NONE = 0
    """The line goes on."""
    LINE = 1
    """A full line ends: the next word had no room."""
    BREAK = 2
    """The line ends though the next word had room, or a sound stands between: somebody or a pause chose the place."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """One spoken word with the marks around it; `text` holds no white space."""

    text: str
    start: float | None = None
    """Second at which it begins; None when the source has no times."""
    end: float | None = None
    """Second at which it is over, by the track's usual pace; silence lasts from here to the next word's start."""
    border: Border = Border.NONE
    ends: bool = False
    """Whether a sentence certainly ends here, since somebody else goes on."""
    odds: float | None = None
    """Log odds that a sentence ends here, by whoever restored the captions; None where nobody has judged."""
    closing: str = ""
    """The mark to close with, if a sentence ends here."""
    recited: bool = False
    """Whether nothing divides it from the next word: both are of one verse, or it announces the verse that follows."""
    known: float | None = None
    """Probability (0 to 1) that it is what was said, by whoever restored the captions; None where nobody has judged."""
    voice: str = ""
    """Who says it, as `Sentence.voice`."""
    drowned: bool = False
    """Whether music follows, or a note that something cannot be heard, under which words may be missing."""


@dataclass(frozen=True, slots=True)
class Recitation:
    """A stretch of spoken words in which a verse of the Qur'an, a part of one, or neighbouring verses are recited."""

    first: int
    """Index of its first word."""
    last: int
    """Index of its last word."""
    words: tuple[tuple[str, int], ...]
    """The verse's words in their right spelling, each with the index of the word in which it was heard."""
    place: str
    """Sura and number as an editor cites them: `البقرة: 255`, `فاطر: 15-17`."""
    introduced: bool
    """Whether the words before it say that a verse follows."""
    numbers: tuple[int, ...] = ()
    """Of the verse of each of its words; empty where all are of one."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One numbered sentence of the speech. Every caption word stands in exactly one, or was heard in its verse."""

    number: int
    """Counts from 1 through the whole script."""
    text: str
    start: float | None = None
    end: float | None = None
    times: tuple[float, ...] = ()
    """Start of each word of `text.split()`, or empty when the source has no times."""
    end_odds: float | None = None
    """Log odds that a sentence of the speaker really ends after it, as weighed by `segment/boundaries.py`.

    Its `CLOSED` where one certainly does: by the captions' own mark, somebody else's turn, a long silence, the end of
    the talk. Far below zero where only the greatest length divided. None where nobody has judged.
    """
    known: float | None = None
    """Share (0 to 1) of its words that are likely what was said, the mean of `SpokenWord.known`: of automatic captions
    0.97 on an average, of a verse 1. A weak sign, as `tadwin eval` shows: it says where to listen again, not what is
    wrong. None where nobody has judged, as in captions that people typed.
    """
    voice: str = ""
    """Who says it, as the captions name them: `المذيع`, `د. سلمى حمدان`, `المتحدث 1`; empty where they do not."""
    drowned: bool = False
    """Whether words may be missing in it or behind it, under music or where the captions say that nothing is heard."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring sentences on one topic."""

    heading: str
    """The author's chapter title, or a phrase from the passage's own words; empty when neither was found."""
    sentences: tuple[Sentence, ...]
    chapter: bool = False
    """Whether the heading and the borders are the author's."""
    heading_odds: float | None = None
    """From 0 to 1: how likely a heading of ours names what the passage is about; None for the author's."""


@dataclass(frozen=True, slots=True)
class Removal:
    """Caption text that is not in the script, and why."""

    reason: str
    """`noise`, `repeat`, `greeting`, `subscribe`, `sponsor` or another word that the report can show."""
    text: str
    start: float | None = None


@dataclass(frozen=True, slots=True)
class Restoration:
    """What was done to write captions as written Arabic; no word is added, dropped or exchanged."""

    by: str
    """Identity of what did it."""
    spelled: int
    """Words that got other letters: hamza, taa marbuta, tanween."""
    marked: int
    """Words that got a mark after them."""


@dataclass(frozen=True, slots=True)
class Verse:
    """What is recited in a script, between ﴿ and ﴾."""

    text: str
    """In its right spelling."""
    place: str
    """Sura and number, as `Recitation.place`."""
    heard: str
    """The same words as they were captioned."""
    numbers: tuple[int, ...] = ()
    """As `Recitation.numbers`."""

    def place_of(self, first: int, last: int) -> str:
        """Sura and number of some of its words, from one to another, counted from 0."""
        if not self.numbers:
            return self.place
        least, most = min(self.numbers[first : last + 1]), max(self.numbers[first : last + 1])
        return f"{self.place.rpartition(': ')[0]}: {least}" + (f"-{most}" if most > least else "")


@dataclass(frozen=True, slots=True)
class Script:
    """The transcript as readable sentences."""

    video: Video
    track: Track
    passages: tuple[Passage, ...]
    removed: tuple[Removal, ...] = ()
    restored: Restoration | None = None
    """None when the captions stand as they were."""
    dialect: str = ""
    """`egyptian`, `levantine`, `gulf`, `iraqi` or `mixed`; empty for standard Arabic."""
    verses: tuple[Verse, ...] = ()
    """In the order they were recited."""
    title: str = ""
    """The video's title with the hamzas that it lacks; empty where it lacks none."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in the order they were said."""
        return tuple(sentence for passage in self.passages for sentence in passage.sentences)

    @property
    def timed(self) -> bool:
        """Whether evidence can be shown by second; otherwise it is shown by sentence."""
        return any(sentence.start is not None for sentence in self.sentences)


# --- what is written ---


class Basis(StrEnum):
    """What a statement rests on."""

    SPEECH = "speech"
    """The cited sentences of the script."""
    METADATA = "metadata"
    """The video's title, channel, date, length or chapters, as the source gave them."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the article, and where it comes from."""

    text: str
    cites: tuple[int, ...] = ()
    """Numbers of the script's sentences that say it."""
    basis: Basis = Basis.SPEECH
    quotes: tuple[str, ...] = ()
    """Words of these sentences, as they stand there, that say it; empty where nobody named any."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Statements that stand together."""

    statements: tuple[Statement, ...]

    @property
    def cites(self) -> tuple[int, ...]:
        """The cited sentence numbers, each once, ascending."""
        return tuple(sorted({number for statement in self.statements for number in statement.cites}))


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of the article's body."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before it was checked. A part that the talk does not have, and the account of a model, may be None."""

    title: str
    headline: str
    lead: Paragraph
    background: tuple[Paragraph, ...]
    transition: Paragraph
    """What leads from lead and background to the sections; may be empty."""
    """Leads from the background into the sections."""
    sections: tuple[Section, ...]
    challenges: Paragraph | None
    outlook: Paragraph | None
    conclusion: Paragraph | None
    account: GenerationStats | None = None

    def parts(self) -> tuple[DraftPart, ...]:
        """The parts in reading order, each section a part of its own, without those that the talk does not have."""

        def numbered(place: str, paragraphs: tuple[Paragraph, ...]) -> tuple[tuple[str, Paragraph], ...]:
            return tuple((f"{place}.{number}", paragraph) for number, paragraph in enumerate(paragraphs, 1))

        ends = (("challenges", self.challenges), ("outlook", self.outlook), ("conclusion", self.conclusion))
        return (
            DraftPart("lead", None, (("lead", self.lead),)),
            *([DraftPart("background", None, numbered("background", self.background))] if self.background else []),
            DraftPart("transition", None, (("transition", self.transition),)),
            *(
                DraftPart(f"sections.{number}", section.heading, numbered(f"sections.{number}", section.paragraphs))
                for number, section in enumerate(self.sections, 1)
            ),
            *(DraftPart(place, None, ((place, paragraph),)) for place, paragraph in ends if paragraph),
        )

    def paragraphs(self) -> Iterator[tuple[str, Paragraph]]:
        """Every paragraph in reading order, with its place as `Finding.place` writes it."""
        for part in self.parts():
            yield from part.paragraphs


@dataclass(frozen=True, slots=True)
class DraftPart:
    """One part of a draft, as `Draft.parts` walks it."""

    place: str
    """`lead`, `background`, `transition`, `sections.1`, `sections.2`, ..., `challenges`, `outlook` or `conclusion`."""
    heading: str | None
    """A section's heading, which may be empty; None for every other part."""
    paragraphs: tuple[tuple[str, Paragraph], ...]
    """Each with its place as `Finding.place` writes it."""


class Flaw(StrEnum):
    """What can be wrong with a statement or an article."""

    UNCITED = "uncited"
    """A statement about the speech cites no sentence, or one that does not exist."""
    NUMBER = "number"
    """A figure that is neither in the cited sentences nor in the metadata."""
    NAME = "name"
    """A name that is neither in the cited sentences nor in the metadata."""
    QUOTE = "quote"
    """Quotation marks around words that were not said or written so."""
    SCRIPTURE = "scripture"
    """A verse or hadith that is not exactly as captioned, or, without a detail, is to be compared with its source."""
    NEGATION = "negation"
    """A negation too many or too few beside the cited sentences, or a word whose opposite was said."""
    SWAPPED = "swapped"
    """Two words that changed places: who did it, and to whom."""
    ASSERTED = "asserted"
    """A question, a wish or a supposition that is told as a fact."""
    UNSUPPORTED = "unsupported"
    """Words that the cited sentences do not have, or a claim that a judge finds without support."""
    UNCOVERED = "uncovered"
    """A long stretch of the video of which the article has no word."""
    UNWRITTEN = "unwritten"
    """Parts that a language model was to write, and whose replies were of no use."""


OF_THE_WHOLE = frozenset({Flaw.UNCOVERED, Flaw.UNWRITTEN})
"""Flaws of no single statement; the text of such a finding says what part of the video or the article it is about."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, beside the words it is about."""

    flaw: Flaw
    place: str
    """Where in the draft: `lead`, `background.1`, `sections.2.1`, ...; counting from 1. `article` for the whole."""
    text: str
    """The words in question."""
    detail: str = ""
    """What makes them a finding, for instance the figure that was not said."""


class Doubt(StrEnum):
    """Why an editor should look at a place before an article is published. None of them says that it is wrong."""

    ACCUSATION = "accusation"
    """A word that accuses, near a name."""
    NAME = "name"
    """A person or a body: captions misspell names first."""
    FIGURE = "figure"
    VERSE = "verse"
    """A verse that was heard in other words than the Qur'an's."""
    SCRIPTURE = "scripture"
    """What is introduced as a verse or a hadith, and was compared with no source."""
    WORDING = "wording"
    """Words that are seldom or never written so: recognition may have misheard."""
    TIMES = "times"
    """Times that run backwards, or too many or too few words for them."""


@dataclass(frozen=True, slots=True)
class EditorNote:
    """One place that an editor should look at before publishing."""

    doubt: Doubt
    text: str
    """A few words: the name, the figure with its noun, the verse and what was heard."""
    sentence: int
    """Number of the sentence in which it was said."""


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A stretch of the video."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class SectionCoverage:
    """The stretches of the video whose words one part of an article quotes or rests on."""

    heading: str
    spans: tuple[TimeSpan, ...]


@dataclass(frozen=True, slots=True)
class Omission:
    """Neighbouring words of a talk of which an article has none."""

    words: int
    first: int
    """Number of the sentence in which it begins."""
    last: int
    """Number of the sentence in which it ends."""
    span: TimeSpan | None
    """None when the source has no times."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an article has of its talk.

    The words of a statement that was said word for word are used, and where it was said in other words, all words of
    the sentences that it cites.
    """

    words: int
    """Of the whole talk."""
    used: int
    """Of these, how many the article quotes or rests on."""
    windows: float
    """Share (0 to 1) of the talk's stretches of 100 words of which at least one is used."""
    omitted: Omission | None
    """The longest stretch that is left out; None when every word is used."""
    sections: tuple[SectionCoverage, ...]
    """By part, in the article's order; empty when the source has no times."""

    @property
    def share(self) -> float:
        """Share (0 to 1) of the talk's words that are used."""
        return self.used / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What checking a draft against its script found."""

    findings: tuple[Finding, ...]
    statements: int
    """How many statements about the speech were checked."""
    supported: int
    """How many of them stand in their cited sentences, word for word after folding."""
    coverage: Coverage
    removed: tuple[Removal, ...] = ()
    """What was left out: caption text that is not in the script, and sentences said in passing; no loss is silent."""
    confirmed: int = 0
    """How many of the others a trusted judge confirmed."""
    judge: str = ""
    """Identity of the trusted judge, with its exam result; empty if it was not asked, or there is none."""
    editor_notes: tuple[EditorNote, ...] = ()
    """By kind, in the order they were said. For an editor: what is approved is exported without them."""

    @property
    def open(self) -> int:
        """Statements that are neither word for word nor confirmed."""
        return self.statements - self.supported - self.confirmed


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """What a library remembers of a finished article to relate others to it."""

    id: str
    """The video's id."""
    title: str
    folder: str
    """Name of the article's folder inside the library's articles/."""
    terms: tuple[str, ...]
    """Its characteristic words as it spells them, one of each stem, most telling first."""
    findings: int = 0
    recipe: str = ""
    """Digest of all that would make another article of the same captions; empty when it is not known."""
    shortfall: str = ""
    """Why the article should be made anew, in English; empty if it need not."""
    published: date | None = None
    """The video's day, to tell articles of one title apart."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an article comes from, enough to make it again."""

    track: Track
    backend: str
    reason: str
    writer: str
    version: str
    """Of this program."""
    script: str
    """Digest of the script."""
    draft: str
    """Digest of the draft."""


@dataclass(frozen=True, slots=True)
class Approval:
    """That a person approved exactly this draft."""

    by: str
    time: datetime
    """In UTC."""


@dataclass(frozen=True, slots=True)
class Article:
    """A checked draft with all that is needed to show and to check it."""

    script: Script
    draft: Draft
    report: Report
    provenance: Provenance
    related: tuple[RelatedArticle, ...] = ()
    places: tuple[SeriesPosition, ...] = ()
    approval: Approval | None = None
    """Who stands for it; None in a library, where articles are the machine's."""


class RunStatus(StrEnum):
    """How it went with one video."""

    DONE = "done"
    FLAWED = "flawed"
    """An article was made, and its report has findings."""
    LATER = "later"
    BLOCKED = "blocked"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RunResult:
    """What became of one request."""

    status: RunStatus
    request: str
    """What the user typed."""
    seconds: float
    """Time spent."""
    article: Article | None = None
    reason: str = ""
    """What went wrong, in one English sentence; empty when there is an article."""
    hint: str = ""
    """What to do about it."""
    exit_code: int = 0
    """What a command says to its caller, as the README lists them."""
    files: tuple[str, ...] = ()
    """Paths of the files for readers, where there is an article."""
    usage: Mapping[str, TokenUsage] = field(default_factory=dict)
    """What was asked of a language model for it, by step; empty when nothing was."""
