"""attune settings: how the program is set up."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from assistant.cli.session import session_of
from assistant.domain.errors import UsageProblem
from assistant.settings import ALL, LANGUAGE, MODEL, SERVER_KEY, SERVER_MODEL, SERVER_URL, Setting
from assistant.storage.database import Database, open_database
from assistant.usecases.language_note import note_language
from assistant.usecases.models import use_model


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    settings = typer.Typer(help="How the program is set up.", no_args_is_help=True)
    settings.command("list")(list_settings)
    settings.command("set")(set_setting)
    program.add_typer(settings, name="settings")


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
        if setting in (SERVER_URL, SERVER_MODEL, SERVER_KEY):
            raise UsageProblem("A server is chosen with `attune models server URL`.")
        if key == MODEL.key:
            use_model(database, session.paths, value)
        else:
            database.run(lambda db: db.settings.set(setting, value))
        stored = database.run(lambda db: _value(db, key))
        if key == LANGUAGE.key:
            note_language(session.paths, str(stored))
    finally:
        database.close()
    session.finish({"key": key, "value": stored})
    session.say(f"{key} = {stored}")


def _value(db: Database, key: str) -> object:
    """The value of the setting of that key; of a secret one only whether there is one."""
    setting = _setting(key)
    value = db.settings.get(setting)
    return "(set)" if setting.secret and value else value


def _setting(key: str) -> Setting[Any]:
    """The setting of that key; UsageProblem if there is none."""
    for item in ALL:
        if item.key == key:
            return item
    raise UsageProblem(f"There is no setting “{key}”; `attune settings list` names them.")
