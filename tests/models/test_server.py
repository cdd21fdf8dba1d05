"""The model server as an engine: its requests, and the error for each failure."""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Barrier
from typing import Any

import pytest

from models.llm.engine import Prompt, Reply
from models.llm.http import LOADING_PAUSE
from models.llm.server import DEFAULT_WINDOW, SAMPLE, ServerEngine
from pipeline.errors import ConfigError, ModelError, ModelGarbled, ModelUnreachable, ModelUnusable
from pipeline.events import Notice, Waiting
from pipeline.settings import ModelSettings
from tests.fakes.faults import Fault
from tests.fakes.model_server import FakeModelServer, said

PROMPT = Prompt("كن محررًا", "اكتب جملة", 50)
CHAT = "POST /v1/chat/completions"
KEY = "canary-key-31415"


def server(fake: FakeModelServer, waits: list[float] | None = None, **settings: Any) -> ServerEngine:  # noqa: ANN401
    """The engine on a fake server; nobody really waits between two tries."""
    return ServerEngine(ModelSettings(url=fake.url, **settings), (waits if waits is not None else []).append)


def ask(engine: ServerEngine, *prompts: Prompt) -> tuple[Reply, ...]:
    """Replies to the prompts, or to the usual one."""
    return engine.reply(prompts or (PROMPT,))


def failure(fault: Fault, **settings: Any) -> tuple[ModelError, int]:  # noqa: ANN401
    """The error for a fault on every completion, and the number of requests."""
    with FakeModelServer() as fake:
        fake.faults.append(fault)
        with pytest.raises(ModelError) as raised:
            ask(server(fake, **settings))
        return raised.value, len(fake.completions)


def test_a_prompt_becomes_a_chat_completion() -> None:
    """System and user text, the limit, temperature and seed are sent, and both ways to switch thinking off."""
    with FakeModelServer() as fake:
        (reply,) = ask(server(fake, temperature=0.3, seed=7))

    assert fake.completions == [
        {
            "model": "tiny",
            "messages": [{"role": "system", "content": PROMPT.system}, {"role": "user", "content": PROMPT.user}],
            "max_tokens": 50,
            "temperature": 0.3,
            "top_p": 1.0,
            "seed": 7,
            "stream": False,
            "chat_template_kwargs": {"enable_thinking": False},
            "reasoning_effort": "none",
        }
    ]
    assert (reply.text, reply.tokens_in, reply.tokens_out, reply.whole) == ("نعم", 7, 3, True)
    assert reply.seconds > 0


def test_replies_keep_the_order_of_prompts_and_come_side_by_side() -> None:
    """As many prompts as `batch` says are asked at once, and each reply stands where its prompt stood."""
    with FakeModelServer(lambda body: said(body["messages"][-1]["content"]), slowness=0.1) as fake:
        replies = ask(server(fake, batch=3), *(Prompt("", f"جملة {n}", 9) for n in range(9)))

    assert [reply.text for reply in replies] == [f"جملة {n}" for n in range(9)]
    assert 1 < fake.most_at_once <= 3


def test_a_reply_that_was_cut_is_told_from_a_whole_one() -> None:
    """A reply at its limit, or one whose tokens all went into thinking, is not whole."""
    for text in ("نصف جملة", None):
        cut = said(text, finish_reason="length")
        with FakeModelServer(lambda _, cut=cut: cut) as fake:  # type: ignore[misc] # a default is no second argument
            (reply,) = ask(server(fake))
        assert (reply.text, reply.whole) == (text or "", False)


def test_tokens_are_estimated_where_the_server_counts_none() -> None:
    """Without usage in the reply, tokens are counted by estimate, never by nothing."""
    with FakeModelServer(lambda _: {"choices": [{"message": {"content": "جملة من ثلاث كلمات"}}]}) as fake:
        (reply,) = ask(server(fake))

    assert reply.tokens_out >= 4
    assert reply.tokens_in >= 8


# --- the server itself ---


