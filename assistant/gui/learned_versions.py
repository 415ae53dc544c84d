"""Versions: the agent's kept states, the ways between them, and what became of every training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.gui.controls import label
from assistant.gui.language import marked, sentence, tr, trn
from assistant.gui.learned_parts import Action, Entry, Part, Section, actions_row, when
from assistant.gui.learned_work import LearnedWork
from assistant.personalization.gate import Verdict
from assistant.storage.training_runs import TrainingRun
from assistant.usecases.agent import (
    AGENT,
    agent_versions,
    base_agent,
    earlier_version,
    previous_agent,
)
from assistant.usecases.services import Services
from assistant.usecases.switch_agent import IMPORTED, Switched, hindrances, switch_on
from assistant.usecases.training_log import KeptState, TrainingLog, training_log

LEARNERS = {
    "selector": marked("Tags"),
    "scorer": marked("Taste in texts"),
    "agent": marked("Agent"),
    "rules": marked("Rules"),
    "prompts": marked("Prompts"),
    "premium-embed": marked("Tags (premium-embed)"),
    IMPORTED: marked("Imported agent"),
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


@dataclass(frozen=True, slots=True)
class Kept:
    """All that this part shows."""

    log: TrainingLog
    hindrances: Mapping[int, str]  # what is in the way of switching on an imported version
    earlier: bool  # whether there is something to go back to


class LearnedVersions(Part):
    """Shows the log; says what the user wants to go back to."""

    def __init__(self, work: LearnedWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.agent = Section(
            tr("The agent's versions"),
            tr(
                "The agent writes rules for each query. A new version comes into use only if it "
                "does better on rankings it never saw; while it is on trial, live replies decide. "
                "One that came with a profile is off until you switch it on, and passes the same "
                "test."
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
            self.column.addWidget(section.wait())

    def refresh(self) -> None:
        """Read the log."""
        self._work.read(_read, self._show)

    def _show(self, kept: Kept) -> None:
        log = kept.log
        agents = [state for state in log.states if state.learner == AGENT]
        others = [state for state in log.states if state.learner != AGENT and state.active]
        rows: list[QWidget] = [self._version(s, kept.hindrances.get(s.id)) for s in agents]
        ways = self._ways(any(state.active for state in agents), kept.earlier)
        if ways:
            row = QWidget()
            row.setLayout(actions_row(ways))
            rows.append(row)
        self.agent.fill(rows or [label(tr("No agent has been trained yet."), "note", wrap=True)])
        self.states.fill([Entry(state_words(s), state_note(s)) for s in others])
        self.states.setVisible(bool(others))
        self.runs.fill(
            [Entry(run_words(run), sentence(run.reason)) for run in log.runs]
            or [label(tr("Nothing has been trained in the background yet."), "note", wrap=True)]
        )

    def _version(self, state: KeptState, hindrance: str | None) -> Entry:
        """A version; one that came with a profile can be switched on, or says why it cannot."""
        notes = [state_note(state), sentence(hindrance or "")]
        entry = Entry(state_words(state), "\n".join(note for note in notes if note))
        if state.active or hindrance is None or hindrance:
            return entry
        aloud = tr("Switch on the agent of {when}", when=when(state.created_at))
        return entry.offer([(tr("Switch on"), partial(self._switch_on, state.id), aloud)])

    def _ways(self, active: bool, earlier: bool) -> list[Action]:
        """What can be gone back to."""
        ways: list[Action] = []
        if earlier:
            word, aloud = (
                tr("Go back to the one before"),
                tr("Use the previous version of the agent"),
            )
            ways.append((word, self._go_back, aloud))
        if active:
            aloud = tr("Use no agent, the base model")
            ways.append((tr("Do without an agent"), self._do_without, aloud))
        return ways

    def _switch_on(self, version: int) -> None:
        self._work.told.emit(tr("The agent is being tested; you can go on meanwhile."))
        self._work.study(
            partial(_switched, version=version),
            lambda verdict: tr(
                "The agent that came with the profile is in use. {reason}"
                if verdict.accepted
                else "The agent stays off. {reason}",
                reason=sentence(verdict.reason),
            ),
        )

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
    if state.origin:
        words.append(tr("came with a profile"))
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


def _read(services: Services) -> Kept:
    log, versions = training_log(services), agent_versions(services)
    return Kept(log, hindrances(services), earlier_version(versions) is not None)


def _switched(services: Services, version: int) -> Verdict:
    """Judge a version and use it if it passes; Cancelled if the program ends meanwhile."""
    for step in switch_on(services, version=version, cancel=CancelToken()):
        if isinstance(step, Switched) and step.verdict is not None:
            return step.verdict
    raise Cancelled
