"""Everything that can go wrong and is not a bug.

PipelineError                    hint: what to do next; exit_code: how the command ends
├── UsageError                   what was typed cannot be understood (2)
├── ConfigError                  a setting that does not exist or does not fit (12)
├── SourceError                  carries the subject: a video id or a file
│   ├── VideoUnavailable         removed, private, account closed; `permanent` unless the wording says otherwise
│   ├── AccessDenied             needs an account: age, membership, a private video
│   ├── RegionBlocked            not shown in this country
│   ├── NotYetAvailable          a premiere or a live stream: look again after a date
│   ├── SourceBlocked            YouTube refuses this address for now; stops a batch (4)
│   ├── TokenRequired            captions are withheld without a token; never "no captions"
│   ├── NoArabicCaptions         captions exist, none in Arabic; names what there is
│   ├── NoCaptions               two looks agree that there are none
│   ├── SourceUnreachable        network, time-out, server error: try again
│   ├── SourceChanged            an answer that no longer fits what we know
│   └── FileUnreadable           empty, binary, damaged, or in no caption format we know
├── TooShort                     too few words for an article
├── ModelError                   a writer could not write
│   ├── ModelGarbled             a server answers, but not as chat completions do
│   ├── NothingWritten           a section was to be written anew, and the writer found nothing to say
│   └── ModelUnusable            no article can be written until a setting or this machine changes; stops a batch (14)
│       ├── ModelMissing         no such model, or the packages that run it are not installed
│       ├── ModelUnfit           weights, code or an architecture that we do not run
│       ├── ModelTooLarge        more memory than there is
│       ├── ModelNoSpace         the disk is full (13)
│       └── ModelUnreachable     its hub or server does not answer: try again (15)
├── WorkerLost                   processes die of this video, one after the other
├── ReviewError
│   ├── NoSuchDraft              no finished article has this id
│   │   └── NoSuchEntry          the history of the article has no entry with this number
│   ├── StaleDraft               the draft changed since it was shown: a second tab, or a new run
│   └── EditRefused              a change or a decision that the rules do not allow
└── StoreError
    ├── ArtifactCorrupt          a file does not match its own digest
    ├── ArtifactOutdated         a type changed since it was written
    ├── NotWritable              the output folder cannot be written (1)
    ├── NoLibrary                there is no library in the folder (10)
    ├── LibraryLocked            another process works on the library (11)
    ├── StateDamaged             the list of what was done cannot be read
    └── NoSpace                  the disk is full (13)
"""

from __future__ import annotations

from enum import Enum


