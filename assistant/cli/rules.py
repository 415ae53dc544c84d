"""attune rules: what the program believes you like, in sentences, and your say in it."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.as_json import rule_json
from assistant.cli.session import session_of
from assistant.domain.model import Rule, RuleId
from assistant.usecases.rules import add_rule, edit_rule, list_rules, remove_rule, set_rule

RuleNumber = Annotated[int, typer.Argument(metavar="NUMBER", help="As `rules list` shows it")]
RuleText = Annotated[str, typer.Argument(metavar="TEXT", help="What replies should be like")]


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    rules = typer.Typer(help="Rules for the replies to you.", no_args_is_help=True)
    rules.command("list")(show)
    rules.command("add")(add)
    rules.command("edit")(edit)
    rules.command("pin")(pin)
    rules.command("ban")(ban)
    rules.command("free")(free)
    rules.command("remove")(remove)
    program.add_typer(rules, name="rules")


def show(context: typer.Context) -> None:
    """All rules with the rankings behind them."""
    session = session_of(context)
    with session.services() as services:
        rules = list_rules(services)
    session.finish({"rules": [rule_json(rule) for rule in rules]})
    if not rules:
        session.say("There are no rules yet; rank some replies, then run `attune learn`.")
    for rule in rules:
        session.say(_line(rule))


def add(context: typer.Context, text: RuleText) -> None:
    """Add a rule of your own; it is used from now on."""
    session = session_of(context)
    with session.services() as services:
        rule = add_rule(services, text=text)
    session.finish(rule_json(rule))
    session.say(_line(rule))


def edit(context: typer.Context, number: RuleNumber, text: RuleText) -> None:
    """Say a rule in your own words."""
    session = session_of(context)
    with session.services() as services:
        rule = edit_rule(services, rule_id=RuleId(number), text=text)
    session.finish(rule_json(rule))
    session.say(_line(rule))


def pin(context: typer.Context, number: RuleNumber) -> None:
    """Always use a rule."""
    _flag(context, number, pinned=True)


def ban(context: typer.Context, number: RuleNumber) -> None:
    """Never use a rule."""
    _flag(context, number, banned=True)


def free(context: typer.Context, number: RuleNumber) -> None:
    """Use a rule only while your rankings bear it out."""
    _flag(context, number)


def remove(context: typer.Context, number: RuleNumber) -> None:
    """Delete a rule; `ban` also keeps it from being found again."""
    session = session_of(context)
    with session.services() as services:
        rule = remove_rule(services, rule_id=RuleId(number))
    session.finish({"removed": rule_json(rule)})
    session.say(f"Removed: {rule.text}")


def _flag(
    context: typer.Context, number: int, *, pinned: bool = False, banned: bool = False
) -> None:
    """Store what the user wants of a rule."""
    session = session_of(context)
    with session.services() as services:
        rule = set_rule(services, rule_id=RuleId(number), pinned=pinned, banned=banned)
    session.finish(rule_json(rule))
    session.say(_line(rule))


def _line(rule: Rule) -> str:
    """One rule for a reader."""
    state = "banned" if rule.banned else "pinned" if rule.pinned else ""
    state = state or ("in use" if rule.alive else "not borne out")
    came = ", came with a profile" if rule.profile else ""
    support = f", {rule.right:.0f} of {rule.judged} held-out pairs" if rule.judged else ""
    behind = f", rankings {', '.join(map(str, rule.evidence))}" if rule.evidence else ""
    return f"{rule.id}. {rule.text} ({state}{came}{support}{behind})"
