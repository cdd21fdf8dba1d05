"""Spellings from a lexicon."""

from __future__ import annotations

from models.restore.lexicon import Lexicon

TAGS = ("", "0أ", "1أ", "ة", "1أة", "0أة")
WORDS = {"ادوات": {1: 8}, "الاسئله": {4: 5, 3: 1}, "قله": {3: 2}, "احد": {1: 1, 0: 1}}
LEXICON = Lexicon(WORDS, TAGS)


def test_a_known_word_has_its_counts() -> None:
    """Counts come back as they were given; a word never seen has none."""
    assert LEXICON.counts("ادوات") == {1: 8}
    assert LEXICON.counts("كتاب") == {}


def test_proclitics_and_article_lead_to_the_stem() -> None:
    """`وبالأدوات` and `للأدوات` follow `أدوات`; hamza moves behind the article's alef, and not behind `لل`."""
    assert LEXICON.relatives("وبالادوات") == {2: 8}
    assert LEXICON.relatives("للادوات") == {1: 8}


def test_the_article_is_added_when_only_that_form_is_known() -> None:
    """`وأسئلة` follows `الأسئلة`; a tag that would need an alef that is not there is left out."""
    assert LEXICON.relatives("واسئله") == {5: 5, 3: 1}


def test_seldom_seen_stems_say_nothing() -> None:
    """Two occurrences are no evidence for other forms."""
    assert LEXICON.relatives("والقله") == {}
    assert LEXICON.relatives("واحد") == {}


def test_a_word_is_not_its_own_relative() -> None:
    """What is known of the word itself is not counted twice."""
    assert LEXICON.relatives("ادوات") == {}


def test_the_longest_beginning_wins() -> None:
    """`للباب` is the door, not a pulp."""
    assert Lexicon({"لباب": {3: 9}, "باب": {0: 9}}, TAGS).relatives("للباب") == {0: 9}


def test_short_words_have_no_relatives() -> None:
    """What is left behind a proclitic has at least three letters."""
    assert Lexicon({"اب": {1: 90}}, TAGS).relatives("واب") == {}


def test_a_stem_is_known_by_its_word_without_the_ending() -> None:
    """`أدواتهم` and `بأدواتها` follow `أدوات`; before an ending taa marbuta is written open, and so no tag has it."""
    assert LEXICON.relatives("ادواتهم") == {1: 8}
    assert LEXICON.relatives("بادواتها") == {1: 8}
    assert Lexicon({"اداره": {5: 7}}, TAGS).relatives("ادارتنا") == {1: 7}


def test_a_final_haa_may_be_a_pronoun_or_taa_marbuta() -> None:
    """What is known of `أمين` says how `امينه` begins, and nothing of how it ends."""
    assert Lexicon({"امين": {1: 6}}, TAGS).relatives("امينه") == {1: 6, 5: 6}


def test_a_known_stem_counts_before_a_shorter_one() -> None:
    """`والآيات` follows `الآيات` and not `آية`, which has the same beginning."""
    known = {"الايات": {2: 4}, "ايه": {1: 90}}

    assert Lexicon(known, TAGS).relatives("والايات") == {2: 4}


def test_a_present_tense_is_spelled_after_its_other_persons() -> None:
    """`فلنسأل` and `نسأل` follow `يسأل` and `تسأل`."""
    asking = Lexicon({"يسال": {1: 4}, "تسال": {1: 3}}, TAGS)

    assert asking.relatives("نسال") == asking.relatives("ونسال") == {1: 7}


def test_of_several_stems_without_ending_the_best_known_counts() -> None:
    """`ساحلنا` is our coast, not `س` before a rarer stem; hamza has its seat before an ending."""
    assert Lexicon({"ساحل": {0: 40}, "احلن": {1: 5}, "احل": {1: 4}}, TAGS).relatives("ساحلنا") == {0: 40}
    assert Lexicon({"احصاء": {2: 9}}, TAGS).relatives("احصائه")[2] == 9
