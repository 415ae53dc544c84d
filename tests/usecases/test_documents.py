from __future__ import annotations

import pytest
from makers import MakeServices

from assistant.domain.cancel import CancelToken
from assistant.domain.documents import DocumentId
from assistant.domain.errors import Cancelled, UsageProblem
from assistant.domain.model import ConversationId
from assistant.usecases import documents
from assistant.usecases.documents import (
    DocumentAdded,
    add_document,
    list_documents,
    remove_document,
)


def attach(services, file, conversation_id=None):
    steps = list(
        add_document(services, file=file, conversation_id=conversation_id, cancel=CancelToken())
    )
    assert isinstance(steps[-1], DocumentAdded)
    return steps[-1]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text("# Boats\n\n" + "The keel is under the hull. " * 100)
    return path


def test_a_file_begins_a_conversation_or_joins_one(services, file, tmp_path):
    added = attach(services, file)
    other = tmp_path / "other.txt"
    other.write_text("Something else.")
    again = attach(services, other, added.conversation_id)
    found = list_documents(services, conversation_id=added.conversation_id)
    assert [document.name for document in found] == ["notes.md", "other.txt"]
    assert (
        found == (added.document, again.document) == list_documents(services, conversation_id=None)
    )
    assert found[0].passages > 3


def test_a_file_is_attached_once_to_a_conversation(services, file):
    added = attach(services, file)
    with pytest.raises(UsageProblem, match="already"):
        attach(services, file, added.conversation_id)
    assert attach(services, file).conversation_id != added.conversation_id


def test_what_is_refused_leaves_nothing_behind(services, file, tmp_path):
    binary = tmp_path / "picture.png"
    binary.write_bytes(b"\x89PNG\0")
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(UsageProblem, match="not a text file"):
        attach(services, binary)
    with pytest.raises(UsageProblem, match="no conversation 77"):
        attach(services, file, ConversationId(77))
    with pytest.raises(Cancelled):
        list(add_document(services, file=file, conversation_id=None, cancel=cancel))
    assert list_documents(services, conversation_id=None) == ()
    assert services.store.run(lambda db: db.conversations.all()) == ()


def test_a_conversation_takes_so_many_documents(services, tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "MOST_DOCUMENTS", 1)
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("one")
    second.write_text("two")
    added = attach(services, first)
    with pytest.raises(UsageProblem, match="remove one of them"):
        attach(services, second, added.conversation_id)


def test_a_removed_document_is_gone(make_services: MakeServices, file):
    services = make_services()
    added = attach(services, file)
    remove_document(services, document_id=added.document.id)
    assert list_documents(services, conversation_id=added.conversation_id) == ()
    with pytest.raises(UsageProblem, match="no document"):
        remove_document(services, document_id=DocumentId(1))
