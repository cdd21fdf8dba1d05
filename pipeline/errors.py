"""The expected failures.

PipelineError                    hint: what to do next; exit_code: how the command ends
├── UsageError                   what was typed cannot be understood (2)
├── ConfigError                  a setting that does not exist or does not fit (12)
├── SourceError                  carries the subject: a video id or a file
│   ├── VideoUnavailable         removed, never existed, or its account is closed
│   ├── AccessDenied             needs an account: age, membership, a private video
│   ├── RegionBlocked            not shown in this country
│   ├── NotYetAvailable          a premiere or live stream that has not ended: try again later
│   ├── SourceBlocked            YouTube refuses this address for now; stops a batch (4)
│   ├── TokenRequired            captions are withheld without a token; never "no captions"
│   ├── NoArabicCaptions         captions exist, none in Arabic; names the languages there are
│   ├── NoCaptions               two attempts agree that there are none
│   ├── SourceUnreachable        network, time-out, server error: try again
│   ├── SourceChanged            an answer of unknown form
│   ├── FileUnreadable           empty, binary, damaged, or in no known caption format
│   └── ArticleKept              automatic captions of a video whose article is from typed ones
├── TooShort                     too few words for an article
├── ModelError                   a writer could not write
│   ├── ModelGarbled             a server answers, but not as chat completions do
│   ├── NoSentence               no sentence of the transcript is fit for an article
│   ├── RepliesUseless           an article was written, in parts without the model; never raised
│   ├── NothingWritten           the writer found nothing to say in a section to be rewritten
│   └── ModelUnusable            no article can be written until a setting or this machine changes; stops a batch (14)
│       ├── ModelMissing         no such model, or the packages that run it are not installed
│       ├── ModelUnfit           weights, code or an architecture that are not supported
│       ├── ModelTooLarge        more memory than there is
│       ├── ModelNoSpace         the disk is full (13)
│       └── ModelUnreachable     its hub or server does not answer: try again (15)
├── WorkerLost                   this video crashes one worker process after another
├── ReviewError
│   ├── NoSuchDraft              no finished article has this id
│   │   └── NoSuchEntry          the history of the article has no entry with this number
│   ├── StaleDraft               the draft changed since it was shown: a second tab, or a new run
│   └── EditRefused              a change or a decision that the rules do not allow
└── StoreError
    ├── ArtifactCorrupt          a file is missing or does not match its own digest
    ├── NotWritable              the output folder cannot be written (1)
    ├── NoLibrary                there is no library in the folder (10)
    ├── LibraryLocked            another process holds the library (11)
    ├── StateDamaged             the database of the library cannot be read
    ├── StateUnsupported         a newer or an unreleased version wrote the database
    └── NoSpace                  the disk is full (13)
"""

from __future__ import annotations

from enum import Enum


class PipelineError(Exception):
    """An expected failure: a message on what happened, and a hint on what to do.

    A hint passed to the constructor replaces the hint of the class.
    """

    exit_code = 1
    hint = ""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint or type(self).hint


class UsageError(PipelineError):
    """What was typed cannot be understood."""

    exit_code = 2


class ConfigError(PipelineError):
    """A setting that does not exist or does not fit."""

    exit_code = 12
    hint = "`tadwin config show` lists every setting with its value."


class SourceError(PipelineError):
    """A source could not provide a recording; `subject` is the id of the video or list, or the path of the file."""

    refusals = 0
    """How many answers refused our address, openly or by saying nothing; they move the breaker."""

    def __init__(self, subject: str, message: str, hint: str = "") -> None:
        super().__init__(f"{subject}: {message}", hint)
        self.subject = subject
        self.wait = 0.0
        """Seconds to wait that the source demanded with `Retry-After`."""
        self.challenged = False
        """True if it asked for a captcha."""


class VideoUnavailable(SourceError):
    """The video was removed, never existed, or its account is closed."""

    hint = "Check the link in a browser. If you have its captions as a file, run `tadwin run FILE`."


