"""attune evaluate personal-llm: simulated users with Dirichlet tastes on a bank of replies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.evaluate_writer import open_writing
from assistant.cli.session import Session, cancelled_by_interrupt, session_of
from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.evaluation.personal_llm import (
    BASES,
    Bank,
    LlmOptions,
    LlmReport,
    evaluate_personal_llm,
    read_bank,
)
from assistant.evaluation.personal_llm_own import OwnReplies
from assistant.evaluation.tag_task import cached_embed


def add_commands(evaluate: typer.Typer) -> None:
    """Put this module's command under `attune evaluate`."""
    evaluate.command("personal-llm")(personal_llm)


def personal_llm(
    context: typer.Context,
    data: Annotated[Path, typer.Option(help="Folder with bank.jsonl.gz")],
    users: Annotated[int, typer.Option(min=1, help="Simulated users of each seed")] = 20,
    seeds: Annotated[int, typer.Option(min=1, help="Runs, seeded 1, 2, ...")] = 5,
    alpha: Annotated[float, typer.Option(min=0.001, help="Smaller: users more different")] = 0.05,
    own: Annotated[
        bool, typer.Option("--own", help="Replies that the model in use writes")
    ] = False,
) -> None:
    """Choose among replies for simulated users: reward and wins, with intervals.

    Replies are the bank's, or (--own) the model's own, by best-of-n and behind exemplars.
    """
    session = session_of(context)
    session.note("Reading the bank")
    bank, options = read_bank(data), LlmOptions(users, seeds, alpha)
    with cancelled_by_interrupt() as cancel:
        steps = _own(session, bank, options, cancel) if own else None
        for step in steps or evaluate_personal_llm(bank, options, cancel):
            if isinstance(step, Progress):
                session.note(f"{step.what}: {step.done} of {step.total}")
            else:
                _show(session, step, bank, options, own=own)


def _own(
    session: Session, bank: Bank, options: LlmOptions, cancel: CancelToken
) -> Iterator[Progress | LlmReport]:
    """The run on replies that the model in use writes."""
    embed = cached_embed(session.paths.models, session.paths.cache)
    with open_writing(session, None, cancel) as writing:
        yield from OwnReplies(bank, writing.writer, embed, options).run()


def _show(
    session: Session, report: LlmReport, bank: Bank, options: LlmOptions, *, own: bool
) -> None:
    """A table of methods."""
    rows = [_row(report, name) for name in report.rewards]
    session.finish(
        {
            "users": report.users,
            "seeds": list(range(1, options.seeds + 1)),
            "alpha": options.alpha,
            "bases": [f"{'more' if sign > 0 else 'less'} {key}" for key, sign in BASES],
            "prompts": len(bank.prompts),
            "sources": len(bank.sources),
            "own": own,
            "rows": rows,
        }
    )
    over = "another draft of the model" if own else "the best single source"
    session.say(f"{report.users} users; reward, and wins over {over}")
    for row in rows:
        session.say(
            f"  {row['name']:19} {row['reward']:+.3f} "
            f"({row['reward_low']:+.3f} to {row['reward_high']:+.3f})  {_wins(row)}"
        )


def _row(report: LlmReport, name: str) -> dict[str, object]:
    """One method's figures."""
    reward, wins = report.reward(name), report.win_rate(name)
    gain = report.gain(name, "non_personal")
    return {
        "name": name,
        "reward": reward.value,
        "reward_low": reward.low,
        "reward_high": reward.high,
        "win_rate": wins.value,
        "low": wins.low,
        "high": wins.high,
        "gain_over_non_personal": {"value": gain.value, "low": gain.low, "high": gain.high},
    }


def _wins(row: dict[str, object]) -> str:
    """The win rate for a reader; there is none for a random choice."""
    if row["win_rate"] is None:
        return ""
    return f"{row['win_rate']:.3f} ({row['low']:.3f} to {row['high']:.3f})"
