"""Versions: the agent's kept states with their way back, and what became of every training run."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from assistant.gui.controls import label
from assistant.gui.language import marked, sentence, tr, trn
from assistant.gui.learned_parts import Entry, Part, Section, actions_row, when
from assistant.gui.learned_work import LearnedWork
from assistant.storage.learning import TrainingRun
from assistant.usecases.agent import AGENT, base_agent, previous_agent
from assistant.usecases.services import Services
from assistant.usecases.training_log import KeptState, TrainingLog, training_log

LEARNERS = {
    "selector": marked("Tags"),
    "scorer": marked("Taste in texts"),
    "agent": marked("Agent"),
    "rules": marked("Rules"),
    "prompts": marked("Prompts"),
    "premium-embed": marked("Tags (premium-embed)"),
}
OUTCOMES = {
    "done": marked("done"),
    "accepted": marked("came into use"),
    "refused": marked("refused, what was in use stays"),
    "cancelled": marked("stopped before its end"),
    "failed": marked("failed"),
    "kept": marked("stood its trial"),
    "rolled back": marked("rolled back"),
    "running": marked("running, or cut off"),
}


class LearnedVersions(Part):
    """Shows the log; says what the user wants to go back to."""

    def __init__(self, work: LearnedWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.agent = Section(
            tr("The agent's versions"),
            tr(
                "The agent writes rules for each query. A new version comes into use only if it "
                "does better on rankings it never saw; while it is on trial, live replies decide."
            ),
        )
        self.states = Section(
            tr("Kept states"),
            tr(
                "The tags and the taste in texts follow from your rankings alone: to change "
                "them, take a ranking back where you made it."
            ),
        )
        self.runs = Section(tr("Training runs"))
        for section in (self.agent, self.states, self.runs):
            self.column.addWidget(section)

    def refresh(self) -> None:
        """Read the log."""
        self._work.read(training_log, self._show)

    def _show(self, log: TrainingLog) -> None:
        agents = [state for state in log.states if state.learner == AGENT]
        others = [state for state in log.states if state.learner != AGENT and state.active]
        rows: list[QWidget] = [Entry(state_words(s), state_note(s)) for s in agents]
        if agents:
            rows.append(self._ways_back(agents))
        self.agent.fill(rows or [label(tr("No agent has been trained yet."), "note", wrap=True)])
        self.states.fill([Entry(state_words(s), state_note(s)) for s in others])
        self.states.setVisible(bool(others))
        self.runs.fill(
            [Entry(run_words(run), sentence(run.reason)) for run in log.runs]
            or [label(tr("Nothing has been trained in the background yet."), "note", wrap=True)]
        )

    def _ways_back(self, agents: list[KeptState]) -> QWidget:
        active = next((state.id for state in agents if state.active), None)
        earlier = any(active is None or state.id < active for state in agents)
        ways: list[tuple[str, Callable[[], object], str]] = []
        if earlier:
            ways.append(
                (
                    tr("Go back to the one before"),
                    self._go_back,
                    tr("Use the previous version of the agent"),
                )
            )
        if active is not None:
            ways.append(
                (tr("Do without an agent"), self._do_without, tr("Use no agent, the base model"))
            )
        row = QWidget()
        row.setLayout(actions_row(ways))
        return row

    def _go_back(self) -> None:
        self._work.overhaul(
            previous_agent,
            lambda version: tr("The agent of {when} is in use.", when=when(version.created_at)),
        )

    def _do_without(self) -> None:
        self._work.overhaul(
            _without, lambda _none: tr("No agent is in use; its versions are kept.")
        )


def state_words(state: KeptState) -> str:
    """A kept state: what it is, from when, from how many rankings, and whether it is used."""
    words = [tr(LEARNERS.get(state.learner, state.learner)), when(state.created_at)]
    words.append(trn("from %n ranking", "from %n rankings", state.rankings))
    if state.active:
        words.append(tr("in use, on trial") if state.trial else tr("in use"))
    return " · ".join(words)


def state_note(state: KeptState) -> str:
    """How it did on held-out rankings, where that was measured."""
    after, before = state.metrics.get("held_out"), state.metrics.get("held_out_before")
    if after is None or before is None:
        return ""
    judged = int(state.metrics.get("judged", 0))
    return trn(
        "{after:.0f} % of pairs right in %n held-out ranking, {before:.0f} % before",
        "{after:.0f} % of pairs right in %n held-out rankings, {before:.0f} % before",
        judged,
        after=100 * after,
        before=100 * before,
    )


def run_words(run: TrainingRun) -> str:
    """A training run: what, when, for how long, and how it ended."""
    words = [tr(LEARNERS.get(run.learner, run.learner)), when(run.started_at)]
    if run.finished_at is not None:
        words.append(f"{run.finished_at - run.started_at:.0f} s")
    words.append(tr(OUTCOMES.get(run.outcome, run.outcome)))
    return " · ".join(words)


def _without(services: Services) -> None:
    base_agent(services)