def test_the_only_model_needs_no_name() -> None:
    """With one model on the server, none has to be named; the identity names it, and the seed."""
    with FakeModelServer(models=("qwen",)) as fake:
        engine = server(fake, seed=5)
        assert engine.name == "qwen"
        assert engine.identity == "server qwen, temperature 0, seed 5, no thinking"


def test_one_of_several_models_must_be_named() -> None:
    """With several models the sentence lists them and says which setting chooses; with a name nothing is asked."""
    with FakeModelServer(models=("a", "b")) as fake:
        with pytest.raises(ModelUnusable, match="has 2 models: a, b") as raised:
            _ = server(fake).identity
        assert "[model] name" in raised.value.hint
        calls = len(fake.calls)
        assert "server b" in server(fake, name="b").identity
        assert len(fake.calls) == calls


def test_the_window_is_the_settings_or_the_servers_or_the_safest() -> None:
    """A window that is set counts; else what vLLM or llama.cpp say, up to 131,072; else Ollama's default."""
    props = {"/props": {"default_generation_settings": {"n_ctx": 2048}}}
    with FakeModelServer(extras=props) as fake:
        assert server(fake).window == 2048
        assert server(fake, window=1000).window == 1000
    with FakeModelServer() as fake:
        assert server(fake).window == DEFAULT_WINDOW
    with FakeModelServer() as fake:
        fake.faults.append(Fault("GET /v1/models", body='{"data": [{"id": "tiny", "max_model_len": 1048576}]}'))
        assert server(fake).window == 131_072


def test_a_server_without_a_list_of_models_can_be_used() -> None:
    """Where a gateway lists none and the settings name the model, the window is the safest."""
    with FakeModelServer() as fake:
        fake.faults.append(Fault("GET /v1/models", status=404))
        engine = server(fake, name="tiny")
        assert engine.window == DEFAULT_WINDOW
        assert ask(engine)[0].text == "نعم"


@pytest.mark.parametrize("told", [{"tokens": list(range(100))}, {"count": 100}])
def test_tokens_are_counted_by_the_servers_tokenizer(told: dict[str, Any]) -> None:
    """Where llama.cpp or vLLM count, the estimate follows their count with a margin; it is asked for once."""
    with FakeModelServer(extras={"/tokenize": told}) as fake:
        engine = server(fake)
        assert 110 <= engine.count(SAMPLE) <= 125
        assert engine.count(SAMPLE * 3) > 330
        assert sum("tokenize" in call.line for call in fake.calls) == 1


def test_without_a_tokenizer_the_estimate_is_too_high_rather_than_too_low() -> None:
    """Ten words of Arabic, 2.4 tokens each with the tokenizers in use, are never counted as fewer."""
    with FakeModelServer() as fake:
        assert server(fake).count("ينبع نهر الفرات من جبال الأناضول في تركيا ثم يصب") >= 24


# --- what goes wrong ---


def test_a_server_that_is_down_is_one_sentence() -> None:
    """Nobody listening: the address, what to do, a code of its own, and no word of sockets."""
    with FakeModelServer() as fake:
        url = fake.url
    waits: list[float] = []
    with pytest.raises(ModelUnreachable) as raised:
        ask(ServerEngine(ModelSettings(url=url, name="tiny"), waits.append))

    assert str(raised.value) == f"no model server answers at {url.removesuffix('/v1')}"
    assert "Start it" in raised.value.hint
    assert raised.value.exit_code == 15
    assert waits == [1.0, 2.0, 4.0]


def test_a_server_that_is_slow_is_one_sentence() -> None:
    """Silence beyond the limit is not asked again: another try would take as long."""
    error, asked = failure(Fault(CHAT, delay=30), timeout_seconds=0.3)

    assert "gave no reply within 0.3 seconds" in str(error)
    assert "timeout_seconds" in error.hint
    assert isinstance(error, ModelUnreachable)
    assert asked == 1


