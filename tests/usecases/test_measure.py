from __future__ import annotations

import pytest
from makers import MakeServices
from plain_personalizer import LIBRARY

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem
from assistant.domain.model import ConversationId
from assistant.generation.backend import PrefixEvaluated
from assistant.generation.engine import EngineClient, EngineOptions
from assistant.generation.scripted import ScriptedBackend
from assistant.settings import EXEMPLARS, REPLIES
from assistant.usecases.documents import DocumentAdded, add_document
from assistant.usecases.measure import measure


class Watched(EngineClient):
    """The engine, remembering how long the prefixes were."""

    prefix = dropped = 0

    def generate(self, request, cancel):
        for event in super().generate(request, cancel):
            if isinstance(event, PrefixEvaluated):
                self.prefix, self.dropped = event.tokens, event.dropped_turns
            yield event


def test_a_prompt_is_split_into_its_parts(services):
    found = measure(services, text="How do I sail?")
    assert found.conversation == 10 + 2, "the system text, in words, and its turn"
    assert (found.query, found.documents) == (4 + 2, 0)
    longest = max(LIBRARY, key=lambda tag: len(tag.instruction)).instruction
    assert found.guidance >= len(longest.split())
    assert found.left == found.context - 12 - 6 - 3 * found.guidance
    assert (found.replies, found.reply, found.exact, found.problem) == (3, 384, True, "")


def test_nothing_is_stored_by_measuring(services):
    measure(services, text="How?")
    assert services.store.run(lambda db: db.conversations.all()) == ()


def test_an_empty_query_takes_nothing(services):
    assert measure(services, text="  ").query == 0


def test_the_conversation_counts_with_the_reply_that_will_go_on(services, ask_round):
    round_ = ask_round(services)
    before = measure(services, text="And?")
    found = measure(services, text="And?", conversation_id=round_.conversation_id)
    words = len(round_.text.split()) + len(round_.candidates[0].text.split())
    assert found.conversation - before.conversation == words + 2 * 2
    assert found.query == before.query
    with pytest.raises(UsageProblem, match="no conversation 9"):
        measure(services, text="And?", conversation_id=ConversationId(9))


def test_documents_are_measured_as_they_would_be_put_in(services, ask_round, tmp_path):
    file = tmp_path / "boats.txt"
    file.write_text("A keel keeps a boat upright.")
    *_, added = add_document(services, file=file, conversation_id=None, cancel=CancelToken())
    assert isinstance(added, DocumentAdded)
    found = measure(services, text="What is a keel?", conversation_id=added.conversation_id)
    assert found.documents > 10
    assert [passage.document for passage in found.sources] == ["boats.txt"]


def test_fewer_replies_leave_more_room(services):
    one, four = (measure(services, text="How?", drafts=n) for n in (1, 4))
    assert one.left - four.left == 3 * one.guidance
    services.store.run(lambda db: db.settings.set(REPLIES, 2))
    assert measure(services, text="How?").replies == 2


def test_switched_on_exemplars_count(services):
    before = measure(services, text="How?").guidance
    services.store.run(lambda db: db.settings.set(EXEMPLARS, True))
    assert measure(services, text="How?").guidance > before + 100


def test_a_query_that_is_too_long_is_refused_with_the_remedy(make_services: MakeServices):
    services = make_services(ScriptedBackend(context=512))
    found = measure(services, text="word " * 600)
    assert found.left < 0
    assert found.problem.startswith("The query takes 6")
    assert "shorten it" in found.problem
    assert "document" in found.problem


def test_a_long_conversation_will_lose_its_oldest_turns(make_services: MakeServices, ask_round):
    services = make_services(ScriptedBackend(["word " * 220], context=512))
    round_ = ask_round(services)
    found = measure(services, text="And?", conversation_id=round_.conversation_id)
    assert found.dropped == 1
    assert found.problem == ""
    assert found.reply > 0


def test_a_conversation_that_fits_loses_nothing(services, ask_round):
    round_ = ask_round(services)
    assert measure(services, text="And?", conversation_id=round_.conversation_id).dropped == 0


def test_no_more_turns_go_than_were_said_to(
    make_services: MakeServices, ask_round, embedded_model, tmp_path
):
    backend = Watched(embedded_model, EngineOptions(context=512, cache=tmp_path))
    services = make_services(backend)
    text = "Say something of " + ", ".join(f"boat {n}" for n in range(20)) + "."
    asked = {"max_tokens": 16, "drafts": 1}
    try:
        where = ask_round(services, text, **asked).conversation_id
        while not backend.dropped:
            found = measure(services, text=text, conversation_id=where, drafts=1)
            ask_round(services, text, conversation_id=where, **asked)
    finally:
        backend.close()
    assert 0 < backend.dropped <= found.dropped, "guidance is counted as it would be at most"


def test_the_engine_counts_what_it_will_evaluate(
    make_services: MakeServices, ask_round, embedded_model, tmp_path
):
    backend = Watched(embedded_model, EngineOptions(context=1024, cache=tmp_path))
    services = make_services(backend)
    try:
        first = ask_round(services, "Name a sail.", max_tokens=8, drafts=1)
        found = measure(
            services, text="Name another one.", conversation_id=first.conversation_id, drafts=2
        )
        ask_round(
            services,
            "Name another one.",
            conversation_id=first.conversation_id,
            max_tokens=8,
            drafts=2,
        )
    finally:
        backend.close()
    ends_a_turn = 2  # <|im_end|> and a line end, which stand behind the guidance
    assert found.conversation + found.query + found.documents - ends_a_turn == backend.prefix
