"""Checks the corpus and the exam, and prints their figures: `python -m models.training.corpus.check`; 1 for a fault."""

from __future__ import annotations

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from typing import TYPE_CHECKING

from models.training.corpus import articles, judged, remark, rules, verses
from models.training.corpus.files import CORPUS, EXAM, MARKED, statements, talks
from models.training.corpus.giveaways import ALLOWED, areas
from models.training.corpus.splits import splits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from models.training.corpus.files import Statement
    from models.training.corpus.talks import Talk


CHUNK = 8
"""Talks that a process checks at a time."""


def faults(library: Sequence[Talk], said: Sequence[Statement]) -> Iterator[str]:
    """Everything that does not hold of some talks and all statements about them."""
    yield from talk_faults(library)
    for talk in library:
        yield from rules.of_statements(talk, [each for each in said if each.talk == talk.id])
    yield from rules.unbalanced(said)
    for name, area in areas(library, said).items():
        if not ALLOWED[0] <= area <= ALLOWED[1]:
            yield f"{name} tells true from false: area {area:.3f}"


def talk_faults(library: Sequence[Talk]) -> Iterator[str]:
    """What does not hold of some talks and of their captions; worked out on all cores."""
    with ProcessPoolExecutor() as pool:
        yield from chain.from_iterable(pool.map(_faults_of, library, chunksize=CHUNK))


def _faults_of(talk: Talk) -> list[str]:
    return [*rules.of_talk(talk), *rules.of_captions(talk)]


def common_faults(
    corpus: Sequence[Talk], marked: Sequence[Talk], exam: Sequence[Talk], said: Sequence[Statement]
) -> Iterator[str]:
    """What does not hold of all talks together: doubles, shared wording, verses, splits."""
    yield from rules.doubles(said)
    yield from verses.misquoted([*corpus, *marked, *exam])
    yield from rules.copied([*corpus, *marked, *exam])
    yield from judged.faults([*corpus, *marked])
    by_name = {talk.id: talk for talk in corpus}
    for article in articles.articles():
        yield from articles.faults(article, by_name[article.talk])
    if sorted(name for part in splits().values() for name in part) != [talk.id for talk in corpus]:
        yield "splits.json does not name every talk of the corpus once"


def described(name: str, library: Sequence[Talk], said: Sequence[Statement] = ()) -> Iterator[str]:
    """The figures of the corpus, of its marked part or of the exam."""
    sentences = [sentence for talk in library for sentence in talk.sentences]
    words = [word for talk in library for word in talk.words]
    marks = Counter(word.mark for word in words)
    yield (
        f"{name}: {len(library)} talks, {len(words):,} words, {len(sentences)} sentences, {marks['،']} commas, "
        f"{marks['؟']} questions, {sum(len(talk.topics) for talk in library)} headings, "
        f"{sum(sentence.text.count('[-') for sentence in sentences)} repairs, "
        f"{sum(len(list(verses.quotations(talk))) for talk in library)} verses"
    )
    yield "  varieties: " + _listed(Counter(talk.variety for talk in library))
    yield "  kinds: " + _listed(Counter(talk.kind for talk in library))
    if not said:
        return
    yield f"  statements: {len(said)}, true {sum(each.label for each in said)}; faults: " + _listed(
        Counter(each.kind for each in said if not each.label)
    )
    yield "  areas: " + ", ".join(f"{score} {area:.3f}" for score, area in areas(library, said).items())


def _judged() -> str:
    """How many sentences were judged for quoting, and how."""
    said = [each for talk in judged.judgements().values() for each in talk]
    opens, closes = (sum(part) / len(said) for part in zip(*((each.opens, each.closes) for each in said), strict=True))
    worth = _listed(Counter(str(each.worth) for each in said))
    return (
        f"judged: {len(judged.judgements())} talks, {len(said):,} sentences; opens {opens:.2f}, closes {closes:.2f}; "
        f"worth {worth}"
    )


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common())


def main() -> None:
    """The command line."""
    parts = {"corpus": (talks(CORPUS), statements(CORPUS)), "exam": (talks(EXAM), statements(EXAM))}
    marked = talks(MARKED)
    found = [*talk_faults(marked), *(fault for library, said in parts.values() for fault in faults(library, said))]
    (corpus, of_corpus), (exam, of_exam) = parts.values()
    found += common_faults(corpus, marked, exam, of_corpus + of_exam)
    lines = [line for name, (library, said) in parts.items() for line in described(name, library, said)]
    lines[:0] = described("marked", marked)
    lines.append(_judged())
    written = articles.articles()
    cited = [len(each.lines) for article in written for each in article.sentences]
    lines.append(f"articles: {len(written)}, {len(cited)} sentences, {sum(cited) / len(cited):.1f} lines each")
    lines += [f"  {name}: {len(part)} talks, {' '.join(part)}" for name, part in splits().items()]
    shares = list(rules.shared_trigrams(corpus + marked + exam).values())
    average = sum(shares) / len(shares)
    lines.append(f"runs of three words shared with one other talk: mean {average:.4f}, most {max(shares):.4f}")
    lines += remark.scored(corpus + exam)
    print("\n".join(lines))  # noqa: T201 - a command
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
