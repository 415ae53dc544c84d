from __future__ import annotations

import struct
from typing import cast

from makers import AskRound, MakeServices
from plain_personalizer import PlainPersonalizer

from assistant.domain.model import Order, Origin
from assistant.generation.scripted import ScriptedBackend
from assistant.personalization.learner import EMBEDDER, ChosenTags
from assistant.settings import EXEMPLARS, PROMPTS
from assistant.storage.database import Database
from assistant.storage.prompts import PromptOutcome, StoredPrompt
from assistant.usecases.extras import Extras, choose_extras
from assistant.usecases.rank import rank
from assistant.usecases.services import Services

FLOATS = (1.0, 0.0)
VECTOR = struct.pack("<2f", *FLOATS)
EXPLOIT = ChosenTags(("Brief",), Origin.EXPLOIT, 0.5)
EXPLORE = ChosenTags(("Brief",), Origin.EXPLORE, 0.5)


def know(services: Services, text: str, *vector: float) -> None:
    """Store a query's vector."""
    packed = struct.pack(f"<{len(vector)}f", *vector)

    def write(db: Database) -> None:
        db.tables.execute("DELETE FROM embeddings")
        db.embeddings.add({text: packed}, EMBEDDER)

    services.store.run(write)


def switch_on(services: Services, *, prompts: bool = False, exemplars: bool = False) -> None:
    def write(db: Database) -> None:
        db.settings.set(PROMPTS, prompts)
        db.settings.set(EXEMPLARS, exemplars)

    services.store.run(write)


def test_only_exploiting_candidates_get_extras() -> None:
    extras = Extras("Be kind.", (3,))
    assert extras.guidance(EXPLOIT).prompt == "Be kind."
    assert extras.guidance(EXPLORE).prompt is None
    assert extras.guidance(EXPLORE).exemplars == ()


def test_everything_is_off_by_default(services: Services, ask_round: AskRound) -> None:
    first = ask_round(services)
    list(rank(services, query_id=first.query_id, order=Order((("A",),), ("B", "C"))))
    assert choose_extras(services, ask_round(services).text, VECTOR) == Extras()


def test_the_reply_ranked_first_is_shown_to_the_exploiting_candidate(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    services = make_services(ScriptedBackend(["A reply."]), PlainPersonalizer())
    first = ask_round(services, "How do I sail?")
    list(rank(services, query_id=first.query_id, order=Order((("B",),), ("A", "C"))))
    switch_on(services, exemplars=True)
    know(services, "How do I sail?", 1.0, 0.0)
    second = ask_round(services, "How do I sail?")
    winner = first.candidate("B").id
    assert {c.guidance.exemplars for c in second.candidates} == {(winner,)}
    backend = cast("ScriptedBackend", services.backend)
    guidance = backend.requests[-1].drafts[0].guidance
    assert "A reply." in guidance
    # the instructions come last, beside the reply; the turns that all share have no example
    assert guidance.index("A reply.") < guidance.index("(Be ")
    assert "A reply." not in backend.requests[-1].turns[0].text


def test_the_prompt_that_did_best_on_the_nearest_query_is_used(
    services: Services, ask_round: AskRound
) -> None:
    first = ask_round(services)
    list(rank(services, query_id=first.query_id, order=Order((("A",),), ("B", "C"))))
    pool = [
        StoredPrompt("Good.", 1.0, (PromptOutcome(first.query_id, 0.9, ""),)),
        StoredPrompt("Fair.", 1.0, (PromptOutcome(first.query_id, 0.6, ""),)),
    ]
    services.store.run(lambda db: db.prompts.replace(pool))
    switch_on(services, prompts=True)
    know(services, first.text, *FLOATS)
    assert choose_extras(services, first.text, VECTOR).prompt == "Good."


def test_prompts_that_do_not_help_are_never_used(services: Services, ask_round: AskRound) -> None:
    first = ask_round(services)
    list(rank(services, query_id=first.query_id, order=Order((("A",),), ("B", "C"))))
    pool = [StoredPrompt("Bad.", 1.0, (PromptOutcome(first.query_id, 0.4, ""),))]
    services.store.run(lambda db: db.prompts.replace(pool))
    switch_on(services, prompts=True)
    know(services, first.text, *FLOATS)
    assert choose_extras(services, first.text, VECTOR) == Extras()


def test_replies_of_a_deleted_conversation_are_never_shown(
    services: Services, ask_round: AskRound
) -> None:
    first = ask_round(services)
    list(rank(services, query_id=first.query_id, order=Order((("A",),), ("B", "C"))))
    switch_on(services, exemplars=True)
    know(services, first.text, *FLOATS)
    assert choose_extras(services, first.text, VECTOR).exemplars
    services.store.run(lambda db: db.conversations.delete(first.conversation_id, 9.0))
    assert choose_extras(services, first.text, VECTOR) == Extras()