@pytest.mark.parametrize(
    ("fault", "kind", "sentence"),
    [
        (Fault(CHAT, status=500, body="Internal Server Error"), ModelUnreachable, "keeps failing (status 500)"),
        (Fault(CHAT, status=429), ModelUnreachable, "takes no more requests for now (status 429)"),
        (Fault(CHAT, cut=30), ModelGarbled, "reply broke off"),
        (Fault(CHAT, body='{"choices": [{"message'), ModelGarbled, "broken JSON"),
        (Fault(CHAT, body="<html>", headers={"Content-Type": "text/html"}), ModelUnusable, "not JSON"),
        (Fault(CHAT, body="<html>", headers={"Content-Type": "application/json"}), ModelUnusable, "not JSON"),
        (Fault(CHAT, body="It works!", headers={"Content-Type": "text/plain"}), ModelUnusable, "not JSON"),
        (Fault(CHAT, body="[" * 100_000), ModelGarbled, "broken JSON"),
        (Fault(CHAT, body="[1]"), ModelGarbled, "not a JSON object"),
        (Fault(CHAT, body='{"choices": []}'), ModelGarbled, "without any choice"),
        (Fault(CHAT, body='{"result": "ok"}'), ModelGarbled, "not a chat completion"),
        (Fault(CHAT, body='{"choices": [{"message": {"content": [1]}}]}'), ModelGarbled, "not a chat completion"),
        (Fault(CHAT, drop=True), ModelUnreachable, "no model server answers"),
    ],
    ids=(
        "500",
        "429",
        "cut",
        "half",
        "page",
        "page called JSON",
        "text",
        "deep",
        "array",
        "empty",
        "other",
        "odd",
        "dropped",
    ),
)
def test_failures_that_may_pass_are_tried_again_and_then_named(
    fault: Fault, kind: type[ModelError], sentence: str
) -> None:
    """Four tries, then one sentence with a hint: never a traceback, never the server's own words."""
    error, asked = failure(fault)

    assert type(error) is kind
    assert sentence in str(error)
    assert error.hint
    assert asked == 4


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (401, "requires a different key"),
        (402, "wants to be paid"),
        (403, "requires a different key"),
        (404, "no such"),
    ],
)
def test_a_refusal_is_not_tried_again(status: int, sentence: str) -> None:
    """A wrong key or an unknown model stays wrong; the sentence says which setting to look at."""
    error, asked = failure(Fault(CHAT, status=status, body='{"error": "Incorrect key sk-123"}'))

    assert type(error) is ModelUnusable
    assert sentence in str(error)
    assert "sk-123" not in str(error) + error.hint
    assert asked == 1


def test_trouble_that_passes_costs_only_time() -> None:
    """An overloaded server, a broken reply, then an answer: the answer counts, and its demand for a pause is kept."""
    waits: list[float] = []
    with FakeModelServer() as fake:
        fake.faults.append(Fault(CHAT, last=1, status=429, headers={"Retry-After": "9"}))
        fake.faults.append(Fault(CHAT, first=2, last=2, body="{"))
        (reply,) = ask(server(fake, waits))

    assert reply.text == "نعم"
    assert waits == [9.0, 2.0]


def test_a_long_wait_for_a_server_is_told_once() -> None:
    """Eight threads wait for the same half minute: one event says so, which a batch and a run both show."""
    told: list[object] = []
    with FakeModelServer() as fake:
        fake.faults.append(Fault(CHAT, last=8, status=429, headers={"Retry-After": "30"}))
        refused = Barrier(8, timeout=60)  # nobody asks again before all were refused, however busy the machine

        def wait(_: float) -> None:
            refused.wait()

        engine = ServerEngine(ModelSettings(url=fake.url, batch=8), wait, told.append)
        engine.reply([Prompt("s", str(number), 50) for number in range(8)])

    assert told == [Waiting(30.0, f"the model server at {fake.url.removesuffix('/v1')} takes no requests for now")]


def test_too_many_requests_are_not_taken_for_short_memory() -> None:
    """The hint is about limits, not about the server's memory."""
    error, _ = failure(Fault(CHAT, status=429))

    assert "limits" in error.hint
    assert "memory" not in error.hint


