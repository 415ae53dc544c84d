"""Asking stores first and streams then; whatever happens, what was written is kept."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest
from plain_personalizer import LIBRARY, PlainPersonalizer

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import ChildStopped, ModelProblem, UsageProblem
from assistant.domain.events import Notice, ReplyText, RoundFinished
from assistant.domain.model import Finish, Order, QueryId, Round
from assistant.generation.backend import DraftText, GenerationEvent, GenerationRequest
from assistant.generation.scripted import ScriptedBackend
from assistant.storage.database import Database
from assistant.usecases.ask import ask, store_query
from assistant.usecases.rank import choose_reply, rank
from assistant.usecases.services import Services
from assistant.usecases.why import why

MakeServices = Callable[..., Services]
AskRound = Callable[..., Round]

TEXTS = ("one two three", "four five six", "seven eight nine")


class FailingBackend(ScriptedBackend):
    """Fails after some pieces of text."""

    def __init__(self, pieces: int) -> None:
        super().__init__(TEXTS)
        self._pieces = pieces

    def generate(
        self, request: GenerationRequest, cancel: CancelToken
    ) -> Iterator[GenerationEvent]:
        written = 0
        for event in super().generate(request, cancel):
            if isinstance(event, DraftText):
                written += 1
                if written > self._pieces:
                    raise ChildStopped("The engine stopped three times.")
            yield event


def read(services: Services, query_id: QueryId) -> Round:
    return services.store.run(lambda db: db.rounds.get(query_id))


def count(services: Services, table: str) -> int:
    return services.store.run(lambda db: int(db.tables.table(table).count))


def test_the_round_comes_back_with_every_reply_whole(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    round_ = ask_round(make_services(ScriptedBackend(TEXTS)))
    assert [c.letter for c in round_.candidates] == ["A", "B", "C"]
    assert sorted(c.text for c in round_.candidates) == sorted(TEXTS)
    assert {(c.finish, c.tokens) for c in round_.candidates} == {(Finish.STOP, 3)}
    assert round_.model == "Scripted"


def test_the_query_is_on_disk_before_the_engine_is_touched(
    make_services: MakeServices,
) -> None:
    services = make_services(ScriptedBackend(failure=ModelProblem("There is no model.")))
    with pytest.raises(ModelProblem):
        list(ask(services, text="Why?", cancel=CancelToken()))
    assert read(services, QueryId(1)).text == "Why?"
    assert count(services, "candidates") == 0


def test_a_query_left_without_replies_can_be_retried(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    failing = make_services(ScriptedBackend(failure=ModelProblem("There is no model.")))
    with pytest.raises(ModelProblem):
        list(ask(failing, text="Why?", cancel=CancelToken()))
    round_ = ask_round(make_services(), text="", again=QueryId(1))
    assert (round_.query_id, round_.text, len(round_.candidates)) == (1, "Why?", 3)
    assert count(failing, "queries") == 1


def test_a_query_that_has_replies_is_not_asked_again(
    services: Services, ask_round: AskRound
) -> None:
    round_ = ask_round(services)
    with pytest.raises(UsageProblem, match="has its replies already"):
        list(ask(services, text="", again=round_.query_id, cancel=CancelToken()))
    assert read(services, round_.query_id) == round_


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_an_empty_query_is_refused_and_stores_nothing(services: Services, text: str) -> None:
    with pytest.raises(UsageProblem, match="empty"):
        list(ask(services, text=text, cancel=CancelToken()))
    assert count(services, "conversations") == count(services, "queries") == 0


def test_an_unknown_conversation_is_refused(services: Services) -> None:
    with pytest.raises(UsageProblem, match="There is no conversation 9"):
        list(ask(services, text="Why?", conversation_id=9, cancel=CancelToken()))  # type: ignore[arg-type]


def test_asked_for_no_number_of_replies_the_program_chooses_one(
    services: Services, ask_round: AskRound
) -> None:
    assert len(ask_round(services, drafts=0).candidates) == 3


@pytest.mark.parametrize("drafts", [5, -1])
def test_a_number_of_replies_out_of_bounds_is_refused(services: Services, drafts: int) -> None:
    with pytest.raises(UsageProblem, match="Between 1 and 4"):
        list(ask(services, text="Why?", drafts=drafts, cancel=CancelToken()))


def test_places_are_shuffled_evenly(services: Services, ask_round: AskRound) -> None:
    firsts = [
        ask_round(services, seed=seed, max_tokens=8).candidates[0].guidance.tags[0]
        for seed in range(60)
    ]
    assert {name: firsts.count(name) >= 8 for name in set(firsts)} == {
        tag.name: True for tag in LIBRARY
    }


def test_the_same_seed_gives_the_same_round(services: Services, ask_round: AskRound) -> None:
    first, second = (ask_round(services, seed=5) for _ in range(2))
    assert [(c.text, c.seed, c.guidance) for c in first.candidates] == [
        (c.text, c.seed, c.guidance) for c in second.candidates
    ]


def test_the_guidance_shown_is_the_guidance_sent(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    backend = ScriptedBackend()
    round_ = ask_round(make_services(backend))
    instructions = {tag.name: tag.instruction for tag in LIBRARY}
    for candidate, draft in zip(round_.candidates, backend.requests[0].drafts, strict=True):
        assert instructions[candidate.guidance.tags[0]] in draft.guidance
        assert candidate.seed == draft.seed


def test_predictions_are_on_disk_before_the_user_can_rank(
    services: Services, ask_round: AskRound
) -> None:
    round_ = ask_round(services)
    assert count(services, "predictions") == 2
    assert round_.ranking is None
    assert round_.expected is not None
    by_tag = {c.guidance.tags[0]: c.letter for c in round_.candidates}
    assert round_.expected == Order(tuple((by_tag[tag.name],) for tag in LIBRARY))


def test_without_a_prediction_the_round_still_counts(make_services: MakeServices) -> None:
    learner = PlainPersonalizer(failure=ChildStopped("The learner stopped three times."))
    events = list(ask(make_services(learner=learner), text="Why?", cancel=CancelToken()))
    assert [e.text for e in events if isinstance(e, Notice)] == ["The learner stopped three times."]
    assert isinstance(events[-1], RoundFinished)
    assert len(events[-1].round.candidates) == 3
    assert learner.pauses == [True, False]


def test_going_on_without_a_ranking_is_a_skip_and_the_reply_expected_first_continues(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    backend = ScriptedBackend()
    services = make_services(backend)
    first = ask_round(services, seed=2)
    assert first.expected is not None
    best = first.candidate(first.expected.best or "")
    assert best != first.candidates[0]
    ask_round(services, text="And then?", conversation_id=first.conversation_id)
    settled = read(services, first.query_id)
    assert settled.skipped
    assert settled.ranking is None
    assert settled.chosen == best.id
    said = [turn.text for turn in backend.requests[1].turns]
    assert said[-3:] == [first.text, best.text, "And then?"]


def test_going_on_keeps_the_reply_that_was_chosen(services: Services, ask_round: AskRound) -> None:
    first = ask_round(services)
    choose_reply(services, query_id=first.query_id, letter="C")
    ask_round(services, conversation_id=first.conversation_id)
    settled = read(services, first.query_id)
    assert settled.skipped
    assert settled.chosen == first.candidate("C").id


def test_going_on_after_a_ranking_is_no_skip(services: Services, ask_round: AskRound) -> None:
    first = ask_round(services)
    list(rank(services, query_id=first.query_id, order=Order((("B",),), ("A", "C"))))
    ask_round(services, conversation_id=first.conversation_id)
    settled = read(services, first.query_id)
    assert not settled.skipped
    assert settled.chosen == first.candidate("B").id


def test_text_is_on_disk_within_a_second(make_services: MakeServices) -> None:
    ticks = itertools.count(0.0, 0.25)  # four pieces of text a second
    services = make_services(
        ScriptedBackend((" ".join("word" for _ in range(40)),)), timer=lambda: next(ticks)
    )
    said: dict[int, str] = {}
    most = 0
    for event in ask(services, text="Why?", drafts=2, cancel=CancelToken()):
        if isinstance(event, ReplyText):
            said[event.candidate_id] = said.get(event.candidate_id, "") + event.text
            stored = services.store.run(stored_texts)
            behind = sum(len(text.split()) for text in said.values()) - sum(
                len(text.split()) for text in stored.values()
            )
            most = max(most, behind)
    assert 0 < most <= 4


def stored_texts(db: Database) -> dict[int, str]:
    return {row["id"]: row["text"] for row in db.tables.query("SELECT id, text FROM candidates")}


def test_what_the_engine_never_finished_is_kept_as_interrupted(
    make_services: MakeServices,
) -> None:
    services = make_services(FailingBackend(pieces=4))
    with pytest.raises(ChildStopped):
        list(ask(services, text="Why?", cancel=CancelToken()))
    found = read(services, QueryId(1))
    assert {c.finish for c in found.candidates} == {Finish.INTERRUPTED}
    assert [len(c.text.split()) for c in found.candidates] == [2, 1, 1]


def test_a_cancelled_round_keeps_what_was_written(make_services: MakeServices) -> None:
    services, cancel = make_services(ScriptedBackend(TEXTS)), CancelToken()
    events = []
    for event in ask(services, text="Why?", cancel=cancel):
        events.append(event)
        if isinstance(event, ReplyText):
            cancel.cancel()
    assert isinstance(events[-1], RoundFinished)
    assert {c.finish for c in events[-1].round.candidates} == {Finish.STOPPED}
    assert any(c.text for c in events[-1].round.candidates)


def test_an_abandoned_round_is_kept_as_interrupted_and_training_goes_on(
    make_services: MakeServices,
) -> None:
    learner = PlainPersonalizer()
    services = make_services(ScriptedBackend(TEXTS), learner)
    events = ask(services, text="Why?", cancel=CancelToken())
    while not isinstance(next(events), ReplyText):
        pass
    events.close()  # type: ignore[attr-defined]
    assert learner.pauses == [True, False]
    assert {c.finish for c in read(services, QueryId(1)).candidates} == {Finish.INTERRUPTED}


def test_the_title_is_the_beginning_of_the_first_query(services: Services) -> None:
    store_query(services, "word " * 30, None)
    (conversation,) = services.store.run(lambda db: db.conversations.all())
    assert len(conversation.title) <= 48
    assert conversation.title.endswith("…")


def test_why_names_the_tags_of_each_reply(services: Services, ask_round: AskRound) -> None:
    round_ = ask_round(services)
    explained = why(services, query_id=round_.query_id)
    for reply in explained.replies:
        assert tuple(w.name for w in reply.weights) == reply.candidate.guidance.tags
