"""What is read ahead is what is asked for with the same seed; nothing of it is stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from makers import AskRound, MakeServices
from plain_personalizer import PlainPersonalizer

from assistant.domain.cancel import CancelToken
from assistant.domain.events import RoundFinished
from assistant.domain.model import ConversationId, Order
from assistant.generation.scripted import ScriptedBackend
from assistant.personalization.learner import Choice, Policy
from assistant.settings import EXEMPLARS, QUESTIONS, REPLIES, SELECTOR, SHOW_BEST, Setting
from assistant.usecases.ask import ask
from assistant.usecases.documents import add_document
from assistant.usecases.rank import rank
from assistant.usecases.read_ahead import read_ahead
from assistant.usecases.rules import add_rule
from assistant.usecases.services import Services

TEXT, SEED = "How do I moor a boat?", 5
TABLES = ("queries", "candidates", "embeddings", "conversations", "predictions")


@pytest.fixture
def talked(services: Services, ask_round: AskRound) -> ConversationId:
    """A conversation with a ranked round, and everything that can guide the next one."""
    first = ask_round(services, "How do I sail?")
    list(rank(services, query_id=first.query_id, order=Order((("B",),), ("A", "C"))))
    add_rule(services, text="Speak like a pirate.")
    services.store.run(lambda db: db.settings.set(EXEMPLARS, True))
    return first.conversation_id


def rows(services: Services) -> list[int]:
    def count(table: str) -> int:
        return services.store.run(
            lambda db: int(db.tables.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        )

    return [count(table) for table in TABLES]


def ahead(services: Services, conversation: ConversationId | None, text: str = TEXT) -> None:
    read_ahead(services, text=text, conversation_id=conversation, seed=SEED, cancel=CancelToken())


def sent(services: Services, conversation: ConversationId | None) -> int:
    """Ask it; how many replies were written."""
    events = ask(services, text=TEXT, conversation_id=conversation, seed=SEED, cancel=CancelToken())
    (round_,) = [event.round for event in events if isinstance(event, RoundFinished)]
    return len(round_.candidates)


def same_as_read(services: Services) -> bool:
    """Whether turns and guidance of the last request are those that were read before."""
    backend = services.backend
    assert isinstance(backend, ScriptedBackend)
    request = backend.requests[-1]
    turns, guidance = backend.read_ahead[-1]
    return (turns, guidance) == (request.turns, tuple(d.guidance for d in request.drafts))


def test_the_query_that_is_sent_was_read_with_its_guidance(
    services: Services, talked: ConversationId
) -> None:
    ahead(services, talked, "How do I")
    ahead(services, talked, f" {TEXT}\n")
    assert sent(services, talked) == 3
    assert same_as_read(services)
    assert isinstance(services.backend, ScriptedBackend)
    texts = "".join(draft.guidance for draft in services.backend.requests[-1].drafts)
    assert "Speak like a pirate" in texts


def test_nothing_is_stored_before_a_query_is_sent(
    services: Services, talked: ConversationId
) -> None:
    before = rows(services)
    ahead(services, talked)
    ahead(services, None)
    assert rows(services) == before


def test_a_first_query_and_one_behind_an_unranked_round_are_read_too(
    services: Services, ask_round: AskRound
) -> None:
    ahead(services, None)
    sent(services, None)
    assert same_as_read(services)
    left = ask_round(services, "How do I sail?")
    ahead(services, left.conversation_id)
    sent(services, left.conversation_id)
    assert same_as_read(services)


@pytest.mark.parametrize(
    ("setting", "value", "replies"),
    [(REPLIES, 2, 2), (QUESTIONS, 1, 1), (SHOW_BEST, True, 3), (REPLIES, 0, 3)],
)
def test_as_many_replies_are_read_as_will_be_written(
    services: Services,
    talked: ConversationId,
    setting: Setting[int],
    value: int,
    replies: int,
) -> None:
    services.store.run(lambda db: db.settings.set(setting, value))
    ahead(services, talked)
    assert sent(services, talked) == replies
    assert same_as_read(services)


def test_passages_of_documents_are_read_with_it(
    services: Services, talked: ConversationId, tmp_path: Path
) -> None:
    file = tmp_path / "harbour.txt"
    file.write_text("To moor a boat, go against the wind and throw a line.", encoding="utf-8")
    list(add_document(services, file=file, conversation_id=talked, cancel=CancelToken()))
    ahead(services, talked)
    sent(services, talked)
    assert same_as_read(services)
    assert isinstance(services.backend, ScriptedBackend)
    assert "throw a line" in services.backend.requests[-1].turns[-1].text


def test_an_empty_message_reads_nothing(services: Services) -> None:
    ahead(services, None, " \n")
    assert isinstance(services.backend, ScriptedBackend)
    assert not services.backend.read_ahead


class Cancels(PlainPersonalizer):
    """The user types on while tags are chosen."""

    def __init__(self, cancel: CancelToken) -> None:
        super().__init__()
        self._cancel = cancel

    def begin_choice(self, query: str, policy: Policy, seed: int) -> Callable[[], Choice]:
        self._cancel.cancel()
        return super().begin_choice(query, policy, seed)


def test_guidance_of_a_message_that_has_changed_is_not_read(make_services: MakeServices) -> None:
    cancel, backend = CancelToken(), ScriptedBackend()
    services = make_services(backend, Cancels(cancel))
    read_ahead(services, text=TEXT, seed=SEED, cancel=cancel)
    assert not backend.read_ahead


def test_tags_that_the_chat_model_chooses_wait_until_it_is_asked(
    services: Services, talked: ConversationId
) -> None:
    services.store.run(lambda db: db.settings.set(SELECTOR, "premium-prompt"))
    ahead(services, talked)
    assert isinstance(services.backend, ScriptedBackend)
    (read,) = services.backend.read_ahead
    assert read[1] == ("", "", "")
