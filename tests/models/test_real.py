"""A small real model, in process: the folder or the GGUF file in TADWIN_TEST_MODEL."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from models.llm.engine import Prompt
from models.local.engine import LocalEngine
from pipeline.settings import ModelSettings

pytestmark = pytest.mark.model

SYSTEM = "أنت محرر. تكتب فقرة عربية فصيحة من الجمل المرقمة التي تعطى لك، ولا تضيف شيئًا لم يقل فيها."
PASSAGES = (
    "1. ينبع الفرات من جبال الأناضول في تركيا.\n2. يدخل الفرات سوريا عند جرابلس.\n3. يلتقي الفرات بدجلة عند القرنة.",
    "1. بنى العباسيون بغداد عام 762.\n2. كانت دمشق عاصمة الأمويين.",
)


@pytest.fixture(scope="module")
def engine() -> LocalEngine:
    """The model that the environment names; skips where it names none."""
    name = os.environ.get("TADWIN_TEST_MODEL", "")
    if not Path(name).exists() or not name:
        pytest.skip("no real model: set TADWIN_TEST_MODEL to a folder with .safetensors or a .gguf file")
    return LocalEngine(ModelSettings(name=name))


def test_a_real_model_writes_arabic_about_what_it_was_given(engine: LocalEngine) -> None:
    """Two passages side by side come back in Arabic letters, each with a word of its own, without template marks."""
    replies = engine.reply([Prompt(SYSTEM, passage, 60) for passage in PASSAGES])

    for reply, word in zip(replies, ("الفرات", "بغداد"), strict=True):
        assert word in reply.text
        assert len(re.findall(r"[\u0621-\u064a]", reply.text)) > 0.6 * len(reply.text.replace(" ", ""))
        assert "<|" not in reply.text
        assert reply.whole == (reply.tokens_out < 60)


def test_tokens_are_fewer_than_letters(engine: LocalEngine) -> None:
    """The tokenizer is the model's own: Arabic words take one to five tokens in those worth using."""
    words = len(PASSAGES[0].split())

    assert words <= engine.count(PASSAGES[0]) <= 5 * words
