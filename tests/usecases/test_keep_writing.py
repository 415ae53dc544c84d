"""A reply that was cut off goes on where it ended, and nothing of it is ever lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from makers import AskRound, MakeServices
from plain_personalizer import PlainPersonalizer

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem
from assistant.domain.events import ReplyFinished, ReplyReopened, ReplyText, RoundFinished
from assistant.domain.model import Finish, QueryId
from assistant.domain.preferences import parse_order
from assistant.generation.scripted import ScriptedBackend
from assistant.personalization.learner import Reply
from assistant.usecases.keep_writing import keep_writing
from assistant.usecases.rank import rank
from assistant.usecases.services import Services

LONG = "one two three four five six seven eight nine ten eleven twelve"
CUT = "one two three four five six seven eight"
MOST = 8  # tokens, which are words here


def go_on(services: Services, query_id: QueryId, letter: str = "", cancel=None):
    return list(
        keep_writing(services, query_id=query_id, letter=letter, cancel=cancel or CancelToken())
    )


def test_the_text_goes_on_with_the_same_guidance_and_seed(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    backend = ScriptedBackend([LONG])
    services = make_services(backend=backend)
    asked = ask_round(services, drafts=2, max_tokens=MOST)
    cut = asked.candidate("B")
    assert (cut.text, cut.finish, cut.tokens) == (CUT, Finish.LENGTH, MOST)
    first = backend.requests[-1]
    events = go_on(services, asked.query_id, "B")
    request = backend.requests[-1]
    assert request.turns == first.turns
    (draft,) = request.drafts
    assert (draft.guidance, draft.seed) == (first.drafts[1].guidance, cut.seed)
    assert draft.begun == cut.text
    assert request.sampling.temperature == first.sampling.temperature
    assert isinstance(events[0], ReplyReopened)
    assert cut.text + "".join(e.text for e in events if isinstance(e, ReplyText)) == LONG
    assert isinstance(events[-1], RoundFinished)
    whole = services.store.run(lambda db: db.rounds.get(asked.query_id))
    assert whole.candidate("A") == asked.candidate("A")
    grown = whole.candidate("B")
    assert (grown.id, grown.text, grown.finish) == (cut.id, LONG, Finish.STOP)
    assert grown.tokens == 12
    assert [e.tokens for e in events if isinstance(e, ReplyFinished)] == [12]


def test_a_reply_that_ended_by_itself_is_not_gone_on_with(
    services: Services, ask_round: AskRound
) -> None:
    asked = ask_round(services)
    for letter in ("A", "", "Z"):
        with pytest.raises(UsageProblem):
            go_on(services, asked.query_id, letter)


def test_with_several_cut_off_one_must_be_named(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    services = make_services(backend=ScriptedBackend([LONG]))
    asked = ask_round(services, drafts=2, max_tokens=MOST)
    with pytest.raises(UsageProblem, match="A, B"):
        go_on(services, asked.query_id)


def test_stopped_again_it_keeps_what_was_written(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    services = make_services(backend=ScriptedBackend([LONG]))
    asked = ask_round(services, drafts=1, max_tokens=MOST)
    cancel = CancelToken()
    for event in keep_writing(services, query_id=asked.query_id, cancel=cancel):
        if isinstance(event, ReplyText):
            cancel.cancel()
    stopped = services.store.run(lambda db: db.rounds.get(asked.query_id)).candidate("A")
    assert stopped.finish is Finish.STOPPED
    assert stopped.text.startswith(CUT + " nine")
    assert go_on(services, asked.query_id)
    assert services.store.run(lambda db: db.rounds.get(asked.query_id)).candidate("A").text == LONG


def test_a_crash_while_it_is_written_keeps_the_text_from_before(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    services = make_services(backend=ScriptedBackend([LONG]))
    asked = ask_round(services, drafts=1, max_tokens=MOST)
    events = keep_writing(services, query_id=asked.query_id, cancel=CancelToken())
    next(events)  # the program ends here: nothing after this is carried out
    written = services.store.run(lambda db: db.rounds.get(asked.query_id)).candidate("A")
    assert (written.finish, written.text) == (Finish.WRITING, CUT)
    services.store.run(lambda db: db.rounds.mark_interrupted())  # what the next start does
    events.close()
    kept = services.store.run(lambda db: db.rounds.get(asked.query_id)).candidate("A")
    assert (kept.finish, kept.text) == (Finish.INTERRUPTED, CUT)
    go_on(services, asked.query_id)
    assert services.store.run(lambda db: db.rounds.get(asked.query_id)).candidate("A").text == LONG


def test_an_engine_that_refuses_leaves_the_reply_as_it_was(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    asked = ask_round(make_services(backend=ScriptedBackend([LONG])), drafts=1, max_tokens=MOST)
    refusing = make_services(backend=ScriptedBackend([LONG], failure=UsageProblem("Not now.")))
    with pytest.raises(UsageProblem, match="Not now"):
        go_on(refusing, asked.query_id)
    assert refusing.store.run(lambda db: db.rounds.get(asked.query_id)) == asked


def test_a_ranking_of_the_longer_text_is_learned_anew(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    services = make_services(backend=ScriptedBackend([LONG]))
    asked = ask_round(services, drafts=2, max_tokens=MOST)
    list(rank(services, query_id=asked.query_id, order=parse_order("A>B", ("A", "B"))))
    go_on(services, asked.query_id, "A")
    learned = services.learner.examples[asked.query_id]
    assert [reply.text for reply in learned.replies] == [LONG, CUT]


def test_a_tag_that_was_removed_since_does_not_keep_a_reply_from_going_on(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    services = make_services(backend=ScriptedBackend([LONG]))
    asked = ask_round(services, max_tokens=MOST)
    guided = next(one for one in asked.candidates if one.guidance.tags)
    gone = [[name] for name in guided.guidance.tags]
    services.store.run(
        lambda db: [db.tables.execute("DELETE FROM tags WHERE name = ?", name) for name in gone]
    )
    go_on(services, asked.query_id, guided.letter)
    whole = services.store.run(lambda db: db.rounds.get(asked.query_id))
    assert whole.candidate(guided.letter).text == LONG


class LongestFirst(PlainPersonalizer):
    """Expects the longest reply to come first."""

    def expect(self, query: str, replies: Sequence[Reply]) -> dict[str, tuple[float, ...]]:
        return {"selector": tuple(float(reply.length) for reply in replies)}


def test_the_order_expected_is_that_of_the_longer_reply_until_it_is_ranked(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    services = make_services(backend=ScriptedBackend([LONG]), learner=LongestFirst())
    asked = ask_round(services, drafts=2, max_tokens=MOST)
    assert asked.expected == parse_order("A=B", ("A", "B"))
    go_on(services, asked.query_id, "B")
    longer = services.store.run(lambda db: db.rounds.get(asked.query_id))
    assert longer.expected == parse_order("B>A", ("A", "B"))
    list(rank(services, query_id=asked.query_id, order=parse_order("A>B", ("A", "B"))))
    go_on(services, asked.query_id, "A")
    after = services.store.run(lambda db: db.rounds.get(asked.query_id))
    assert after.expected == longer.expected, "what was expected before the ranking is judged"
