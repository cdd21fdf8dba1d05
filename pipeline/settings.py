"""Every setting with its default; the text below a field is its documentation, here and in `config.toml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class LibrarySettings:
    """Where results are kept."""

    folder: str = "outputs"
    """Folder that holds artifacts/, articles/ and runs/."""


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """How captions are fetched."""

    languages: tuple[str, ...] = ("ar",)
    """Languages that count, best first; `ar` includes its regional forms (ar-EG, ar-SA, ...)."""
    allow_translated: bool = False
    """Whether a machine-translated track may be used when there is no other."""
    proxy: str = ""
    """Proxy for all requests, as http://host:port; empty for none."""
    ca_bundle: str = ""
    """File of certificate authorities to trust instead of the built-in ones; empty for those."""
    timeout_seconds: float = 20.0
    """How long one answer may be silent; the whole of it may take half as long again."""
    pause_seconds: float = 1.0
    """Shortest pause between two requests to one host; 0 to 60 % is added at random."""
    answer_megabytes: float = 24.0
    """Largest answer that is read, after decompression; ten hours of captions with word times are about 10 MB."""


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """How many videos are worked through."""

    pause_seconds: float = 10.0
    """Shortest pause between two videos that ask YouTube; up to as much again is added at random."""
    looks: int = 1
    """Videos looked at side by side. Requests still go out one at a time, and `pause_seconds` is kept, so that more
    than one saves time only without pauses: one answer is read while the next is on its way."""
    ahead: int = 8
    """Most videos that are fetched and not yet written."""
    patience_minutes: float = 10.0
    """Longest wait for a second try before a run ends; 70 waits through a block, which lasts an hour."""
    known_in_a_row: int = 30
    """A channel that was read to its end before is read only until so many known videos follow each other."""
    executor: Literal["local", "ray"] = "local"
    """`local`: this process. `ray`: workers of a Ray cluster, with the extra `cluster`; all of them see the library."""
    ray_address: str = ""
    """Address of the cluster's head, or `auto` for the one that this machine belongs to; empty starts one here."""
    ray_writers: int = 0
    """Workers that write; 0 for one for each processor of the cluster."""
    ray_gpus: float = 0.0
    """GPUs for each of them; a part of one lets several share it."""


@dataclass(frozen=True, slots=True)
class TextSettings:
    """How captions become sentences and passages."""

    restore: bool = True
    """Whether automatic captions are written as written Arabic: hamza, taa marbuta, tanween, marks, sentence ends."""
    minimum_words: int = 100
    """Fewest words of speech that make an article."""
    pause_seconds: float = 0.7
    """A silence of this length between two words ends a sentence."""
    sentence_words: int = 45
    """Longest sentence before it is divided at the best place."""
    passage_words: int = 250
    """Shortest passage, in words; short talks use less, so that a talk of some minutes still gets sections."""
    passage_words_most: int = 1800
    """Longest passage without a chapter, in words."""


@dataclass(frozen=True, slots=True)
class WriterSettings:
    """Who writes, and how much."""

    kind: Literal["extractive", "local", "server"] = "extractive"
    """`extractive`: the embedded writer, no model and no network. `local`: a language model on this machine, with the
    extra `local`. `server`: a language model behind an OpenAI-compatible address."""
    section_sentences: int = 8
    """Most sentences quoted in one section."""
    section_share: float = 0.35
    """Share of a passage's sentences that its section quotes, up to the limit above."""


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The language model of the writers `local` and `server`."""

    name: str = ""
    """Model on a hub, folder on disk, or the name a server knows it by; empty for what this machine can hold, or for
    the only model of the server."""
    revision: str = ""
    """Commit of the model on the hub; empty for the latest, which is then kept in the article."""
    url: str = "http://127.0.0.1:8080/v1"
    """Address of the server; its key, if it needs one, comes from the environment variable TADWIN_MODEL_KEY."""
    quantize: Literal["auto", "none", "int8"] = "auto"
    """How a local model keeps its weights on a CPU: `int8` in a byte each, `none` as it computes; `auto` as is fastest
    at no loss, and `int8` where memory is short."""
    device: str = "auto"
    """`auto`, `cpu`, `cuda`, `mps`: where a local model runs."""
    threads: int = 0
    """Processor cores for a local model; 0 for those that are free."""
    batch: int = 8
    """Passages written side by side, or asked of a server at once; fewer where a local model would need too much memory
    for them."""
    window: int = 0
    """Most tokens of a prompt and its reply; 0 for what the model takes, up to 8,192."""
    temperature: float = 0.0
    """0 always takes the likeliest word; more needs the seed to be repeatable."""
    seed: int = 0
    """Same seed, settings, model and captions: same article."""
    timeout_seconds: float = 600.0
    """How long one reply may take; replies written side by side have the time of all of them."""
    key: str = field(default="", repr=False)
    """Of the server: only ever from TADWIN_MODEL_KEY, and in no file, log or listing of settings."""


@dataclass(frozen=True, slots=True)
class VerifySettings:
    """What the report calls a finding."""

    judge: str = ""
    """Entailment model that judges statements in place of the embedded judge, with the extra `local`: a name on a hub
    or a folder with safetensors."""
    gap_minutes: float = 10.0
    """A stretch of this many minutes that no section stands for is a finding."""


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """What is written for readers."""

    formats: tuple[Literal["md", "html", "json"], ...] = ("md", "html", "json")
    """Formats of an article: md, html, json."""
    related: int = 5
    """Most related articles shown."""


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """Who reviews."""

    author: str = ""
    """Name under which decisions and changes are kept; empty for the name of the account on this machine."""


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
