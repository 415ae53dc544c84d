"""attune evaluate personal-llm: simulated users with Dirichlet tastes on a bank of replies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.session import cancelled_by_interrupt, session_of
from assistant.domain.events import Progress
from assistant.evaluation.personal_llm import (
    BASES,
    LlmOptions,
    LlmReport,
    evaluate_personal_llm,
    read_bank,
)


def add_commands(evaluate: typer.Typer) -> None:
    """Put this module's command under `attune evaluate`."""
    evaluate.command("personal-llm")(personal_llm)


def personal_llm(
    context: typer.Context,
    data: Annotated[Path, typer.Option(help="Folder with bank.jsonl.gz")],
    users: Annotated[int, typer.Option(min=1, help="Simulated users of each seed")] = 20,
    seeds: Annotated[int, typer.Option(min=1, help="Runs, seeded 1, 2, ...")] = 5,
    alpha: Annotated[float, typer.Option(min=0.001, help="Smaller: users more different")] = 0.05,
) -> None:
    """Choose among the bank's replies for simulated users: reward and wins, with intervals."""
    session = session_of(context)
    session.note("Reading the bank")
    bank = read_bank(data)
    with cancelled_by_interrupt() as cancel:
        for step in evaluate_personal_llm(bank, LlmOptions(users, seeds, alpha), cancel):
            if isinstance(step, Progress):
                session.note(f"{step.what}: {step.done} of {step.total}")
                continue
            rows = [_row(step, name) for name in step.rewards]
            session.finish(
                {
                    "users": step.users,
                    "seeds": list(range(1, seeds + 1)),
                    "alpha": alpha,
                    "bases": [f"{'more' if sign > 0 else 'less'} {key}" for key, sign in BASES],
                    "prompts": len(bank.prompts),
                    "sources": len(bank.sources),
                    "rows": rows,
                }
            )
            session.say(f"{step.users} users; reward, and wins over the best single source")
            for row in rows:
                session.say(
                    f"  {row['name']:14} {row['reward']:+.3f} "
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
