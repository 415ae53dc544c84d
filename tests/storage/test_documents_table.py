from __future__ import annotations

import pytest

from assistant.domain.documents import DocumentId, Piece, Source
from assistant.domain.errors import UsageProblem
from assistant.storage.document_text import DocumentText

BOOK = DocumentText("book.pdf", "f" * 64, ("one", "two"), numbered=True)
PIECES = ((Piece(1, "The harbour opens at dawn."), b"aaaa"), (Piece(2, "Nets dry."), b"bbbb"))


def attached(db, name="One"):
    conversation = db.conversations.add(name, 1.0)
    return conversation, db.documents.add(conversation, BOOK, PIECES, 2.0)


def test_a_document_is_read_back_with_its_passages(database):
    conversation, document = database.run(attached)
    assert (document.name, document.pages, document.passages) == ("book.pdf", 2, 2)
    assert database.run(lambda db: db.documents.attached(conversation)) == (document,)
    assert database.run(lambda db: db.documents.holds(conversation, "f" * 64))
    vectors = database.run(lambda db: db.documents.vectors(conversation))
    assert list(vectors.values()) == [b"aaaa", b"bbbb"]
    passages = database.run(lambda db: db.documents.passages(list(vectors)[::-1]))
    assert [(p.document, p.page, p.text) for p in passages] == [
        ("book.pdf", 2, "Nets dry."),
        ("book.pdf", 1, "The harbour opens at dawn."),
    ]


def test_words_find_passages_of_their_conversation_only(database):
    first, _ = database.run(attached)
    second, _ = database.run(lambda db: attached(db, "Two"))
    found = {
        one: database.run(lambda db, one=one: db.documents.with_words(one, "When? Dawn!", 9))
        for one in (first, second, None)
    }
    assert len(found[first]) == len(found[second]) == 1
    assert found[first] != found[second]
    assert sorted(found[None]) == sorted(found[first] + found[second])
    assert database.run(lambda db: db.documents.with_words(first, '?! " *', 9)) == []
    long = "dawn " + " ".join(f"word{n}" for n in range(5000))
    assert database.run(lambda db: db.documents.with_words(first, long, 9)) == found[first]


def test_a_source_outlives_its_document_without_its_text(database):
    def write(db):
        conversation, document = attached(db)
        query = db.rounds.add_query(conversation, "When?", 3.0)
        passages = db.documents.passages(list(db.documents.vectors(conversation)))
        db.documents.set_sources(query, passages)
        db.documents.set_sources(query, passages[:1])  # in place of those before
        return query, document.id

    query, document = database.run(write)
    text = PIECES[0][0].text
    assert database.run(lambda db: db.rounds.get(query)).sources == (Source("book.pdf", 1, text),)
    database.run(lambda db: db.documents.remove(document))
    assert database.run(lambda db: db.rounds.get(query)).sources == (Source("book.pdf", 1, ""),)
    assert database.run(lambda db: db.documents.attached(None)) == ()


def test_no_word_of_a_removed_document_stays_in_the_file(database, file):
    _, document = database.run(attached)
    assert b"harbour" in _bytes(database, file)
    database.run(lambda db: db.documents.remove(document.id))
    assert b"harbour" not in _bytes(database, file)
    with pytest.raises(UsageProblem, match="no document 99"):
        database.run(lambda db: db.documents.remove(DocumentId(99)))


def test_documents_go_with_their_conversation(database, file):
    conversation, _ = database.run(attached)
    database.run(lambda db: db.conversations.delete(conversation, 3.0))
    assert database.run(lambda db: db.documents.attached(None)) == ()
    database.run(lambda db: db.conversations.purge(4.0))
    assert b"harbour" not in _bytes(database, file)


def _bytes(database, file):
    """Everything in the data file and its log."""
    database.tables.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return b"".join(path.read_bytes() for path in file.parent.glob("attune.db*"))
