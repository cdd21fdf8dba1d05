"""Every setting with its default; the text below a field is its documentation, here and in `config.toml`."""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, ConfigDict, NonNegativeFloat, NonNegativeInt, PositiveFloat


class SettingsSection:
    """How pydantic reads a section: the text below a field describes it, and `nan` and `inf` are not numbers."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True, allow_inf_nan=False)


def _folder_name(text: str) -> str:
    if not text.strip() or "\0" in text:
        message = "it must name a folder"
        raise ValueError(message)
    return text


@dataclass(frozen=True, slots=True)
class LibrarySettings(SettingsSection):
    """Where results are stored."""

    folder: Annotated[str, AfterValidator(_folder_name)] = "outputs"
    """Folder for artifacts/, articles/ and everything else that is kept."""


@dataclass(frozen=True, slots=True)
class SourceSettings(SettingsSection):
    """How captions are fetched."""

    languages: tuple[str, ...] = ("ar",)
    """Caption languages to accept, best first; `ar` includes its regional forms (ar-EG, ar-SA, ...)."""
    allow_translated: bool = False
    """Whether a machine-translated track may be used when there is no other."""
    proxy: str = ""
    """Proxy for all requests, as http://host:port; empty for none."""
    ca_bundle: str = ""
    """File of certificate authorities to trust instead of the built-in ones; empty to trust the built-in ones."""
    timeout_seconds: PositiveFloat = 20.0
    """Longest silence within one answer; the whole answer may take one and a half times as long."""
    pause_seconds: NonNegativeFloat = 1.0
    """Shortest pause between two requests to one host; a random 0 to 60 % is added."""
    answer_megabytes: PositiveFloat = 24.0
    """Largest answer that is read, after decompression; ten hours of captions with word times are about 10 MB."""


@dataclass(frozen=True, slots=True)
class BatchSettings(SettingsSection):
    """How a batch works through its videos."""

    pause_seconds: NonNegativeFloat = 10.0
    """Shortest pause between two videos that are fetched from YouTube; up to as much again is added at random."""
    looks: NonNegativeInt = 1
    """Videos fetched at a time. Requests still go out one by one and `pause_seconds` still applies, so more than one
    saves time only without pauses: one answer is read while the next is on its way."""
    ahead: NonNegativeInt = 8
    """Most videos that may be fetched and not yet written."""
    patience_minutes: NonNegativeFloat = 10.0
    """Longest wait for a retry before a run ends; 70 outlasts a block, which lasts an hour."""
    known_in_a_row: NonNegativeInt = 30
    """A channel that was once read to its end is read again only until this many known videos follow one another."""
    executor: Literal["local", "ray"] = "local"
    """`local`: this process. `ray`: the workers of a Ray cluster (extra `cluster`), which must all see the library."""
    ray_address: str = ""
    """Address of the cluster's head, or `auto` for the cluster this machine belongs to; empty starts one here."""
    ray_writers: NonNegativeInt = 0
    """Workers that write articles; 0 for one per processor of the cluster."""
    ray_gpus: NonNegativeFloat = 0.0
    """GPUs for each of those workers; a fraction lets several share one."""


@dataclass(frozen=True, slots=True)
class TextSettings(SettingsSection):
    """How captions become sentences and passages."""

    restore: bool = True
    """Whether automatic captions are turned into written Arabic: hamza, taa marbuta, tanween, marks, sentence ends."""
    minimum_words: NonNegativeInt = 100
    """Fewest spoken words that make an article."""
    pause_seconds: NonNegativeFloat = 0.7
    """A silence of this length between two words ends a sentence."""
    sentence_words: NonNegativeInt = 45
    """Longest sentence, in words; a longer one is divided where it divides best."""
    passage_words: NonNegativeInt = 250
    """Shortest passage, in words; short talks use less, so that a talk of a few minutes still gets sections."""
    passage_words_most: NonNegativeInt = 1800
    """Longest passage, in words; a chapter that is longer is divided, too."""