class AccessDenied(SourceError):
    """Only an account may watch it: age limit, members, private."""

    hint = "Sign in to YouTube, save the captions as a file (.srt, .vtt or .json3) and run `tadwin run FILE`."


class RegionBlocked(SourceError):
    """The video is not shown in this country."""

    hint = "Set [source] proxy to an address in a country where it is shown, or run `tadwin run FILE` on its captions."


class NotYetAvailable(SourceError):
    """A premiere or a live stream that has not ended."""

    hint = "Run the same command again after it has ended."


class SourceBlocked(SourceError):
    """YouTube refuses requests from this address for now, which says nothing about the video."""

    exit_code = 4
    refusals = 1
    hint = "Wait an hour and run the same command again; finished work is kept. [source] proxy sets another address."


class TokenRequired(SourceError):
    """Captions exist and are withheld from programs without a token."""

    hint = "Upgrade yt-dlp and try again later, or save the captions as a file and run `tadwin run FILE`."


class NoArabicCaptions(SourceError):
    """There are captions, but none in Arabic."""

    hint = "[source] languages sets the accepted languages; machine translations need [source] allow_translated."


class NoCaptions(SourceError):
    """Two independent attempts agree that the video has no captions."""

    hint = "Automatic captions can appear hours after upload. Try again later, or run `tadwin run FILE` on your own."


class SourceUnreachable(SourceError):
    """A network or server error, or a timeout."""

    hint = "Check the connection, [source] proxy and [source] ca_bundle, and run the same command again."


class SourceChanged(SourceError):
    """An answer of unknown form."""

    hint = "Upgrade yt-dlp and youtube-transcript-api. If it stays, report it with the output of `tadwin doctor`."


class FileUnreadable(SourceError):
    """A file without captions in a known format."""

    hint = (
        "Accepted: .srt, .vtt, .sbv, .lrc, .tsv, .sub with a frame rate, json3, srv1 and srv3 XML, this project's JSON,"
        " and text with one caption per line."
    )


class ArticleKept(SourceError):
    """A file of automatic captions does not replace the article that was made from captions people typed."""

    hint = "To write the article from this file all the same, delete the article's folder first."


class TooShort(PipelineError):
    """Too few words for an article."""

    hint = "An article needs at least [text] minimum_words words of speech."


class ModelError(PipelineError):
    """A writer could not write."""


class ModelGarbled(ModelError):
    """A model server answers, but not as chat completions do."""

    hint = "Check that [model] url is the address of an OpenAI-compatible server; most end with /v1."


class NoSentence(ModelError):
    """No sentence of the transcript is fit for an article, whoever writes it."""

    hint = "Its captions may be only noise; watch the video with captions on to check."


class RepliesUseless(ModelError):
    """Replies of the model were of no use, so that parts of an article were written without it."""

    hint = "Check the model server and its log. The next batch, or `tadwin retry`, makes the article anew."


class NothingWritten(ModelError):
    """The writer found nothing to say in a section that was to be written anew."""

    hint = "Edit the section by hand, or set another writer."


class ModelUnusable(ModelError):
    """The language model as it is set cannot write any article."""

    exit_code = 14
    hint = '`tadwin models` lists models that work; `[writer] kind = "extractive"` needs none.'


class ModelMissing(ModelUnusable):
    """There is no such model, or the packages that run it are not installed."""


class ModelUnfit(ModelUnusable):
    """The model's weights can hide code, or it needs code of its own or an architecture that is not supported."""


class ModelTooLarge(ModelUnusable):
    """The model, or one reply of it, needs more memory than there is."""

    hint = 'Close other programs, set [model] quantize = "int8", or use a smaller window or model (`tadwin models`).'


class ModelNoSpace(ModelUnusable):
    """The disk is too full for the model."""

    exit_code = 13
    hint = "Free some space, or set the environment variable HF_HOME to a folder on another disk. Then run it again."


class ModelUnreachable(ModelUnusable):
    """The hub or the server of the model does not answer properly."""

    exit_code = 15
    hint = (
        "Check the connection and run the same command again; finished downloads are kept. A folder needs no network."
    )


