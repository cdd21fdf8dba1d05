"""Everything that is measured: on the project's own texts always, on the shared data where that is at hand."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from models.restore.restorer import EmbeddedRestorer
from models.training import pairs
from models.training.corpus.files import CORPUS, EXAM
from models.training.corpus.files import talks as corpus_talks
from models.training.corpus.splits import splits
from models.training.phrases import passages
from pipeline.codec import digest
from pipeline.evaluate import datasets, judging, quoted, restoration, restoration_texts, structure, units, verses
from pipeline.evaluate import gold as own
from pipeline.evaluate.planted import planted
from pipeline.segment.captions import spoken_words
from pipeline.sources.files import FileSource
from pipeline.types.article import Sentence, SourceKind, VideoReference

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from models.training.corpus.talks import Talk
    from pipeline.evaluate.measures import ResultRow

OWN = "own texts"
DIALECT = "own texts, dialect"
SENTENCES = 100
"""Sentences of each book in which faults are planted."""
TIMED = "own talk, with times"
TOPICS = "topics of talks"
CORPUS_TOPICS = "corpus, topics of test talks"


def own_figures() -> tuple[list[ResultRow], dict[str, str]]:
    """The figures on the project's own texts, and the digest of each set of data."""
    heard = FileSource().fetch(VideoReference(SourceKind.FILE, str(own.CAPTIONS))).transcript.captions
    gold = {path: own.read_gold(path) for path in own.gold_files()}
    standard = [text for text in gold.values() if text.variety == "standard"]
    dialect = [text for text in gold.values() if text.variety != "standard"]
    methods = restoration.RestorationMethods(EmbeddedRestorer().restorer)
    talks = tuple(map(joined_gold, standard))
    tested = set(splits()["test"])
    corpus_topics = tuple(joined_corpus(talk) for talk in corpus_talks(CORPUS) if talk.id in tested)
    rows = [
        *restoration.spelled(OWN, list(map(_text, standard)), methods),
        *restoration.spelled(DIALECT, list(map(_text, dialect)), methods),
        *restoration.unharmed(OWN, list(map(_text, gold.values())), methods),
        *restoration.punctuated(OWN, list(map(_text, standard)), methods),
        *restoration.punctuated(DIALECT, list(map(_text, dialect)), methods),
        *restoration.timed(TIMED, spoken_words(heard)[0], _text(gold[own.TALK]), methods),
        *structure.borders(OWN, talks),
        *structure.headings(OWN, talks),
        *structure.borders(CORPUS_TOPICS, corpus_topics),
        *structure.headings(CORPUS_TOPICS, corpus_topics),
        *planted(OWN, [text.sentences for text in gold.values()]),
        *verses.of_corpus(),
        *verses.of_near_misses(),
        *units.of_own_texts(),
    ]
    told = _digest(sorted((*(CORPUS / "talks").glob("*.txt"), *(EXAM / "talks").glob("*.txt"))))
    return rows, {
        **dict.fromkeys((OWN, DIALECT), _digest(gold)),
        **dict.fromkeys(map(verses.corpus_at, verses.RATES), told),
        TIMED: _digest([own.TALK, own.CAPTIONS]),
        verses.NEAR: _digest([verses.NEAR_MISSES]),
        **dict.fromkeys((units.CORPUS_TEST, units.CORPUS_TYPED), told),
        units.TALK: _digest([own.TALK, own.CAPTIONS]),
        CORPUS_TOPICS: told,
    }


def shared_figures(shared: Path) -> tuple[list[ResultRow], dict[str, str]]:
    """The figures on the shared data, and the digest of each set of it."""
    methods = restoration.RestorationMethods(EmbeddedRestorer().restorer)
    books, typed = list(restoration_texts.books(shared)), list(restoration_texts.typed(shared))
    chapters = datasets.joined_chapters(shared)
    rows = [
        *restoration.spelled("books", books, methods),
        *restoration.edited("sermons", list(restoration_texts.sermons(shared)), methods),
        *restoration.unharmed("typed captions", typed, methods),
        *restoration.punctuated("books", books, methods),
        *restoration.clauses("typed captions", typed, methods),
        *structure.borders("chapters of a book", chapters),
        *structure.borders("stretches of talks", datasets.joined_talks(shared)),
        *structure.borders(TOPICS, datasets.talk_topics(shared)),
        *structure.headings("chapters of a book", chapters),
        *structure.headings("speech_gold", datasets.speech_topics(shared)),
        *structure.salience("easc", datasets.summarized(shared)),
        *supported(shared),
        *verses.of_speech(shared),
        *units.of_speech(shared),
        *quoted.of_articles(shared),
        *planted("books", list(restoration_texts.sentences_of_books(shared, SENTENCES))),
        *planted("sermons", list(restoration_texts.sentences_of_sermons(shared))),
    ]
    data = shared / "data"
    book_digest = _digest([data / "headed_books.jsonl.xz"])
    talk_digest = _digest(sorted((data / "transcripts").glob("*/*")))
    speech_digest = _digest(sorted((data / "speech_gold").glob("*.txt")))
    return rows, {
        "books": book_digest,
        "chapters of a book": book_digest,
        "sermons": talk_digest,
        "typed captions": talk_digest,
        "stretches of talks": talk_digest,
        TOPICS: _digest(sorted((data / "articles_gold").glob("*.json"))),
        **dict.fromkeys(("speech_gold", units.CHOOSING, units.REPORTING), speech_digest),
        quoted.TALKS: _digest(sorted((data / "articles_gold").glob("*.json"))),
        "easc": _digest([data / "easc.jsonl"]),
        "ans_dev, agree against disagree": _digest([data / "support" / "ans_dev.csv"]),
        "arnli, held out": _digest([data / "support" / "arnli_train.csv"]),
    }


def supported(shared: Path) -> list[ResultRow]:
    """The figures of the embedded judge on pairs that it was not trained on."""
    folder = shared / "data" / "support"
    described = pairs.held_out(pairs.described(folder / "arnli_train.csv"))
    return [
        *judging.judged("ans_dev, agree against disagree", pairs.headlines(folder / "ans_dev.csv")),
        *judging.judged("arnli, held out", described),
        *judging.accepted("arnli, held out", described),
    ]


def _digest(paths: Iterable[Path]) -> str:
    return digest(tuple(digest(path.read_bytes()) for path in paths))


def _text(gold: own.Gold) -> restoration_texts.WrittenText:
    return restoration_texts.written_text(gold.title, gold.sentences)


def joined_corpus(talk: Talk) -> datasets.JoinedText:
    """A talk of the corpus as a joined text: its topics are the parts."""
    parts = passages(talk)
    return datasets.JoinedText(talk.id, tuple(part for _, part in parts), tuple(heading for heading, _ in parts))


def joined_gold(gold: own.Gold) -> datasets.JoinedText:
    """A gold text as a joined text: its chapters are the parts."""
    numbers = count(1)
    parts = tuple(tuple(Sentence(next(numbers), text) for text in chapter.sentences) for chapter in gold.chapters)
    return datasets.JoinedText(gold.title, parts, tuple(chapter.heading for chapter in gold.chapters))
