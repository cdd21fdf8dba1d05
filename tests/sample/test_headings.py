"""The page that shows headings beside their authors'."""

from tests.sample.make_headings import PAGE, page


def test_the_page_shows_what_the_program_does() -> None:
    """The committed page is what the program makes today."""
    assert PAGE.read_text(encoding="utf-8") == page()
