"""attune conversations: what was said."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.as_json import conversation_json, hit_json, round_json
from assistant.cli.session import counted, readable, session_of
from assistant.domain.errors import UsageProblem
from assistant.domain.model import ConversationId, Hit, QueryId
from assistant.usecases import history
from assistant.usecases.copy_chat import copy_from
from assistant.usecases.edit_reply import edit_reply
from assistant.usecases.import_chats import import_chats
from assistant.usecases.rank import choose_reply

ConversationArgument = Annotated[int, typer.Argument(metavar="ID", help="Its number")]


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    conversations = typer.Typer(help="What was said.", no_args_is_help=True)
    conversations.command("list")(list_all)
    conversations.command("search")(search)
    conversations.command("show")(show)
    conversations.command("export")(export)
    conversations.command("import")(import_file)
    conversations.command("delete")(delete)
    conversations.command("restore")(restore)
    conversations.command("mark")(mark)
    conversations.command("version")(version)
    conversations.command("reply")(reply)
    conversations.command("copy")(copy)
    program.add_typer(conversations, name="conversations")


def list_all(
    context: typer.Context,
    deleted: Annotated[bool, typer.Option(help="Those that `restore` can bring back")] = False,
) -> None:
    """Name all conversations, the latest used (or deleted) first."""
    session = session_of(context)
    with session.services() as services:
        listing = history.list_deleted if deleted else history.list_conversations
        found = listing(services)
    session.finish({"conversations": [conversation_json(conversation) for conversation in found]})
    for conversation in found:
        marks = f"{'*' if conversation.pinned else ' '}{conversation.id:>5}"
        folder = f"  [{conversation.folder}]" if conversation.folder else ""
        session.say(f"{marks}  {conversation.title}{folder}")
    if not found:
        session.say("No conversation was deleted." if deleted else "No conversation is stored.")


def search(context: typer.Context, text: Annotated[str, typer.Argument()]) -> None:
    """Find where all words of a text occur in titles, queries and replies."""
    session = session_of(context)
    with session.services() as services:
        hits = history.find(services, text=text)
        found = history.list_conversations(services, text=text)
    session.finish(
        {
            "conversations": [conversation_json(conversation) for conversation in found],
            "hits": [hit_json(hit) for hit in hits],
        }
    )
    for hit in hits:
        place = f"{hit.conversation.id:>5}" + (f" query {hit.query_id}" if hit.query_id else "")
        excerpt = hit.excerpt.replace(Hit.START, "[").replace(Hit.END, "]")
        session.say(f"{place}  {hit.conversation.title}: {' '.join(excerpt.split())}")
    if not hits:
        session.say(f"Nothing contains “{text}”.")


def show(context: typer.Context, number: ConversationArgument) -> None:
    """Show one conversation with its queries, replies and rankings."""
    session = session_of(context)
    with session.services() as services:
        found = history.show(services, conversation_id=ConversationId(number))
    session.finish(
        {
            **conversation_json(found.conversation),
            "rounds": [round_json(round_) for round_ in found.rounds],
        }
    )
    session.say(history.as_markdown(found).rstrip())
    numbers = ", ".join(str(round_.query_id) for round_ in found.rounds)
    session.say(f"\nQueries: {numbers or 'none'}")
    for round_ in found.rounds:
        if len(round_.versions) > 1:
            others = ", ".join(str(v) for v in round_.versions if v != round_.query_id)
            session.say(f"Query {round_.query_id} has other versions: {others}")


def export(
    context: typer.Context,
    number: ConversationArgument,
    file: Annotated[Path, typer.Argument(help="A .json file gets everything, others Markdown")],
) -> None:
    """Write one conversation into a file."""
    session = session_of(context)
    with session.services() as services:
        history.export(services, conversation_id=ConversationId(number), file=file)
    session.finish({"id": number, "file": str(file)})
    session.say(f"Written to {file}")


def delete(context: typer.Context, number: ConversationArgument) -> None:
    """Delete one conversation; it can be brought back for 30 days."""
    session = session_of(context)
    with session.services() as services:
        history.delete(services, conversation_id=ConversationId(number))
    session.finish({"id": number, "deleted": True})
    session.say(
        f"Conversation {number} is deleted; `attune conversations restore {number}` brings it "
        "back for 30 days."
    )


def restore(context: typer.Context, number: ConversationArgument) -> None:
    """Bring a deleted conversation back."""
    session = session_of(context)
    with session.services() as services:
        history.bring_back(services, conversation_id=ConversationId(number))
    session.finish({"id": number, "deleted": False})
    session.say(f"Conversation {number} is back.")


def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="conversations.json or .zip of ChatGPT or Claude")],
) -> None:
    """Take over the chats of another program; each comes in once."""
    session = session_of(context)
    with session.services() as services:
        done = import_chats(services, file=file)
    session.finish(
        {
            "program": done.program,
            "added": done.added,
            "known": done.known,
            "left_out": done.left_out,
        }
    )
    session.say(
        f"{counted(done.added, 'conversation')} from {done.program} added, "
        f"{done.known} {'was' if done.known == 1 else 'were'} here already, "
        f"{counted(done.left_out, 'entry', 'entries')} held no conversation."
    )


def mark(
    context: typer.Context,
    number: ConversationArgument,
    pinned: Annotated[bool | None, typer.Option("--pin/--unpin", help="Keep it on top")] = None,
    folder: Annotated[str | None, typer.Option(help="Its folder; empty for none")] = None,
    learn: Annotated[
        bool | None, typer.Option("--learn/--no-learn", help="Learn from its rankings")
    ] = None,
) -> None:
    """Pin a conversation, put it into a folder, or keep the program from learning from it."""
    session = session_of(context)
    chosen = ConversationId(number)
    with session.services() as services:
        if pinned is not None:
            history.set_pinned(services, conversation_id=chosen, pinned=pinned)
        if folder is not None:
            history.set_folder(services, conversation_id=chosen, folder=folder)
        if learn is not None:
            history.set_learn(services, conversation_id=chosen, learn=learn)
        conversation = history.show(services, conversation_id=chosen).conversation
    session.finish(conversation_json(conversation))
    session.say(
        f"{conversation.title}: {'pinned' if conversation.pinned else 'not pinned'}, "
        f"folder {conversation.folder or 'none'}, "
        f"{'learned from' if conversation.learn else 'not learned from'}"
    )


def version(
    context: typer.Context,
    query_id: Annotated[int, typer.Argument(metavar="QUERY_ID", help="The version to show")],
) -> None:
    """Go back to another version of an edited query, with what came after it."""
    session = session_of(context)
    with session.services() as services:
        found = history.show_version(services, query_id=QueryId(query_id))
    session.finish(
        {
            **conversation_json(found.conversation),
            "rounds": [round_json(round_) for round_ in found.rounds],
        }
    )
    session.say(history.as_markdown(found).rstrip())


def reply(
    context: typer.Context,
    query_id: Annotated[int, typer.Argument(metavar="QUERY_ID", help="The number of the query")],
    letter: Annotated[str, typer.Argument(help="Its reply")],
    edit: Annotated[str | None, typer.Option(help="Your text in its place; the old one stays")] = (
        None
    ),
    version: Annotated[
        int, typer.Option(help="0 as it was written, 1 and on as you edited it", min=0)
    ] = 0,
) -> None:
    """Go on with a reply of a query, as it was written or as you edit it."""
    session = session_of(context)
    chosen, name = QueryId(query_id), letter.upper()
    if edit is not None and version:
        raise UsageProblem(
            "A new text is a version of its own; give --edit or --version, not both."
        )
    with session.services() as services:
        if edit is not None:
            round_ = edit_reply(services, query_id=chosen, letter=name, text=readable(edit))
        else:
            round_ = choose_reply(services, query_id=chosen, letter=name, version=version)
    candidate = round_.candidate(name)
    session.finish(round_json(round_))
    mark = f" (version {candidate.version} of {len(candidate.edits)} edited by you)"
    session.say(f"── {name}{mark if candidate.version else ''}\n{candidate.said}")


def copy(
    context: typer.Context,
    query_id: Annotated[int, typer.Argument(metavar="QUERY_ID", help="The last turn to copy")],
    letter: Annotated[str, typer.Option(help="The reply to go on with in the copy")] = "",
) -> None:
    """Copy a conversation up to one of its queries, to go on another way."""
    session = session_of(context)
    with session.services() as services:
        made = copy_from(services, query_id=QueryId(query_id), letter=letter.upper())
    session.finish(conversation_json(made))
    session.say(f"Conversation {made.id} is the copy; the original is as it was.")
