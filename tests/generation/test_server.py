from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from chat_server import event, running, word, words

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import ContextTooLong, ServerProblem, UsageProblem
from assistant.domain.model import Finish
from assistant.generation.backend import (
    Draft,
    DraftFinished,
    DraftText,
    GenerationNotice,
    GenerationRequest,
    PrefixEvaluated,
    Sampling,
    Turn,
)
from assistant.generation.server import ServerClient
from assistant.generation.server_address import read_address
from assistant.generation.server_stream import MAX_LINE, Patience

TURNS = (
    Turn("system", "Be kind."),
    Turn("user", "Hello?"),
    Turn("assistant", "Hello."),
    Turn("user", "How are you?"),
)
QUICK = Patience(connect=2.0, silence=0.5)


@pytest.fixture
def server():
    with running() as found:
        yield found


def client(server, *, model="tiny", key="", context=4096, patience=QUICK):
    return ServerClient(read_address(server.url), model, key, context, patience)


def request(*guidance, turns=TURNS, **sampling):
    drafts = tuple(Draft(text, seed) for seed, text in enumerate(guidance or ("",)))
    return GenerationRequest(turns, drafts, Sampling(**sampling))


def written(events):
    texts = {}
    for one in events:
        if isinstance(one, DraftText):
            texts[one.draft] = texts.get(one.draft, "") + one.text
    return texts


def finishes(events):
    return {one.draft: one.finish for one in events if isinstance(one, DraftFinished)}


def test_every_draft_is_a_request_of_its_own(server):
    server.pieces = lambda asked: words(f"seed {asked['seed']}")
    events = list(client(server).generate(request("be brief", "", "be long"), CancelToken()))
    assert isinstance(events[0], PrefixEvaluated)
    assert written(events) == {0: "seed 0 ", 1: "seed 1 ", 2: "seed 2 "}
    assert finishes(events) == dict.fromkeys(range(3), Finish.STOP)
    asked = sorted(server.asked, key=lambda one: one["seed"])
    assert [one["messages"][-1]["content"] for one in asked] == [
        "How are you?\n\nbe brief",
        "How are you?",
        "How are you?\n\nbe long",
    ]
    assert [m["role"] for m in asked[0]["messages"]] == ["system", "user", "assistant", "user"]
    assert asked[0]["model"] == "tiny"
    assert asked[0]["stream"] is True
    assert set(server.paths) == {"/v1/chat/completions"}


def test_drafts_are_written_side_by_side(server):
    server.pieces = lambda asked: words("a b c d", delay=0.1)
    begun = time.monotonic()
    list(client(server).generate(request("1", "2", "3", "4"), CancelToken()))
    assert time.monotonic() - begun < 4 * 0.4


def test_the_key_is_sent_to_the_server_and_only_if_there_is_one(server):
    list(client(server, key="secret").generate(request(), CancelToken()))
    list(client(server, model="").generate(request(), CancelToken()))
    assert server.headers[0]["Authorization"] == "Bearer secret"
    assert "Authorization" not in server.headers[1]
    assert "model" not in server.asked[1]


def test_sampling_is_passed_on(server):
    list(client(server).generate(request(temperature=0.1, top_p=0.5), CancelToken()))
    assert (server.asked[0]["temperature"], server.asked[0]["top_p"]) == (0.1, 0.5)


@pytest.mark.parametrize("sent", ["length", "stop"])
def test_how_a_reply_ended_is_told(server, sent):
    server.pieces = lambda asked: words("one", finish=sent)
    events = list(client(server).generate(request(), CancelToken()))
    assert finishes(events) == {0: Finish(sent)}


def test_a_server_that_writes_on_is_cut_off(server):
    server.pieces = lambda asked: words("word " * 1000)
    events = list(client(server).generate(request(max_tokens=8), CancelToken()))
    assert finishes(events) == {0: Finish.LENGTH}
    assert [e.tokens for e in events if isinstance(e, DraftFinished)] == [8]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "refused the key"),
        (403, "refused the key"),
        (404, "has no chat there, or not this model"),
        (302, "points to another place"),
        (429, "too much to do"),
        (400, "did not take the request .400: too long, said I"),
        (500, "failed .500: too long, said I"),
    ],
)
def test_an_error_is_one_sentence_with_the_remedy(server, status, said):
    server.status = status
    server.location = "http://127.0.0.1:1/elsewhere"
    server.said = b'{"error": {"message": "too long,\\n\\u0007 said I"}}'
    with pytest.raises(ServerProblem, match=said) as caught:
        list(client(server).generate(request("", ""), CancelToken()))
    assert "attune models server off" in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(server.asked) == 2, "nothing is asked twice, and no redirect followed"


def test_a_machine_that_is_not_there_is_named(server):
    nobody = ServerClient(read_address("http://127.0.0.1:1/v1"), "m", "", 4096, QUICK)
    with pytest.raises(ServerProblem, match=r"127\.0\.0\.1:1 cannot be reached"):
        list(nobody.generate(request(), CancelToken()))


def test_a_stream_that_breaks_off_keeps_what_was_written(server):
    server.pieces = lambda asked: words("half a", finish=None)
    events = list(client(server).generate(request(), CancelToken()))
    assert written(events) == {0: "half a "}
    assert finishes(events) == {0: Finish.INTERRUPTED}
    assert isinstance(events[-1], GenerationNotice)
    assert "broke off" in events[-1].text


