"""Documents: attach a file to a conversation, list what is attached, take it away again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.cancel import CancelToken
from assistant.domain.documents import Document, DocumentId, Piece, cut_pages
from assistant.domain.errors import Cancelled, UsageProblem
from assistant.domain.events import Progress
from assistant.domain.model import ConversationId
from assistant.storage.document_text import DocumentText, read_document
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database

MOST_DOCUMENTS = 50  # of one conversation
MOST_PASSAGES = 5000  # of one conversation: comparing them all takes a tenth of a second
AT_ONCE = 16  # passages embedded for one question, so that other questions wait for half a second


@dataclass(frozen=True, slots=True)
class DocumentAdded:
    """The document is stored with all its passages."""

    conversation_id: ConversationId
    document: Document


def add_document(
    services: Services,
    *,
    file: Path,
    conversation_id: ConversationId | None,
    cancel: CancelToken,
) -> Iterator[Progress | DocumentAdded]:
    """Attach a file to a conversation (a new one if None); it ends with DocumentAdded.

    UsageProblem with the reason if the file cannot be used, Cancelled if it was taken back;
    nothing is stored then.
    """
    file = file.expanduser().absolute()
    yield Progress(f"Reading {file.name}", 0, 1)
    if conversation_id is not None:
        services.store.run(lambda db: db.conversations.get(conversation_id))
    text = read_document(file)
    pieces = list(cut_pages(text.pages, numbered=text.numbered))
    services.store.run(lambda db: _check_room(db, conversation_id, text, len(pieces)))
    vectors: list[bytes] = []
    for begin in range(0, len(pieces), AT_ONCE):
        if cancel.cancelled:
            raise Cancelled
        yield Progress(f"Reading {file.name}", begin, len(pieces))
        texts = [piece.text for piece in pieces[begin : begin + AT_ONCE]]
        found = services.learner.vectors(texts)
        vectors += [found[one] for one in texts]
    now = services.clock()
    yield services.store.run(lambda db: _store(db, conversation_id, text, pieces, vectors, now))


def list_documents(
    services: Services, *, conversation_id: ConversationId | None
) -> tuple[Document, ...]:
    """The documents attached to a conversation (None: to any), the oldest first."""

    def read(db: Database) -> tuple[Document, ...]:
        if conversation_id is not None:
            db.conversations.get(conversation_id)
        return db.documents.attached(conversation_id)

    return services.store.run(read)


def remove_document(services: Services, *, document_id: DocumentId) -> None:
    """Remove a document and its text; past rounds still name it as their source."""
    services.store.run(lambda db: db.documents.remove(document_id))


def _check_room(
    db: Database, conversation_id: ConversationId | None, text: DocumentText, passages: int
) -> None:
    """UsageProblem if a conversation has the document already, or cannot take it any more."""
    if conversation_id is None:
        return
    if db.documents.holds(conversation_id, text.sha256):
        raise UsageProblem(f"{text.name} is attached to this conversation already.")
    attached = db.documents.attached(conversation_id)
    total = sum(document.passages for document in attached) + passages
    if len(attached) >= MOST_DOCUMENTS or total > MOST_PASSAGES:
        raise UsageProblem(
            f"A conversation takes {MOST_DOCUMENTS} documents with {MOST_PASSAGES:,} passages; "
            "remove one of them, or attach this one to a new conversation."
        )


def _store(
    db: Database,
    conversation_id: ConversationId | None,
    text: DocumentText,
    pieces: list[Piece],
    vectors: list[bytes],
    now: float,
) -> DocumentAdded:
    """Put everything on disk at once, checked again: another one may have come in meanwhile."""
    _check_room(db, conversation_id, text, len(pieces))
    into = db.conversations.add(text.name, now) if conversation_id is None else conversation_id
    pairs = zip(pieces, vectors, strict=True)
    return DocumentAdded(into, db.documents.add(into, text, pairs, now))