class PipelineError(Exception):
    """An expected failure: one sentence of what happened, one of what to do."""

    exit_code = 1
    hint = ""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the message; a hint given here replaces the hint of the class."""
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
    """A source could not give what was asked for."""

    def __init__(self, subject: str, message: str, hint: str = "") -> None:
        """Name the video or file that the failure is about."""
        super().__init__(f"{subject}: {message}", hint)
        self.subject = subject
        self.wait = 0.0
        """Seconds that the source demanded to wait, with `Retry-After`."""
        self.challenged = False
        """Whether it asked for a captcha."""


class VideoUnavailable(SourceError):
    """The video was removed, never existed, or its account is closed."""

    hint = "Check the link in a browser; if you have its captions as a file, run `tadwin run FILE`."


class AccessDenied(SourceError):
    """Only an account may watch it: age limit, members, private."""

    hint = "Sign in, save the captions as a file (.srt, .vtt or .json3) and run `tadwin run FILE`."


class RegionBlocked(SourceError):
    """Not shown in this country."""

    hint = "Set [source] proxy to an address in a country where it is shown, or run `tadwin run FILE` on its captions."


class NotYetAvailable(SourceError):
    """A premiere or a live stream that has not ended."""

    hint = "Run the same command again after it has ended."


class SourceBlocked(SourceError):
    """YouTube refuses requests from this address for now. It says nothing about the video."""

    exit_code = 4
    hint = "Wait an hour and run the same command again; finished work is kept. [source] proxy sets another address."


class TokenRequired(SourceError):
    """Captions exist and are withheld from programs without a token."""

    hint = "Upgrade yt-dlp and try again later, or save the captions as a file and run `tadwin run FILE`."


class NoArabicCaptions(SourceError):
    """There are captions, but none in Arabic."""

    hint = "[source] languages says which languages count; translated tracks are never taken by accident."


class NoCaptions(SourceError):
    """Two independent looks agree that the video has no captions."""

    hint = "Automatic captions can appear hours after upload: try again later, or run `tadwin run FILE` on your own."


class SourceUnreachable(SourceError):
    """Network, time-out or server error."""

    hint = "Check the connection ([source] proxy and ca_bundle, if you need them) and run the same command again."


class SourceChanged(SourceError):
    """An answer that does not fit what is known of the source."""

    hint = (
        "Upgrade yt-dlp and youtube-transcript-api; if it stays, please report it with the output of `tadwin doctor`."
    )


class FileUnreadable(SourceError):
    """A file that holds no captions in a format we know."""

    hint = (
        "Accepted: .srt, .vtt, json3, srv1 and srv3 XML, this project's JSON, and plain UTF-8 text, a caption a line."
    )


class TooShort(PipelineError):
    """Too few words for an article."""

    hint = "An article needs at least [text] minimum_words words of speech."


class ModelError(PipelineError):
    """A writer could not write."""


class ModelGarbled(ModelError):
    """A model server answers, but not as chat completions do."""

    hint = "Check that [model] url is the address of an OpenAI-compatible server; most end with /v1."


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
    """The model has weights that can hide code, needs code of its own, or an architecture that nothing here knows."""


class ModelTooLarge(ModelUnusable):
    """The model, or one reply of it, needs more memory than there is."""

    hint = (
        'Close other programs, set [model] quantize = "int8", a smaller window, or a smaller model (`tadwin models`).'
    )


class ModelNoSpace(ModelUnusable):
    """The disk is too full for the model."""

    exit_code = 13
    hint = "Free some space, or set the environment variable HF_HOME to a folder on another disk; then run it again."


class ModelUnreachable(ModelUnusable):
    """The hub or the server of the model does not answer as it should."""

    exit_code = 15
    hint = (
        "Check the connection and run the same command again; what was downloaded is kept. A folder needs no network."
    )


class WorkerLost(PipelineError):
    """The process that worked on a video died, and another one after it."""

    hint = "`tadwin run VIDEO` shows what happens; `tadwin retry --class person` tries once more."


class ReviewError(PipelineError):
    """Something a person asked of a draft could not be done."""


class NoSuchDraft(ReviewError):
    """No finished article has this id."""

    hint = "`tadwin review --list` names every article of the library."


class NoSuchEntry(NoSuchDraft):
    """The history of the article has no entry with this number."""

    hint = "The page of the article lists every entry."


class StaleDraft(ReviewError):
    """The draft is not the one that was shown when the change was made."""

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
    NO_NEWER_DRAFT = "there is no newer draft"
    NO_SUCH_SECTION = "there is no such section"
    SECTION_WITHOUT_EVIDENCE = "the section cites nothing that it could be rewritten from"
    NO_PROPOSAL = "there is no proposal for this draft", "Ask for a new one."
    BAD_CORRECTION = "a correction needs a known channel and two different short forms"
    NOT_A_FORM = "this is not a form of the review desk"

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint


class EditRefused(ReviewError):
    """A change or a decision that the rules do not allow."""

    def __init__(self, reason: Refusal | str, hint: str = "") -> None:
        """Refuse for one of the known reasons, or in a sentence of its own."""
        self.refusal = reason if isinstance(reason, Refusal) else None
        super().__init__(reason.message, reason.hint) if isinstance(reason, Refusal) else super().__init__(reason, hint)


class StoreError(PipelineError):
    """The library on disk could not be read or written."""

    hint = "Check the folder's rights and the disk, then run the same command again; finished steps are kept."


class ArtifactCorrupt(StoreError):
    """A stored file does not match its own digest."""

    hint = "Delete the named file and run the same command again; it is made anew."


class ArtifactOutdated(StoreError):
    """A stored file was written by a version with other types."""

    hint = "Delete the named file and run the same command again; it is made anew."


class NotWritable(StoreError):
    """The output folder cannot be written."""

    hint = "Choose another folder with --library or [library] folder."


class NoLibrary(StoreError):
    """There is no library in the folder."""

    exit_code = 10
    hint = "`tadwin batch SOURCE` makes one; --library or [library] folder names another folder."


class LibraryLocked(StoreError):
    """Another process works on the library."""

    exit_code = 11
    hint = "Wait until it has ended, or choose another folder with --library."


class StateDamaged(StoreError):
    """The list of what was done cannot be read; the articles themselves are not touched by that."""

    hint = "`tadwin repair` rebuilds it from the articles; nothing that is finished is made again."


class NoSpace(StoreError):
    """The disk is full."""

    exit_code = 13
    hint = "Free some space and run the same command again; finished steps are kept."