class WorkerLost(PipelineError):
    """The process that worked on a video died, and then another one."""

    hint = "`tadwin run VIDEO` shows what happens; `tadwin retry --class person` tries once more."


class ReviewError(PipelineError):
    """An action on a draft could not be carried out."""


class NoSuchDraft(ReviewError):
    """No finished article has this id."""

    hint = "`tadwin review --list` names every article of the library."


class NoSuchEntry(NoSuchDraft):
    """The history of the article has no entry with this number."""

    hint = "The page of the article lists every entry."


class StaleDraft(ReviewError):
    """The draft is no longer the one that was shown when the change was made."""

    hint = "Compare both texts and save again."


class Refusal(Enum):
    """Why the review desk refuses an edit or a decision: the message and, where it helps, the hint.

    `review.i18n` says each of them in Arabic.
    """

    EMPTY_TEXT = "the text is empty; to delete a block, use its remove button"
    NOTHING_BEFORE = "there is nothing before it to merge it with"
    AT_THE_EDGE = "it cannot be moved any further"
    REQUIRED_PART = "every article needs this part", "Change its text instead."
    NOT_SENTENCE_NUMBERS = "the evidence must be sentence numbers", "For example: 12 13 20."
    NOT_A_DECISION = "the decision must be approve, reject or return"
    REASON_REQUIRED = "a reason is required", "Say in one sentence what is wrong."
    NOT_APPROVED = "only an approved article can be exported", "Approve it first."
    NO_FOLDER = "there is no folder to open, or no desktop to open it on"
    NO_NEWER_DRAFT = "there is no newer draft"
    NOTHING_TO_UNDO = "there is nothing to undo"
    NOTHING_TO_REDO = "there is nothing to redo"
    NO_SUCH_SECTION = "there is no such section"
    SECTION_WITHOUT_EVIDENCE = "the section cites nothing that it could be rewritten from"
    NO_PROPOSAL = "there is no proposal for this draft", "Ask for a new one."
    BAD_CORRECTION = "a correction needs a known channel and two different short forms"
    TOO_LONG = "a block has at most 20,000 characters", "Divide it into paragraphs."
    TOO_LARGE = "the request is too large", "Divide it."
    NO_SUCH_PLACE = "the draft has no such place", "It may have been moved or removed."
    NO_SUCH_FINDING = "the draft has no such finding", "It may have been checked or corrected."
    NOT_A_FORM = "this is not a form of the review desk"

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint


class EditRefused(ReviewError):
    """A change or a decision that the rules do not allow."""

    def __init__(self, reason: Refusal | str, hint: str = "") -> None:
        """Refuse for one of the known reasons, or with a message of its own."""
        self.refusal = reason if isinstance(reason, Refusal) else None
        super().__init__(reason.message, reason.hint) if isinstance(reason, Refusal) else super().__init__(reason, hint)


class StoreError(PipelineError):
    """The library on disk could not be read or written."""

    hint = "Check the folder's permissions and the disk, then run the same command again; finished steps are kept."


class ArtifactCorrupt(StoreError):
    """A stored file is missing or does not match its own digest."""

    hint = "`tadwin run` with its video, or `tadwin batch` with its list, makes it again."


class NotWritable(StoreError):
    """The output folder cannot be written."""

    hint = "Choose another folder with --library or [library] folder."


class NoLibrary(StoreError):
    """There is no library in the folder."""

    exit_code = 10
    hint = "`tadwin batch SOURCE` creates one; --library or [library] folder names another folder."


class LibraryLocked(StoreError):
    """Another process holds the library."""

    exit_code = 11
    hint = "Wait until it has finished, or choose another folder with --library."


class StateDamaged(StoreError):
    """The database of the library cannot be read; the articles themselves are not affected."""

    hint = "`tadwin repair` rebuilds it from the articles; no finished article is made again."


class StateUnsupported(StoreError):
    """A newer or an unreleased version wrote the database of the library."""

    hint = "Use that version, or choose another folder with --library."


class NoSpace(StoreError):
    """The disk is full."""

    exit_code = 13
    hint = "Free some space and run the same command again; finished steps are kept."
