"""A section written anew on the desk, by the same language model that wrote the article."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.llm.engine import Prompt
from pipeline.app.wiring import Tadwin, make_desk
from pipeline.settings import LibrarySettings, ModelSettings, Settings, TextSettings, WriterSettings
from tests.cli.test_run import captions
from tests.fakes.engines import asked, honest
from tests.fakes.model_server import FakeModelServer, said


def test_a_section_is_written_anew_by_the_model(tmp_path: Path) -> None:
    """The desk asks the model of the settings for the section's passages, and what comes back is checked as before."""

    def respond(body: dict[str, Any]) -> dict[str, Any]:
        system, user = (message["content"] for message in body["messages"])
        prompt = Prompt(system, user, body["max_tokens"])
        return said(honest(prompt, asked(prompt)))

    with FakeModelServer(respond) as fake:
        settings = Settings(
            library=LibrarySettings(str(tmp_path / "out")),
            text=TextSettings(minimum_words=5),
            writer=WriterSettings(kind="server"),
            model=ModelSettings(url=fake.url, name="tiny"),
        )
        article = Tadwin(settings).run(str(captions(tmp_path))).article
        assert article
        calls = len(fake.completions)
        own = make_desk(settings)
        seen = own.articles.open(article.script.video.id)
        own.regenerate(seen.video, seen.digest, "sections.1")
        proposed = own.proposed(seen.video, "sections.1")

    assert len(fake.completions) > calls
    assert proposed.sections[0].heading == article.draft.sections[0].heading
    assert all(paragraph.cites for paragraph in proposed.sections[0].paragraphs)
