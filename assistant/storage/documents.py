"""Documents of conversations: their passages, found by words, and the sources of each query."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database as Tables

from assistant.domain.documents import Document, DocumentId, Piece, Source
from assistant.domain.errors import UsageProblem
from assistant.domain.model import ConversationId, QueryId
from assistant.storage.document_text import DocumentText
from assistant.storage.rows import insert

_WORD = re.compile(r"\w+")
_MOST_WORDS = 200  # of a query: what is asked stands at its beginning
_ATTACHED = """conversation_id IN (
    SELECT id FROM conversations WHERE deleted_at IS NULL AND id = ifnull(?, id))"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored passage of a document."""

    id: int
    document: str
    page: int | None
    text: str

    @property
    def source(self) -> Source:
        """It as what a query's replies were told."""
        return Source(self.document, self.page, self.text)


class Documents:
    """The tables of documents; use inside a transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(
        self,
        conversation_id: ConversationId,
        text: DocumentText,
        passages: Iterable[tuple[Piece, bytes]],
        now: float,
    ) -> Document:
        """Attach a document with its passages and their vectors."""
        row = {
            "conversation_id": conversation_id,
            "name": text.name,
            "sha256": text.sha256,
            "characters": text.characters,
            "pages": len(text.pages) if text.numbered else None,
            "added_at": now,
        }
        document_id = DocumentId(insert(self._tables, "documents", row))
        for piece, vector in passages:
            passage = {"document_id": document_id, "page": piece.page, "text": piece.text}
            self._add_passage({**passage, "vector": vector})
        return self.get(document_id)

    def copy(self, original: ConversationId, to: ConversationId) -> None:
        """Attach what is attached to one conversation to another one too."""
        for document in self.attached(original):
            row = dict(self._tables.table("documents").get(document.id))
            del row["id"]
            copy = insert(self._tables, "documents", {**row, "conversation_id": to})
            for passage in self._tables.query(
                "SELECT page, text, vector FROM passages WHERE document_id = ? ORDER BY id",
                [document.id],
            ):
                self._add_passage({**passage, "document_id": copy})

    def holds(self, conversation_id: ConversationId, sha256: str) -> bool:
        """Whether a file of these bytes is attached already."""
        rows = self._tables.query(
            "SELECT 1 FROM documents WHERE conversation_id = ? AND sha256 = ?",
            [conversation_id, sha256],
        )
        return any(True for _ in rows)

    def get(self, document_id: DocumentId) -> Document:
        """One document; UsageProblem if there is none of that id."""
        for document in self._read("d.id = ?", [document_id]):
            return document
        raise UsageProblem(
            f"There is no document {document_id}; `attune documents list` names those there are."
        )

    def attached(self, conversation_id: ConversationId | None) -> tuple[Document, ...]:
        """The documents attached to a conversation (None: to any), the oldest first."""
        return self._read(f"d.{_ATTACHED}", [conversation_id])

    def remove(self, document_id: DocumentId) -> None:
        """Remove a document with its text; sources that named it keep its name and page."""
        self.get(document_id)
        self._tables.execute("DELETE FROM documents WHERE id = ?", [document_id])
        self.drop_orphans()

    def drop_orphans(self) -> None:
        """Forget the words of passages that are gone, and write the index anew without them."""
        gone = self._tables.execute(
            "DELETE FROM passage_texts WHERE rowid NOT IN (SELECT id FROM passages)"
        ).rowcount
        if gone:
            self._tables.execute("INSERT INTO passage_texts(passage_texts) VALUES ('optimize')")

    def vectors(self, conversation_id: ConversationId | None) -> dict[int, bytes]:
        """The vector of every passage of a conversation (None: of all), by the passage's id."""
        rows = self._tables.query(
            "SELECT p.id, p.vector FROM passages p JOIN documents d ON d.id = p.document_id "  # noqa: S608
            f"WHERE d.{_ATTACHED}",
            [conversation_id],
        )
        return {row["id"]: row["vector"] for row in rows}

    def with_words(
        self, conversation_id: ConversationId | None, text: str, limit: int
    ) -> list[int]:
        """Passages of a conversation (None: of all) with words of `text`, by BM25."""
        found = list(dict.fromkeys(_WORD.findall(text.lower())))[:_MOST_WORDS]
        words = " OR ".join(f'"{word}"' for word in found)
        if not words:
            return []
        rows = self._tables.query(
            f"""SELECT passage_texts.rowid AS id FROM passage_texts
                JOIN passages p ON p.id = passage_texts.rowid
                JOIN documents d ON d.id = p.document_id
                WHERE passage_texts MATCH ? AND d.{_ATTACHED} ORDER BY rank LIMIT ?""",  # noqa: S608
            [words, conversation_id, limit],
        )
        return [row["id"] for row in rows]

    def passages(self, ids: Sequence[int]) -> tuple[Passage, ...]:
        """Stored passages in the order given."""
        found = {
            row["id"]: Passage(row["id"], row["name"], row["page"], row["text"])
            for row in self._tables.query(
                "SELECT p.id, d.name, p.page, p.text FROM passages p "
                "JOIN documents d ON d.id = p.document_id "
                "WHERE p.id IN (SELECT value FROM json_each(?))",
                [json.dumps(list(ids))],
            )
        }
        return tuple(found[one] for one in ids if one in found)

    def set_sources(self, query_id: QueryId, passages: Sequence[Passage]) -> None:
        """Note which passages stand in a query's prompt, in place of what was noted before."""
        self._tables.execute("DELETE FROM sources WHERE query_id = ?", [query_id])
        for place, passage in enumerate(passages):
            row = {"query_id": query_id, "place": place, "passage_id": passage.id}
            self._tables.table("sources").insert(
                {**row, "document": passage.document, "page": passage.page}
            )

    def sources(self, query_ids: Iterable[QueryId]) -> dict[QueryId, tuple[Source, ...]]:
        """The sources of queries, in the order of the prompt."""
        found: dict[QueryId, tuple[Source, ...]] = {}
        for row in self._tables.query(
            "SELECT s.query_id, s.document, s.page, p.text FROM sources s "
            "LEFT JOIN passages p ON p.id = s.passage_id "
            "WHERE s.query_id IN (SELECT value FROM json_each(?)) ORDER BY s.query_id, s.place",
            [json.dumps(list(query_ids))],
        ):
            query_id = QueryId(row["query_id"])
            source = Source(row["document"], row["page"], row["text"] or "")
            found[query_id] = (*found.get(query_id, ()), source)
        return found

    def _add_passage(self, row: Mapping[str, object]) -> None:
        """One passage, with its words where they are found."""
        passage_id = insert(self._tables, "passages", row)
        self._tables.execute(
            "INSERT INTO passage_texts(rowid, text) VALUES (?, ?)", [passage_id, row["text"]]
        )

    def _read(self, where: str, parameters: list[object]) -> tuple[Document, ...]:
        """Documents that satisfy `where`, with the number of their passages."""
        rows = self._tables.query(
            "SELECT d.*, (SELECT count(*) FROM passages WHERE document_id = d.id) AS passages "  # noqa: S608
            f"FROM documents d WHERE {where} ORDER BY d.id",
            parameters,
        )
        return tuple(
            Document(
                id=DocumentId(row["id"]),
                conversation_id=row["conversation_id"],
                name=row["name"],
                characters=row["characters"],
                pages=row["pages"],
                passages=row["passages"],
                added_at=row["added_at"],
            )
            for row in rows
        )