def test_a_demand_to_wait_for_hours_is_not_kept() -> None:
    """No server can hold a run for longer than two minutes a try."""
    waits: list[float] = []
    with FakeModelServer() as fake:
        fake.faults.append(Fault(CHAT, last=1, status=503, headers={"Retry-After": "86400"}))
        ask(server(fake, waits))

    assert waits == [120.0]


LOADING = '{"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}'


def test_a_server_that_loads_its_model_is_waited_for() -> None:
    """llama.cpp's server answers 503 for as long as it loads: that is told once, and costs none of the tries."""
    waits: list[float] = []
    told: list[object] = []
    with FakeModelServer() as fake:
        fake.faults.append(Fault(CHAT, last=40, status=503, body=LOADING))
        fake.faults.append(Fault(CHAT, first=41, last=43, status=500))
        engine = ServerEngine(ModelSettings(url=fake.url, timeout_seconds=600.0), waits.append, told.append)
        (reply,) = ask(engine)

    assert reply.text == "نعم"
    assert waits == [LOADING_PAUSE] * 40 + [1.0, 2.0, 4.0]
    assert told == [
        Notice(f"the model server at {fake.url.removesuffix('/v1')} is loading its model; waiting up to 600 s")
    ]


def test_patience_with_a_loading_server_ends() -> None:
    """It is as long as one reply may take; then one sentence says what was waited for, and nothing is again."""
    waits: list[float] = []
    with FakeModelServer() as fake:
        fake.faults.append(Fault("/", status=503, body=LOADING))
        engine = server(fake, waits, name="tiny", timeout_seconds=9.0)
        with pytest.raises(ModelUnreachable, match="is still loading its model after 9 s") as raised:
            ask(engine)
        with pytest.raises(ModelUnreachable):
            ask(engine)

    assert "timeout_seconds" in raised.value.hint
    assert sum(waits) == pytest.approx(9.0, abs=LOADING_PAUSE)


def test_what_a_server_says_of_itself_is_asked_when_it_has_loaded() -> None:
    """Window and tokenizer come from the loaded model, so that a run that begins early writes the same article."""
    extras: dict[str, dict[str, Any]] = {
        "/props": {"default_generation_settings": {"n_ctx": 2048}},
        "/tokenize": {"count": 100},
    }
    with FakeModelServer(extras=extras) as fake:
        fake.faults.append(Fault("/props", last=3, status=503, body=LOADING))
        fake.faults.append(Fault("/tokenize", last=3, status=503, body=LOADING))
        engine = server(fake)
        assert engine.window == 2048
        assert 110 <= engine.count(SAMPLE) <= 125


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_prompt_that_does_not_fit_is_no_failure_of_the_server(status: int) -> None:
    """A refused prompt comes back as an empty reply that is not whole, where the server takes another one."""
    with FakeModelServer() as fake:
        fake.faults.append(Fault(CHAT, last=1, status=status, body='{"error": {"message": "context length exceeded"}}'))
        engine = server(fake)
        replies = [ask(engine)[0] for _ in range(2)]

    assert [(reply.text, reply.whole) for reply in replies] == [("", False), ("نعم", True)]
    assert len(fake.completions) == 3


def test_a_server_that_refuses_everything_cannot_be_used() -> None:
    """It stops the run with one sentence: an article must not be written without the model because of a parameter."""
    error, asked = failure(Fault(CHAT, status=400, body='{"error": {"message": "unsupported parameter"}}'))

    assert type(error) is ModelUnusable
    assert "refuses every request (status 400)" in str(error)
    assert asked == 11


@pytest.mark.parametrize(
    ("unknown", "sent"),
    [
        ({"reasoning_effort"}, {"chat_template_kwargs"}),
        ({"chat_template_kwargs"}, {"reasoning_effort"}),
        ({"chat_template_kwargs", "reasoning_effort"}, set()),
    ],
)
def test_what_switches_thinking_off_is_left_out_where_it_is_refused(unknown: set[str], sent: set[str]) -> None:
    """A server that knows one way, or none, answers all the same, and is not sent the other way again."""
    with FakeModelServer(unknown=frozenset(unknown)) as fake:
        engine = server(fake)
        assert [ask(engine)[0].text for _ in range(2)] == ["نعم", "نعم"]

    last = fake.completions[-1]
    assert {"chat_template_kwargs", "reasoning_effort"} & last.keys() == sent
    assert [message["role"] for message in last["messages"]] == ["system", "user"]
    assert sum(body["messages"][0]["content"] == PROMPT.system for body in fake.completions) == 3


