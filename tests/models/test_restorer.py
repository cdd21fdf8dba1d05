"""Captions restored by weights made by hand, whose lexicon decides: the rules around the network."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.restore.encoder import Encoder, Text
from models.restore.pieces import Pieces
from models.restore.restorer import NeuralRestorer, Thresholds, require
from models.restore.tagger import Tagger
from pipeline.arabic.orthography import bare, is_captioned
from pipeline.errors import ModelMissing
from pipeline.types.article import Border, SpokenWord
from tests.models.weights import MARKS, weights


def restorer(policy: Thresholds | None = None, *, marks: tuple[float, ...] = (3, 0, 0, 0, 0, 0)) -> NeuralRestorer:
    """A restorer without a network: spelling by the lexicon, and `marks` as the log odds of every mark."""
    arrays = weights(strength=0)
    arrays["dense_head_bias"] = np.array([0] * 6 + list(marks), np.float16)
    return NeuralRestorer(Tagger(arrays), "by-hand", policy)


def restored(text: str, *, by: NeuralRestorer | None = None) -> str:
    """A text through the restorer, without the full stop that ends every talk."""
    return " ".join(word.text for word in (by or restorer()).restore(words(text))).removesuffix(".")


def words(text: str) -> tuple[SpokenWord, ...]:
    """Words without times."""
    return tuple(map(SpokenWord, text.split()))


def test_captions_are_spelled() -> None:
    """Each word in its likeliest spelling; words that are not in doubt stay."""
    assert restored("الى كتاب في سنه امر") == "إلى كتاب في سنة أمر"


def test_grammar_goes_before_the_lexicon() -> None:
    """`أن` is three times as frequent, and wrong after a word of saying."""
    assert restored("قال ان الباب قلم") == "قال إن الباب قلم"
    assert restored("قال ان الباب قلم", by=restorer(Thresholds(grammar=False))) == "قال أن الباب قلم"
    assert restored("قال انَ الباب قلم") == "قال انَ الباب قلم"
    assert restored("قال (ان) الباب قلم") == "قال (إن) الباب قلم"


def test_a_mark_ends_what_is_said() -> None:
    """A full stop of the captions counts as a sentence end."""
    assert restored("هذا ما قال. ان قلم باب سور درب") == "هذا ما قال. أن قلم باب سور درب"


def test_a_passive_participle_has_tanween() -> None:
    """On alef it is nothing else, however seldom it was seen; a dual verb or a pronoun at the end is no such word."""
    assert restored("كان صوته مرفوعا") == "كان صوته مرفوعاً"
    assert restored("مثلوها ثم مدحونا") == "مثلوها ثم مدحونا"


def test_tanween_comes_back() -> None:
    """On words that are usually written with it, and not on others that end the same way."""
    assert restored("هذا ايضا") == "هذا ايضاً"


@pytest.mark.parametrize("text", ["YouTube", "2004", "3.5%", "AI-2", "سَنَه", "سنهُ", "ا1", "@", "[موسيقى]", "سنه/امر"])
def test_what_is_no_plain_arabic_word_is_never_touched(text: str) -> None:
    """Latin words, numbers, words with vowel signs and mixtures stay as they are, wherever they stand."""
    assert restored(f"{text} في {text} قلم") == f"{text} في {text} قلم"


def test_what_stands_around_a_word_stays() -> None:
    """Brackets and quotation marks are kept, the word between them is spelled."""
    assert restored("قال (الى) «سنه» قلم") == "قال (إلى) «سنة» قلم"


def test_a_typed_track_keeps_its_spelling() -> None:
    """Where people wrote hamza and taa marbuta, a word without them was meant so."""
    typed = "إلى مدرسة امر سنه أخرى قلم"

    assert restored(typed) == typed


def test_a_punctuated_track_keeps_its_marks() -> None:
    """Captions with marks get their spelling and no further mark, and nothing is said of sentence ends."""
    punctuated = restorer(marks=(0, 9, 0, 0, 0, 0)).restore(words("الى سنه، امر."))

    assert [word.text for word in punctuated] == ["إلى", "سنة،", "أمر."]
    assert [word.odds for word in punctuated] == [None, None, None]


def test_a_mark_that_is_there_stays_alone() -> None:
    """The one mark of a plain track is neither doubled nor judged again."""
    talk = restorer(marks=(0, 9, 0, 0, 0, 0)).restore((*words("الى سنه؟ قلم"), *map(SpokenWord, ["باب"] * 60)))

    assert talk[0].text == "إلى،"
    assert (talk[1].text, talk[1].odds) == ("سنة؟", None)


def test_a_track_that_needs_nothing_is_returned_as_it_is() -> None:
    """Typed and punctuated: the very same words."""
    track = words("إلى سنة، أمر.")

    assert restorer().restore(track) is track


def test_speech_in_dialect_keeps_its_own_spelling() -> None:
    """Among Egyptian words `ان` is `إن` and `ايه` is `إيه`; in standard Arabic the lexicon decides."""
    assert restored("ده اللي احنا قلنا ان ايه") == "ده اللي إحنا قلنا إن إيه"
    assert restored("يجب ان نعمل") == "يجب أن نعمل"


def test_no_words_stay_none() -> None:
    """An empty track is no error."""
    assert restorer().restore(()) == ()


@pytest.mark.parametrize(
    ("scores", "mark"),
    [((3, 0, 0, 0, 0, 0), ""), ((0, 9, 0, 0, 0, 0), "،"), ((0, 0, 9, 0, 0, 0), "؛"), ((0, 0, 0, 9, 0, 0), ":")],
)
def test_marks_inside_sentences_are_attached(scores: tuple[float, ...], mark: str) -> None:
    """The likeliest mark stands after its word, and an end is unlikely there."""
    first = restorer(marks=scores).restore(words("كتاب قلم"))[0]

    assert first.text == "كتاب" + mark
    assert first.odds is not None
    assert first.odds < 0


@pytest.mark.parametrize(("scores", "closing"), [((3, 0, 0, 0, 9, 0), "."), ((3, 0, 0, 0, 0, 9), "؟")])
def test_a_likely_end_has_odds_and_a_mark(scores: tuple[float, ...], closing: str) -> None:
    """Full stop and question mark are not attached: whether a sentence ends is decided with the pauses."""
    first = restorer(marks=scores).restore(words("كتاب قلم"))[0]

    assert (first.text, first.closing) == ("كتاب", closing)
    assert first.odds is not None
    assert first.odds > 2


def test_sureness_is_asked_for() -> None:
    """Below the thresholds the safer form stays: no hamza, no tanween, no mark."""
    strict = Thresholds(mark=0.999, short=0.999, spelling=0.999, tanween=0.999)
    hesitant = restorer(strict, marks=(0, 2, 0, 0, 2, 0))

    assert restored("ان سنه ايضا قلم", by=hesitant) == "ان سنه ايضا قلم"


def test_a_subject_is_not_parted_from_its_verb() -> None:
    """A mark that is none too sure stands after four words or before a conjunction, not after the first words."""
    unsure = restorer(marks=(0, -0.6, -9, -9, -9, -9))

    assert restored("قلم كتاب قلم كتاب قلم كتاب", by=unsure) == "قلم كتاب قلم كتاب، قلم كتاب"
    assert restored("قلم وكتاب قلم كتاب قلم كتاب", by=unsure) == "قلم، وكتاب قلم كتاب قلم، كتاب"


def test_no_colon_makes_a_preachers_words_a_saying() -> None:
    """After who handed one down what follows is his own."""
    announcing = restorer(marks=(-9, -9, -9, 9, -9, -9))

    assert restored("قلم رواه كتاب وقلم قلم كتاب قلم", by=announcing) == "قلم: رواه كتاب وقلم قلم كتاب قلم:"


TRACK = st.lists(
    st.builds(
        SpokenWord,
        st.text(st.sampled_from("اهةأبيون،.؟12aZ(\u064b\u064e"), min_size=1, max_size=8),
        start=st.one_of(st.none(), st.floats(0, 99)),
        end=st.one_of(st.none(), st.floats(0, 99)),
        border=st.sampled_from(Border),
    ),
    max_size=12,
).map(tuple)


@given(TRACK)
def test_times_borders_and_letters_survive(track: tuple[SpokenWord, ...]) -> None:
    """Whatever comes in, the same words come out with the same times, but for marks on letters and after words."""
    out = restorer(marks=(0, 1, 0, 0, 1, 1)).restore(track)

    assert [(w.start, w.end, w.border) for w in out] == [(w.start, w.end, w.border) for w in track]
    for before, after in zip(track, out, strict=True):
        assert bare(after.text).startswith(bare(before.text))
        assert bare(after.text)[len(bare(before.text)) :] in MARKS


@given(TRACK)
def test_typed_words_never_change(track: tuple[SpokenWord, ...]) -> None:
    """In a track that people wrote every word is left as it is; a mark may follow it."""
    if not is_captioned([word.text for word in track]):
        for before, after in zip(track, restorer(marks=(0, 9, 0, 0, 0, 0)).restore(track), strict=True):
            assert after.text.startswith(before.text)


def test_the_usual_spelling_needs_no_context() -> None:
    """The most frequent form of a known word, and an unknown word as it is."""
    assert restorer().usual_spelling("الى") == "إلى"
    assert restorer().usual_spelling("قطار") == "قطار"


def encoder(share: float, marks: tuple[str, ...] = MARKS) -> Encoder:
    """An encoder that is sure of an end where it sees a pause, and of no mark where it sees none."""

    def network(windows: Text) -> npt.NDArray[np.float32]:
        ends = np.where(windows.pauses > 1, 0.9, 0.1)[..., None]
        return np.asarray(ends * np.eye(6)[4] + (1 - ends) * np.eye(6)[0], np.float32)

    return Encoder(Pieces(["<s>", "<pad>", "</s>", "<unk>", "▁"], [0.0] * 4 + [-1.0]), marks, network, share)


def paced(text: str, pause: float) -> tuple[SpokenWord, ...]:
    """Words of half a second, with a silence after the second."""
    return tuple(
        SpokenWord(word, at / 2 + pause * (at > 1), at / 2 + 0.5 + pause * (at > 1))
        for at, word in enumerate(text.split())
    )


def test_the_encoder_has_its_share_in_the_odds() -> None:
    """Without it the tagger decides, with a share of 1 the encoder, which hears the pause after the second word."""
    told = {
        share: NeuralRestorer(Tagger(weights(strength=0)), "by-hand", encoder=encoder(share)).restore(
            paced("كتاب قلم باب دار", 0.5)
        )
        for share in (0.0, 0.5, 1.0)
    }
    odds = {share: [word.odds or 0.0 for word in words] for share, words in told.items()}

    assert odds[0.0][0] == odds[0.0][1]
    assert odds[1.0][1] == pytest.approx(np.log(9), abs=1e-3)
    assert odds[1.0][0] == pytest.approx(-np.log(9), abs=1e-3)
    assert odds[0.0][1] < odds[0.5][1] < odds[1.0][1]


def test_networks_with_other_marks_are_refused() -> None:
    """Their probabilities could not be added."""
    with pytest.raises(ValueError, match="marks"):
        NeuralRestorer(Tagger(weights()), "by-hand", encoder=encoder(0.5, ("", ".", "،", "؛", ":", "؟")))


def test_a_missing_package_is_an_error_with_its_name() -> None:
    """It is named before any work, with what to do."""
    require("numpy")
    with pytest.raises(ModelMissing, match="no_such_package") as caught:
        require("no_such_package")
    assert "restore = false" in caught.value.hint