def test_one_draft_that_fails_leaves_the_others_alone(server):
    server.pieces = lambda asked: (
        words("good" if asked["seed"] else "", finish="stop")
        if (asked["seed"])
        else iter([event({"error": {"message": "out of memory"}})])
    )
    events = list(client(server).generate(request("", ""), CancelToken()))
    assert finishes(events) == {0: Finish.INTERRUPTED, 1: Finish.STOP}
    assert "out of memory" in events[-1].text


@pytest.mark.parametrize(
    "pieces",
    [
        [b"data: nonsense\n\n"],
        [b"data: [1, 2]\n\n"],
        [event({"choices": [{"delta": {"content": 5}}]})],
        [event({"choices": 3})],
        [b"data: " + b"[" * 100_000 + b"\n\n"],
        [b"x" * (MAX_LINE + 10)],
    ],
)
def test_what_is_no_stream_of_text_is_refused(server, pieces):
    server.pieces = lambda asked: iter(pieces)
    with pytest.raises(ServerProblem, match="sent"):
        list(client(server).generate(request(), CancelToken()))


def test_a_page_instead_of_a_stream_is_refused(server):
    server.kind = "text/html"
    with pytest.raises(ServerProblem, match="sent text/html"):
        list(client(server).generate(request(), CancelToken()))


def test_silence_ends_a_request(server):
    server.pieces = lambda asked: words("never", delay=5.0)
    with pytest.raises(ServerProblem, match="said nothing"):
        list(client(server).generate(request(), CancelToken()))


@pytest.mark.parametrize("delay", [0.05, 5.0])
def test_cancel_ends_everything_within_300_ms(server, delay):
    server.pieces = lambda asked: words("word " * 500, delay=delay)
    cancel = CancelToken()
    cancelled = []

    def later():
        cancelled.append(time.monotonic())
        cancel.cancel()

    timer = threading.Timer(0.3, later)
    timer.start()
    patient = client(server, patience=Patience(connect=2.0, silence=60.0))
    events = list(patient.generate(request("", "", ""), cancel))
    assert time.monotonic() - cancelled[0] < 0.3
    assert finishes(events) == dict.fromkeys(range(3), Finish.STOPPED)
    timer.join()
    assert _readers_end(), "no thread stays behind"


def test_one_draft_can_be_stopped(server):
    server.pieces = lambda asked: words("a b c d e f", delay=0.1)
    cancel = CancelToken()
    cancel.stop_draft(1)
    events = list(client(server).generate(request("", ""), cancel))
    assert finishes(events) == {0: Finish.STOP, 1: Finish.STOPPED}


def test_who_looks_away_ends_the_request(server):
    server.pieces = lambda asked: words("word " * 500, delay=0.05)
    events = client(server).generate(request("", ""), CancelToken())
    next(events)
    events.close()
    assert _readers_end()


def test_old_turns_are_left_out_by_the_estimate(server):
    old = (Turn("user", "old " * 300), Turn("assistant", "words " * 300))
    events = list(
        client(server, context=512).generate(
            request(turns=(TURNS[0], *old, TURNS[-1]), max_tokens=64), CancelToken()
        )
    )
    assert events[0].dropped_turns == 1
    assert [m["content"] for m in server.asked[0]["messages"]] == ["Be kind.", "How are you?"]
    with pytest.raises(ContextTooLong):
        list(
            client(server, context=512).generate(
                request(turns=(Turn("user", "word " * 900),)), CancelToken()
            )
        )


def test_counts_are_estimates_and_say_so(server):
    one = client(server)
    assert not one.info().counts_exactly
    assert not one.info().on_this_machine
    assert one.count_tokens((Turn("user", "a" * 400),)) == 104
    assert one.info().name == f"tiny at {server.url[7:-3]}"


def test_what_a_server_cannot_do_is_refused(server):
    one = client(server)
    held = GenerationRequest(TURNS, (Draft("", 1, grammar='root ::= "a"'),))
    begun = GenerationRequest(TURNS, (Draft("", 1, begun="So far"),))
    for call in (
        lambda: list(one.generate(held, CancelToken())),
        lambda: list(one.generate(begun, CancelToken())),
        lambda: one.score(TURNS, ("a",), CancelToken()),
        lambda: one.score_cases(TURNS, (TURNS,), (("a",),), CancelToken()),
        lambda: one.load_adapter(Path("a.gguf")),
        lambda: one.top_tokens((1,)),
    ):
        with pytest.raises(ServerProblem, match="writes replies but cannot"):
            call()
    with pytest.raises(UsageProblem):
        list(one.generate(request(*"12345"), CancelToken()))
    one.load_adapter(None)
    one.warm(TURNS, CancelToken())
    one.warm(TURNS, CancelToken(), ("(Be brief.)",))  # what is being typed is not sent
    assert server.asked == []


def test_half_of_a_sign_is_no_reason_to_fail(server):
    server.pieces = lambda asked: iter([word("a\ud800b", "stop")])
    events = list(client(server).generate(request(), CancelToken()))
    assert written(events) == {0: "a?b"}
    assert finishes(events) == {0: Finish.STOP}


def _readers_end():
    """Whether all threads that read from a server end soon."""
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        if not any("_read" in thread.name for thread in threading.enumerate()):
            return True
        time.sleep(0.02)
    return False
