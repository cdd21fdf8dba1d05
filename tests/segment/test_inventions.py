"""What recognition writes into silences goes, on record; what people repeat stays."""

from pipeline.segment.inventions import without_inventions
from pipeline.types.article import Caption

CREDIT = "ترجمة سعاد الفلانية"


def kept(*captions: Caption) -> list[str]:
    """The texts that stay."""
    return [caption.text for caption in without_inventions(captions)[0]]


def spaced(*texts: str, every: float = 20.0, length: float = 2.0) -> tuple[Caption, ...]:
    """Captions with silences between them."""
    return tuple(Caption(text, every * place, every * place + length) for place, text in enumerate(texts))


def test_a_line_that_comes_back_between_silences_was_not_said() -> None:
    """Three times alone in a silence is no speech, and the removals have their seconds."""
    captions = spaced("قال الأول كلاما", CREDIT, "قال الثاني كلاما", CREDIT, "قال الثالث كلاما", CREDIT)
    removed = without_inventions(captions)[1]

    assert kept(*captions) == ["قال الأول كلاما", "قال الثاني كلاما", "قال الثالث كلاما"]
    assert [(removal.reason, removal.text, removal.start) for removal in removed] == [
        ("invention", CREDIT, start) for start in (20.0, 60.0, 100.0)
    ]


def test_a_refrain_stays() -> None:
    """A line that is said amid speech once is a person's, and so is a word that a teacher asks into the silence."""
    refrain = "صلوا على النبي الكريم"
    amid = (*spaced(refrain, "أولا", refrain, "ثانيا", refrain), Caption("ثم", 101, 102), Caption(refrain, 102, 104))

    assert kept(*amid) == [caption.text for caption in amid]
    assert kept(*spaced("واضح؟", "نعم", "واضح؟", "نعم", "واضح؟")) == ["واضح؟", "نعم", "واضح؟", "نعم", "واضح؟"]


def test_a_source_that_times_words_heard_them() -> None:
    """Words with seconds of their own are never taken for an invention between silences."""
    captions = [
        Caption("نعم يا سيدي", 20.0 * n, 20.0 * n + 2, (20.0 * n, 20.0 * n + 1, 20.0 * n + 1.5)) for n in range(5)
    ]
    assert kept(*captions) == ["نعم يا سيدي"] * 5


def test_of_a_loop_one_turn_stays() -> None:
    """A line on end is told once; short calls may come often."""
    assert kept(*(Caption("هذا سطر طويل", n, n + 1.0) for n in range(40))) == ["هذا سطر طويل"]
    assert kept(*(Caption("الله أكبر", n, n + 1.0) for n in range(15))) == ["الله أكبر"] * 15


def test_without_times_only_loops_go() -> None:
    """Without times no line is known to stand in a silence."""
    assert kept(*[Caption(CREDIT), Caption("نعم هذا كلام")] * 5) == [CREDIT, "نعم هذا كلام"] * 5
