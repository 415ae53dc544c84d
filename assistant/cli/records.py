"""attune conversations and settings: what is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.as_json import conversation_json, round_json
from assistant.cli.session import Session, session_of
from assistant.domain.errors import UsageProblem
from assistant.domain.model import ConversationId
from assistant.settings import ALL, MODEL, Setting
from assistant.storage.database import Database, open_database
from assistant.usecases import history
from assistant.usecases.models import use_model

ConversationArgument = Annotated[int, typer.Argument(metavar="ID", help="Its number")]


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    conversations = typer.Typer(help="What was said.", no_args_is_help=True)
    conversations.command("list")(list_all)
    conversations.command("search")(search)
    conversations.command("show")(show)
    conversations.command("export")(export)
    conversations.command("delete")(delete)
    conversations.command("restore")(restore)
    program.add_typer(conversations, name="conversations")
    settings = typer.Typer(help="How the program is set up.", no_args_is_help=True)
    settings.command("list")(list_settings)
    settings.command("set")(set_setting)
    program.add_typer(settings, name="settings")


def list_all(context: typer.Context) -> None:
    """Name all conversations, the latest used first."""
    _list(session_of(context), "")


def search(context: typer.Context, text: Annotated[str, typer.Argument()]) -> None:
    """Name the conversations that contain a text."""
    _list(session_of(context), text)


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


def list_settings(context: typer.Context) -> None:
    """Name all settings with their values."""
    session = session_of(context)
    database = open_database(session.paths.database)
    try:
        values = database.run(lambda db: {item.key: _value(db, item.key) for item in ALL})
    finally:
        database.close()
    session.finish({"settings": values})
    for item in ALL:
        session.say(f"{item.key} = {values[item.key]}  ({item.help})")


def set_setting(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="As `settings list` names it")],
    value: Annotated[str, typer.Argument()],
) -> None:
    """Change one setting; a model file is checked first."""
    session = session_of(context)
    setting = _setting(key)
    database = open_database(session.paths.database)
    try:
        if key == MODEL.key:
            use_model(database, session.paths, value)
        else:
            database.run(lambda db: db.settings.set(setting, value))
        stored = database.run(lambda db: _value(db, key))
    finally:
        database.close()
    session.finish({"key": key, "value": stored})
    session.say(f"{key} = {stored}")


def _list(session: Session, text: str) -> None:
    """Conversations as lines or JSON."""
    with session.services() as services:
        found = history.list_conversations(services, text=text)
    session.finish({"conversations": [conversation_json(conversation) for conversation in found]})
    for conversation in found:
        session.say(f"{conversation.id:>5}  {conversation.title}")
    if not found:
        session.say("No conversation is stored." if not text else f"Nothing contains “{text}”.")


def _value(db: Database, key: str) -> object:
    """The value of the setting of that key."""
    return db.settings.get(_setting(key))


def _setting(key: str) -> Setting[Any]:
    """The setting of that key; UsageProblem if there is none."""
    for item in ALL:
        if item.key == key:
            return item
    raise UsageProblem(f"There is no setting “{key}”; `attune settings list` names them.")
