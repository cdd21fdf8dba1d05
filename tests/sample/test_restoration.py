"""The page that shows restoration shows what the program does."""

from __future__ import annotations

from pipeline.arabic.normalize import words
from pipeline.types.article import Script
from tests.sample.make_restoration import PAGE, page, scripts


def test_the_page_is_what_the_program_makes() -> None:
    """Making the page again gives the committed one."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_no_word_is_added_dropped_or_exchanged() -> None:
    """Captions and written text have the same words after folding, each at the same second."""
    captioned, written = scripts()

    for before, after in ((words_of(captioned), words_of(written)), (times_of(captioned), times_of(written))):
        assert before == after
        assert len(after) > 1900


def words_of(script: Script) -> list[str]:
    """The folded words of all sentences."""
    return [word for sentence in script.sentences for word in words(sentence.text)]


def times_of(script: Script) -> list[float]:
    """The seconds of all words."""
    return [time for sentence in script.sentences for time in sentence.times]


def test_automatic_captions_are_told_apart() -> None:
    """The script says that its spelling and marks were restored, and by what."""
    _, written = scripts()

    assert written.restored is not None
    assert written.restored.spelled > 300
    assert written.restored.marked > 100
    assert written.restored.by.startswith("restore-")
