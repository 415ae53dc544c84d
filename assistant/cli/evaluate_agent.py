"""attune evaluate agent: whether what the agent writes makes replies better for simulated users."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.evaluate_writer import open_writing
from assistant.cli.session import Session, cancelled_by_interrupt, session_of
from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.evaluation.agent import AgentExperiment, ExperimentSize
from assistant.evaluation.agent_interests import Interests
from assistant.evaluation.agent_learning import AgentLearning
from assistant.evaluation.agent_report import WHOLE, AgentReport
from assistant.evaluation.tag_task import cached_embed
from assistant.personalization.agent_task import AgentOptions
from assistant.personalization.embedder import MiniLmEmbedder
from assistant.personalization.worker import LearnerClient
from assistant.storage.rule_texts import read_rule_texts
from assistant.storage.tag_library import read_tag_library

SIZE = ExperimentSize()
MOST = 5  # hidden interests: more than a text of a few sentences can show


def add_commands(evaluate: typer.Typer) -> None:
    """Put this module's command under `attune evaluate`."""
    evaluate.command("agent")(agent)


def agent(
    context: typer.Context,
    users: Annotated[int, typer.Option(min=1, help="Simulated users")] = (SIZE.users),
    rankings: Annotated[int, typer.Option(min=10, max=80, help="Of each user")] = SIZE.rankings,
    tests: Annotated[int, typer.Option(min=1, max=20, help="Test queries")] = SIZE.tests,
    seed: Annotated[int, typer.Option(help="Of users, queries and replies")] = SIZE.seed,
    interests: Annotated[
        int, typer.Option(min=0, max=MOST, help="Hidden interests of each user (0: styles alone)")
    ] = SIZE.interests,
    model: Annotated[Path | None, typer.Option(help="Another GGUF file")] = None,
) -> None:
    """Users with hidden style rules and interests: wins of guided replies.

    Replies are guided by what the program learns: rules, and the interests of its tag selector.
    Stopped runs go on where they were.
    """
    session = session_of(context)
    size = ExperimentSize(users, rankings, tests, seed, interests)
    with (
        cancelled_by_interrupt() as cancel,
        _experiment(session, model, size, cancel) as experiment,
    ):
        for step in experiment.run():
            if isinstance(step, Progress):
                session.note(f"{step.what}: {step.done} of {step.total}")
            else:
                _show(session, step, size)


@contextmanager
def _experiment(
    session: Session, model: Path | None, size: ExperimentSize, cancel: CancelToken
) -> Iterator[AgentExperiment]:
    """The experiment with its two processes, which end with it."""
    paths = session.paths
    with open_writing(session, model, cancel) as writing:
        learner = LearnerClient(paths.models, paths.resources / "scorer_prior.json")
        try:
            texts = read_rule_texts(paths.resources / "rules.toml")
            options = AgentOptions(threads=writing.threads)
            learning = AgentLearning(learner, writing.model, texts, paths.cache, options)
            embed = cached_embed(paths.models, paths.cache)
            learn = partial(learning.learn, cancel=cancel)
            library = read_tag_library(paths.resources / "tags.toml")
            interests = Interests(library, MiniLmEmbedder(paths.models).embed)
            yield AgentExperiment(writing.writer, texts, embed, learn, size, interests)
        finally:
            learner.close()


def _show(session: Session, report: AgentReport, size: ExperimentSize) -> None:
    """A table of conditions and one of agents by users."""
    rows = [_row(report, name) for name in report.wins]
    session.finish(
        {
            "users": size.users,
            "rankings": size.rankings,
            "tests": size.tests,
            "seed": size.seed,
            "interests": size.interests,
            "rows": rows,
            "table": report.table,
            "table_whole": report.table_whole,
            "people": _people(report),
        }
    )
    session.say(
        f"{size.users} users, hidden interests of each: {size.interests}; "
        "wins over unguided replies, and utility gained"
    )
    for row in rows:
        session.say(
            f"  {row['name']:22} {row['win_rate']:.3f} ({row['low']:.3f} to {row['high']:.3f})  "
            f"{row['reward']:+.3f} ({row['reward_low']:+.3f} to {row['reward_high']:+.3f})"
        )
    for what, table in (("agent", report.table), (WHOLE, report.table_whole)):
        session.say(f"wins with what each user taught (columns; {what}), judged by each (rows)")
        for values in table:
            session.say("  " + " ".join(f"{value:.2f}" for value in values))


def _people(report: AgentReport) -> list[dict[str, object]]:
    """What is hidden in each user, and what was learned of it."""
    each = zip(report.hidden, report.interests, report.learned, report.chosen, strict=True)
    return [
        {
            "hidden": list(hidden),
            "interests": list(interests),
            "rules": list(learned.rules),
            "tags": chosen,  # with the number of replies that each guided
            "accepted": learned.accepted,
            "verdict": learned.verdict,
            "seconds": learned.seconds,
        }
        for hidden, interests, learned, chosen in each
    ]


def _row(report: AgentReport, name: str) -> dict[str, object]:
    """One condition's figures."""
    wins, reward = report.win_rate(name), report.reward(name)
    return {
        "name": name,
        "win_rate": wins.value,
        "low": wins.low,
        "high": wins.high,
        "reward": reward.value,
        "reward_low": reward.low,
        "reward_high": reward.high,
    }
