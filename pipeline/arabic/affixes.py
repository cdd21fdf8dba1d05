"""Tables of what Arabic joins to a word: conjunctions, prepositions, the article, persons, endings.

Every table is folded. They differ because their readers do: a stemmer may cut what a search must not. Where a table is
in order, longer affixes stand before shorter ones that they contain, since the first that fits is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.arabic.stopwords import FUNCTION

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST_WORD: Final = 3
"""Letters that must remain of a word: a shorter rest is more often another word."""
CONJUNCTIONS: Final = ("و", "ف")
JOINED_PREPOSITIONS: Final = "بلك"
PRESENT_LETTERS: Final = "يتن"
"""First letters of the present tense in standard Arabic, but for `I`, whose alef says nothing once it is folded."""

# --- the article, with what may stand before it ---

ARTICLES: Final = ("بال", "كال", "لل", "ال")
"""For words whose conjunction is off."""
PLAIN_ARTICLES: Final = ("ال", "لل")
STEM_ARTICLES: Final = ("وبال", "وكال", "فبال", "وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال")
"""The prefixes of light10 (Larkey et al. 2007), and their combinations."""
DEFINITE_BEGINNINGS: Final = ("ال", "وال", "بال", "لل", "فال", "كال")
VOCABULARY_PREFIXES: Final = ("وال", "بال", "فال", "كال", "لل", "ال", "و")
"""For finding `الحدود` where `حدود` was said."""
JOINED_ARTICLES: Final = ("لل", "بال", "كال", "فال")
"""Beginnings by which a word leans on the one before it."""
JOINED_BEGINNINGS: Final = ("ف", "لل", "بال", "كال")
"""Beginnings that no noun phrase goes on with."""
NOMINAL_BEGINNINGS: Final = ("ال", "لل", "بال")

# --- all that may stand before a word, for making its forms ---

SEARCH_PREFIXES: Final = ("", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ك", "كال", "ف", "فال")
"""Before a word that somebody searches for: the article, `and`, `with`, `for`, `like`, `so`."""
DATE_PREFIXES: Final = ("", "و", "ف", "ب", "ل", "وب", "ول")
"""Before a month or a day."""
NUMBER_PREFIXES: Final = tuple(
    conjunction + rest for conjunction in ("", "و", "ف") for rest in ("", "ال", "ب", "بال", "ل", "لل", "ك", "كال")
)
"""Before a number word."""
PROCLITICS: Final = ("", "و", "ف", "ب", "ل", "ك", "س", "وب", "ول", "فل", "فب", "وس", "وك", "فس")
"""Before a word of the lexicon of spellings, and before its article."""
LEXICON_ARTICLES: Final = ("ال", "لل", "")

# --- verbs ---

VERB_BEGINNINGS: Final = tuple("سي ست سن سا بي بت بن هي هت هن حي حت حن ي ت ن ا م".split())  # noqa: SIM905 - a list
"""Tenses and persons, standard and spoken, and the participle."""
PRESENT_BEGINNINGS: Final = ("ي", "ت", "بي", "بت", "هي", "هت", "حي", "حت", "سي", "ست")
"""The present and the future, standard and spoken."""
VERB_ENDINGS: Final = tuple("وها وه ناها تها ون ين ان وا نا تم ها هم ات ته ت ه ا و".split())  # noqa: SIM905 - a list

# --- endings ---

STEM_ENDINGS: Final = tuple("تهما تها تهم تنا تكم هما ها هم كم نا ات ان ون ين يه ته ه ي ا".split())  # noqa: SIM905 - a list
LEXICON_ENDINGS: Final = tuple("هما كما ها هم هن كم نا ني ون ين ان ات وا ه ك ي ا ت".split())  # noqa: SIM905 - a list
"""Pronouns, plurals and the like that hang on a stem."""
INFLECTED_ENDINGS: Final = ("ون", "ين", "ات", "هم", "ها", "نا", "وا", "ته", "كم")
"""Endings that a name does not have."""
HEADING_ENDINGS: Final = ("ها", "هم", "نا", "ك", "وا")
"""Pronouns and persons that are rare in headings."""
POSSESSIVES: Final = (
    *(("ها", ""), ("هم", ""), ("نا", ""), ("كم", ""), ("ك", "")),
    *(("ته", "ه"), ("تها", "ه"), ("تهم", "ه")),
)
"""Endings that say whose, and what stands in their place without an owner."""


def strip_conjunction(word: str) -> str:
    """The folded word without a leading `و` or `ف`, where a word remains."""
    joined = word.startswith(CONJUNCTIONS) and (len(word) > SHORTEST_WORD or word[1:] in FUNCTION)
    return word[1:] if joined else word


def strip_prefix(word: str, prefixes: Iterable[str], least: int = SHORTEST_WORD) -> str:
    """The word without the first of the prefixes that leaves at least so many letters."""
    fitting = (prefix for prefix in prefixes if word.startswith(prefix) and len(word) - len(prefix) >= least)
    return word[len(next(fitting, "")) :]


def strip_ending(word: str, endings: Iterable[str], least: int = SHORTEST_WORD) -> str:
    """The word without the first of the endings that leaves at least so many letters."""
    fitting = (ending for ending in endings if word.endswith(ending) and len(word) - len(ending) >= least)
    return word.removesuffix(next(fitting, ""))
