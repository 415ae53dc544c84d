"""attune learn, profile, tag: what was learned, and the user's say in it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from assistant.cli.agent import learn_slowly, progress_line
from assistant.cli.as_json import profile_json
from assistant.cli.profile_files import add_profile_commands, add_tag_commands
from assistant.cli.prompts import learn_pool
from assistant.cli.session import cancelled_by_interrupt, counted, session_of
from assistant.domain.errors import UsageProblem
from assistant.domain.statistics import Share
from assistant.personalization.learner import PlacePull, Taste
from assistant.usecases.forget import forget as forget_all
from assistant.usecases.guesses import Sureness
from assistant.usecases.learn import Learned
from assistant.usecases.learn import learn as learn_all
from assistant.usecases.profile import Profile, set_tag
from assistant.usecases.profile import profile as read_profile

SHOWN = 12  # tags named to a reader; JSON has them all


class Part(StrEnum):
    """What can be learned by itself."""

    SELECTOR = "selector"
    SCORER = "scorer"
    PROMPTS = "prompts"
    RULES = "rules"
    AGENT = "agent"


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    program.command()(learn)
    profile = typer.Typer(help="Everything learned about you.", no_args_is_help=True)
    profile.command("show")(show)
    profile.command("forget")(forget)
    add_profile_commands(profile)
    program.add_typer(profile, name="profile")
    tag = typer.Typer(help="Your say in which tags are used.", no_args_is_help=True)
    tag.command("pin")(pin)
    tag.command("ban")(ban)
    tag.command("free")(free)
    add_tag_commands(tag)
    program.add_typer(tag, name="tag")


def learn(
    context: typer.Context,
    only: Annotated[Part | None, typer.Option(help="Nothing but this")] = None,
) -> None:
    """Build what was learned anew from all your rankings; rules and agent follow when due."""
    session = session_of(context)
    if only is Part.PROMPTS:
        learn_pool(session)
        return
    if only in (Part.RULES, Part.AGENT):
        learn_slowly(session, only.value)
        return
    outcomes: list[Learned] = []
    with session.services() as services, cancelled_by_interrupt() as cancel:
        for step in learn_all(services, cancel=cancel, only=only.value if only else ""):
            if isinstance(step, Learned):
                outcomes.append(step)
            else:
                session.note(progress_line(step))
    if cancel.cancelled:
        session.note("Stopped; what was learned before is kept.")
        raise typer.Exit(1)
    seconds = sum(outcome.seconds for outcome in outcomes)
    session.finish(
        {
            "updated": [outcome.learner for outcome in outcomes if outcome.accepted],
            "snapshot_id": outcomes[0].snapshot_id,
            "rankings": outcomes[0].rankings,
            "seconds": seconds,
            "refused": {o.learner: o.reason for o in outcomes if not o.accepted},
        }
    )
    session.say(f"Learned from {counted(outcomes[0].rankings, 'ranking')} in {seconds:.1f} s.")
    for outcome in outcomes:
        if outcome.reason:
            session.say(f"{outcome.learner}: {outcome.reason}")


def show(context: typer.Context) -> None:
    """Show the tags with their weights, and how well your rankings are expected."""
    session = session_of(context)
    with session.services() as services:
        known = read_profile(services)
    session.finish(profile_json(known))
    for line in _profile_lines(known):
        session.say(line)


def forget(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help="Really do it")] = False,
) -> None:
    """Forget every ranking and everything learned; conversations stay."""
    session = session_of(context)
    if not yes:
        raise UsageProblem(
            "This takes back every ranking and all that was learned; say --yes to go on."
        )
    with session.services() as services:
        count = forget_all(services)
    session.finish({"forgotten": count})
    session.say(f"{counted(count, 'ranking')} and all that was learned here are forgotten.")


TagName = Annotated[str, typer.Argument(metavar="NAME", help="A tag as `profile show` names it")]


def pin(context: typer.Context, name: TagName) -> None:
    """Always use a tag."""
    _flag(context, name, pinned=True)


def ban(context: typer.Context, name: TagName) -> None:
    """Never use a tag."""
    _flag(context, name, banned=True)


def free(context: typer.Context, name: TagName) -> None:
    """Neither pin nor ban a tag any more."""
    _flag(context, name)


def _flag(context: typer.Context, name: str, *, pinned: bool = False, banned: bool = False) -> None:
    """Store what the user wants of a tag."""
    session = session_of(context)
    with session.services() as services:
        tag = set_tag(services, name=name, pinned=pinned, banned=banned)
    session.finish({"name": tag.name, "pinned": tag.pinned, "banned": tag.banned})
    state = "always used" if tag.pinned else "never used" if tag.banned else "free"
    session.say(f"{tag.name}: {state}")


def _profile_lines(known: Profile) -> list[str]:
    """The profile for a reader."""
    strongest = sorted(known.tags, key=lambda tag: -abs(tag.weight))[:SHOWN]
    flags = {(True, False): " pinned", (False, True): " banned"}
    return [
        counted(known.rankings, "ranking"),
        *(
            f"{tag.name}: weight {tag.weight:+.2f} ± {tag.sd:.2f}, "
            f"in {tag.probability:.0%} of guided replies{flags.get((tag.pinned, tag.banned), '')}"
            for tag in strongest
        ),
        *(_taste_line(taste) for taste in known.tastes[:SHOWN]),
        *([_place_line(known.place)] if known.place and known.place.rankings else []),
        _score_line(known.score.learned),
        *([_sure_line(known.sure)] if known.sure.rankings else []),
    ]


def _taste_line(taste: Taste) -> str:
    """A clear preference, and whose it is."""
    whose = "yours" if abs(taste.own) > abs(taste.weight - taste.own) else "most people's"
    return f"You seem to prefer {taste.words} ({abs(taste.weight):.2f} ± {taste.sd:.2f}, {whose})"


def _place_line(pull: PlacePull) -> str:
    """How the place on the screen sways the user."""
    value, low, high = pull.shares()
    counted = "1 ranking" if pull.rankings == 1 else f"{pull.rankings} rankings"
    return (
        f"Of two replies you like alike, the one shown first comes first {value:.0%} of the time "
        f"(95 % interval {low:.0%} to {high:.0%}, from {counted})"
    )


def _sure_line(sure: Sureness) -> str:
    """How often the reply expected first came first, and how often that had been said."""
    return (
        f"The reply expected first came first in {sure.came_first / sure.rankings:.0%} of "
        f"{counted(sure.rankings, 'ranking')}; said before, by what was known then: "
        f"{sure.said / sure.rankings:.0%}"
    )


def _score_line(share: Share) -> str:
    """How well the rankings were expected."""
    if share.value is None:
        return "No pair was ranked yet, so nothing was expected."
    return (
        f"{share.value:.0%} of {share.n} pairs were expected before you ranked "
        f"(95 % interval {share.low or 0:.0%} to {share.high or 0:.0%})"
    )
