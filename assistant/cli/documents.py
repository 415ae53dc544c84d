"""attune documents: files that the replies of a conversation draw on."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.session import cancelled_by_interrupt, readable, session_of
from assistant.domain.documents import Document, DocumentId
from assistant.domain.errors import UsageProblem
from assistant.domain.model import ConversationId
from assistant.usecases.documents import (
    DocumentAdded,
    add_document,
    list_documents,
    remove_document,
)
from assistant.usecases.sources import find_passages

NEW = "new"
NOTHING = "No document is attached."
SHOWN = 200  # characters of a passage for a reader; JSON has all of it

ConversationOption = Annotated[int | None, typer.Option(help="Only this conversation's")]


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    documents = typer.Typer(
        help="Files that the replies of a conversation draw on.", no_args_is_help=True
    )
    documents.command("add")(add)
    documents.command("list")(list_all)
    documents.command("remove")(remove)
    documents.command("find")(find)
    program.add_typer(documents, name="documents")


def add(
    context: typer.Context,
    conversation: Annotated[
        str, typer.Argument(metavar="CONVERSATION_ID", help="Its number, or “new”")
    ],
    file: Annotated[Path, typer.Argument(help="Plain text, Markdown, source code or PDF")],
) -> None:
    """Attach a file to a conversation; the passages that fit a query then go into its prompt."""
    session = session_of(context)
    number = None if conversation == NEW else ConversationId(_number(conversation))
    added: DocumentAdded | None = None
    with session.services() as services, cancelled_by_interrupt() as cancel:
        for step in add_document(services, file=file, conversation_id=number, cancel=cancel):
            if isinstance(step, DocumentAdded):
                added = step
            elif step.done:
                session.note(f"{step.what}: {step.done} of {step.total} passages")
    if added is None:
        raise AssertionError("a document was neither stored nor refused")
    session.finish({"conversation_id": added.conversation_id, "document": asdict(added.document)})
    session.say(
        f"{_about(added.document)}\n"
        f'Ask with `attune ask "..." --conversation {added.conversation_id}`.'
    )


def list_all(context: typer.Context, conversation: ConversationOption = None) -> None:
    """Name the documents that are attached."""
    session = session_of(context)
    with session.services() as services:
        found = list_documents(services, conversation_id=_chosen(conversation))
    session.finish({"documents": [asdict(document) for document in found]})
    for document in found:
        session.say(_about(document))
    if not found:
        session.say(NOTHING)


def remove(
    context: typer.Context,
    document: Annotated[int, typer.Argument(metavar="DOCUMENT_ID", help="Its number")],
) -> None:
    """Take a document away from its conversation, with its text."""
    session = session_of(context)
    with session.services() as services:
        remove_document(services, document_id=DocumentId(document))
    session.finish({"id": document, "removed": True})
    session.say(f"Document {document} is removed; its file was not touched.")


def find(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="QUERY", help="What is looked for")],
    conversation: ConversationOption = None,
) -> None:
    """Show the passages of attached documents that fit a query best."""
    session = session_of(context)
    chosen = _chosen(conversation)
    with session.services() as services:
        list_documents(services, conversation_id=chosen)  # refuses a conversation that is not there
        found = find_passages(services, conversation_id=chosen, text=readable(text))
    session.finish(
        {
            "passages": [
                {
                    "document": one.passage.document,
                    "page": one.passage.page,
                    "text": one.passage.text,
                    "score": one.score,
                    "likeness": one.likeness,
                }
                for one in found
            ]
        }
    )
    for one in found:
        beginning = textwrap.shorten(one.passage.text, SHOWN, placeholder="…")
        session.say(f"{one.passage.source.label}: {beginning}")
    if not found:
        session.say(NOTHING)


def _number(text: str) -> int:
    """The number of a conversation as typed."""
    if not text.isdecimal():
        raise UsageProblem(f"“{text}” is no conversation; give its number, or “{NEW}”.")
    return int(text)


def _chosen(number: int | None) -> ConversationId | None:
    """The conversation that an option names, if any."""
    return None if number is None else ConversationId(number)


def _about(document: Document) -> str:
    """One document for a reader."""
    pages = f"{document.pages} pages, " if document.pages else ""
    return (
        f"{document.id:>5}  {document.name}: {pages}{document.characters:,} characters, "
        f"{document.passages} passages, in conversation {document.conversation_id}"
    )
