"""How the weight of a sentence's place and length is chosen."""

from models.training.headings import sentences
from models.training.salience import said
from tests.segment.subjects import RIVER, TRADE


def test_the_opening_pays_when_it_says_what_is_wanted() -> None:
    """Wanted stems of the first sentence are said more surely the more the opening counts, and never beyond all."""
    body = sentences([*RIVER[:6], *TRADE[:6]])
    wanted = frozenset({"نهر"})
    shares = [said((wanted, body), opening, 1.0) for opening in (0.0, 3.0)]
    assert 0 <= shares[0] <= shares[1] <= 1


def test_a_third_of_the_words_cannot_say_everything() -> None:
    """What stands only in a sentence that is not chosen is not said."""
    body = sentences([*RIVER[:6], "الزعفران وحده في آخر الكلام يا عزيزي طبعا يعني"])
    assert said((frozenset({"زعفر"}), body), 3.0, 1.0) == 0