@dataclass(frozen=True, slots=True)
class WriterSettings(SettingsSection):
    """Who writes, and how much."""

    kind: Literal["extractive", "local", "server"] = "extractive"
    """`extractive`: the embedded writer, no model and no network. `local`: a language model on this machine (extra
    `local`). `server`: a language model behind an OpenAI-compatible address."""
    depth: Literal["whole", "full", "light", "sections"] = "whole"
    """How a language model writes, where the judge is trusted. `whole`: it reads the whole talk and gives the whole
    article back; where its window is too small for that, as `full`. `full`: it states what was said claim by claim,
    stretch by stretch, plans the article over the claims, and writes each section from its own. `light`: the claims are
    the article. `sections`, and where no judge is trusted: section by section, near to the wording."""
    length: Literal["auto", "short", "medium", "long"] = "auto"
    """Of such an article: about 250-350, 450-650 or 800-1,100 words; `auto`: 250 and 22 % of the talk's up to
    1,100, and in `light` never less than an eighth."""
    quoted_share: NonNegativeFloat = 0.45
    """Share of the talk's words that an article of quotations has."""
    section_sentences: NonNegativeInt = 8
    """Most sentences of one section, where a model writes section by section."""
    section_share: NonNegativeFloat = 0.35
    """Share of a passage's sentences that its section has, up to the limit above."""


@dataclass(frozen=True, slots=True)
class ModelSettings(SettingsSection):
    """The language model of the writers `local` and `server`."""

    name: str = ""
    """A model on the Hugging Face Hub, a folder or file on disk, or the server's name for it; empty for the model that
    suits this machine, or for the server's only one."""
    revision: str = ""
    """Commit of the model on the hub; empty for the latest, which is then recorded in the article."""
    url: str = "http://127.0.0.1:8080/v1"
    """Address of the server; if it needs a key, put that in the environment variable TADWIN_MODEL_KEY."""
    quantize: Literal["auto", "none", "int8"] = "auto"
    """How a local model's weights are stored on a CPU: `int8` in one byte each, `none` in the type used to compute;
    `auto` takes the fastest form that loses nothing, and `int8` where memory is short."""
    device: str = "auto"
    """Where a local model runs: `auto`, `cpu`, `cuda` or `mps`."""
    threads: NonNegativeInt = 0
    """Processor cores for a local model; 0 for those that are free."""
    batch: NonNegativeInt = 8
    """Passages written side by side, or requested from a server at once; fewer where a local model would run out of
    memory."""
    window: NonNegativeInt = 0
    """Most tokens in a prompt and its reply together; 0 for what the model takes, on this machine up to 8,192."""
    temperature: NonNegativeFloat = 0.0
    """0 always takes the likeliest word; above 0, only the same seed gives the same article."""
    seed: NonNegativeInt = 0
    """The same seed, settings, model and captions give the same article."""
    timeout_seconds: PositiveFloat = 600.0
    """Longest time for one reply; replies written side by side share the sum of their times."""
    key: str = field(default="", repr=False)
    """Of the server: only ever from TADWIN_MODEL_KEY, and never in a file, a log or a listing of settings."""


@dataclass(frozen=True, slots=True)
class VerifySettings(SettingsSection):
    """What counts as a finding."""

    judge: str = ""
    """Who judges whether the talk says what a sentence says. `server:NAME` or `local:NAME`: a language model behind
    [model] url or on this machine, which quotes the words for it; another name: an entailment model, or a token
    classifier that marks unsupported words, on a hub or in a folder (extra `local`); `embedded`: the embedded judge.
    Empty for the model that writes, if it has passed `tadwin models exam`, and else for the embedded judge."""
    claims: NonNegativeInt = 24
    """Sentences that a language model judges in one prompt; fewer where its window is small."""
    prompt: Literal["ar", "en"] = "ar"
    """Language in which it is asked; the exam tells which it understands better."""
    gap_minutes: NonNegativeFloat = 10.0
    """A stretch of at least this many minutes that no section covers is a finding."""


@dataclass(frozen=True, slots=True)
class ExportSettings(SettingsSection):
    """Which files readers get."""

    formats: tuple[str, ...] = ("md", "html", "json")
    """Formats of an article: html, md, docx, clean.html, clean.md, json. The desk adds docx and the clean ones."""
    related: NonNegativeInt = 5
    """Most related articles to link."""


@dataclass(frozen=True, slots=True)
class ReviewSettings(SettingsSection):
    """Who reviews."""

    author: str = ""
    """Name recorded with decisions and changes; empty for your user name on this machine."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, by section of `config.toml`."""

    library: LibrarySettings = field(default_factory=LibrarySettings)
    source: SourceSettings = field(default_factory=SourceSettings)
    batch: BatchSettings = field(default_factory=BatchSettings)
    text: TextSettings = field(default_factory=TextSettings)
    writer: WriterSettings = field(default_factory=WriterSettings)
    model: ModelSettings = field(default_factory=ModelSettings)
    verify: VerifySettings = field(default_factory=VerifySettings)
    export: ExportSettings = field(default_factory=ExportSettings)
    review: ReviewSettings = field(default_factory=ReviewSettings)