def test_a_model_without_a_system_prompt_gets_it_with_the_question() -> None:
    """Some templates refuse a system prompt: both texts are sent as one, from then on."""

    def respond(body: dict[str, Any]) -> dict[str, Any]:
        return said(body["messages"][-1]["content"])

    with FakeModelServer(respond, systems=False) as fake:
        engine = server(fake)
        replies = [ask(engine)[0].text for _ in range(2)]

    assert replies == [f"{PROMPT.system}\n\n{PROMPT.user}"] * 2
    assert [len(body["messages"]) for body in fake.completions] == [2] * 6 + [1] * 3


def test_an_answer_without_end_is_not_read_to_its_end() -> None:
    """More than four megabytes is no reply."""
    error, _ = failure(Fault(CHAT, body=b" " * 4_200_000))

    assert "does not end" in str(error)


# --- the key ---


def authorization(fake: FakeModelServer) -> set[str | None]:
    """The Authorization headers that were sent."""
    return {call.headers.get("Authorization") for call in fake.calls}


def test_the_key_goes_to_the_server_and_nowhere_else() -> None:
    """The key is sent to the loopback, and stands neither in the identity nor in the settings' text."""
    with FakeModelServer() as fake:
        engine = server(fake, key=KEY)
        ask(engine)
        assert authorization(fake) == {f"Bearer {KEY}"}
        assert KEY not in engine.identity + repr(ModelSettings(key=KEY))


def test_no_key_is_sent_in_the_clear() -> None:
    """Plain http to another host is used when it is set, but without the key."""
    plain = ServerEngine(ModelSettings(url="http://models.example:8080/v1", name="a", key=KEY))
    safe = ServerEngine(ModelSettings(url="https://models.example/v1", name="a", key=KEY))

    assert KEY not in str(vars(vars(plain)["_client"]))
    assert KEY in str(vars(vars(safe)["_client"]))


def test_a_proxy_of_the_environment_is_passed_by() -> None:
    """The talk goes to the server of the settings, and to nobody whom the environment names."""
    asks = (
        "import sys; from models.llm.engine import Prompt; from models.llm.server import ServerEngine; "
        "from pipeline.settings import ModelSettings; "
        "engine = ServerEngine(ModelSettings(url=sys.argv[1], name='tiny'), lambda _: None); "
        "print(engine.reply([Prompt('', 'x', 5)])[0].whole)"
    )
    with FakeModelServer() as fake, FakeModelServer() as proxy:
        named = {name: proxy.url.removesuffix("/v1") for name in ("http_proxy", "HTTP_PROXY", "all_proxy")}
        environment = {**os.environ, **named, "no_proxy": "", "NO_PROXY": ""}
        command = [sys.executable, "-c", asks, fake.url]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert (done.stdout.strip(), proxy.calls) == ("True", [])


def test_a_redirect_is_not_followed() -> None:
    """A server that points elsewhere gets nothing sent there, neither the talk nor the key."""
    with FakeModelServer() as other, FakeModelServer() as fake:
        fake.faults.append(Fault(CHAT, status=307, headers={"Location": f"{other.url}/chat/completions"}))
        with pytest.raises(ModelUnusable):
            ask(server(fake, key=KEY))
        assert other.calls == []


@pytest.mark.parametrize(
    "url", ["", "127.0.0.1:8080", "ftp://host/v1", "http:///v1", "http://me:secret@host/v1", "http://[::1/v1"]
)
def test_what_is_no_address_is_a_wrong_setting(url: str) -> None:
    """An address without scheme or host, or with a password in it, is refused before anything is asked."""
    with pytest.raises(ConfigError, match=r"\[model\] url") as raised:
        ServerEngine(ModelSettings(url=url))
    assert "secret" not in str(raised.value)
