"""Learning now: what runs, how far it is, pause and stop; each part on demand; the switches."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from assistant.gui.controls import button, label
from assistant.gui.kept_focus import focus_within
from assistant.gui.language import marked, sentence, tr, trn
from assistant.gui.learned_parts import Part, Section, worded
from assistant.gui.learned_versions import LEARNERS
from assistant.gui.learned_work import LearnedWork
from assistant.gui.tick_box import TickBox
from assistant.gui.training import Ended, Running
from assistant.settings import IDLE_LEARNING, LEARNING, MAINS_ONLY, Setting

PARTS = (  # in the order of their cost
    ("selector", marked("Fits the tags anew to all rankings: a moment.")),
    ("scorer", marked("Fits your taste in texts anew to all rankings: seconds.")),
    ("rules", marked("Looks for rules and judges them on held-out rankings: seconds to a minute.")),
    ("prompts", marked("Has the model try notes about you on past queries: minutes.")),
    ("agent", marked("Trains the small model that writes rules for each query: minutes.")),
)
SWITCHES: tuple[Setting[bool], ...] = (LEARNING, IDLE_LEARNING, MAINS_ONLY)
MINUTE = 60.0
FINE = 100  # steps of the bar


class LearnedTraining(Part):
    """Shows what the trainer does; says what the user wants of it."""

    def __init__(self, work: LearnedWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._trainer = work, work.trainer
        self.state = label("", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self.bar.setAccessibleName(tr("How far the training is"))
        self.pause = button(tr("Pause"), self._toggle_pause)
        self.stop = button(tr("Stop"), self._trainer.stop, name=tr("Stop learning"))
        self.starts: dict[str, QPushButton] = {}
        self._pressed = 0  # which of them was
        self.switches: dict[str, TickBox] = {}
        self.column.addWidget(self._running_section())
        self.column.addWidget(self._parts_section())
        self.column.addWidget(self._switches_section())
        self._trainer.changed.connect(self._show)
        work.preferences.changed.connect(self._show_switches)

    def refresh(self) -> None:
        """Show the trainer and the switches as they are."""
        self._show()
        self._show_switches()

    def _running_section(self) -> Section:
        section = Section(tr("Learning now"))
        row = QWidget()
        buttons = QHBoxLayout(row)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addWidget(self.pause)
        buttons.addWidget(self.stop)
        buttons.addStretch(1)
        section.fill([self.state, self.bar, row])
        return section

    def _parts_section(self) -> Section:
        section = Section(
            tr("Learn now"),
            tr(
                "Tags and taste are up to date after every ranking. Rules and the agent are "
                "learned by themselves when enough new rankings have gathered and you have been "
                "quiet for a minute; prompts too, if the settings use them."
            ),
        )
        rows = []
        for part, about in PARTS:
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            start = button(
                tr(LEARNERS[part]),
                partial(self._trainer.learn, part),
                name=tr("Learn now: {part}", part=tr(LEARNERS[part])),
            )
            start.setMinimumWidth(start.fontMetrics().horizontalAdvance(tr("Taste in texts")) + 40)
            line.addWidget(start)
            line.addWidget(label(tr(about), "note", wrap=True), 1)
            self.starts[part] = start
            rows.append(row)
        section.fill(rows)
        return section

    def _switches_section(self) -> Section:
        section = Section(tr("Switches"))
        for setting in SWITCHES:
            box = TickBox()
            box.clicked.connect(lambda on, setting=setting: self._switch(setting, on))
            self.switches[setting.key] = box
        section.fill([worded(self.switches[s.key], tr(s.help)) for s in SWITCHES])
        return section

    def _show(self) -> None:
        running = self._trainer.running
        self.state.setText(running_sentence(running) if running else _rest(self._trainer.last))
        self._offer(running is not None)
        if running is None:
            return
        self.pause.setText(tr("Go on") if running.held else tr("Pause"))
        self.pause.setAccessibleName(tr("Go on learning") if running.held else tr("Pause learning"))
        self.bar.setRange(0, FINE if running.share is not None else 0)
        self.bar.setValue(round(FINE * (running.share or 0.0)))

    def _offer(self, running: bool) -> None:
        """What can be pressed now; who pressed what cannot be pressed any more goes on there."""
        focus, starts = focus_within(self), list(self.starts.values())
        if not running:
            for start in starts:
                start.setEnabled(True)
            if focus in (self.pause, self.stop):
                starts[self._pressed].setFocus()
        for part in (self.bar, self.pause, self.stop):
            part.setVisible(running)
        if running:
            if focus in starts:
                self._pressed = starts.index(focus)
                self.pause.setFocus()
            for start in starts:
                start.setEnabled(False)

    def _show_switches(self) -> None:
        values = self._work.preferences.values
        for key, box in self.switches.items():
            box.setChecked(bool(values[key]))
        self.switches[IDLE_LEARNING.key].setEnabled(bool(values[LEARNING.key]))
        quiet = values[LEARNING.key] and values[IDLE_LEARNING.key]
        self.switches[MAINS_ONLY.key].setEnabled(bool(quiet))

    def _switch(self, setting: Setting[Any], on: bool) -> None:
        self._work.preferences.change({setting: on})

    def _toggle_pause(self) -> None:
        running = self._trainer.running
        if running is not None:
            self._trainer.hold(not running.held)


def running_sentence(running: Running) -> str:
    """What is learned, how far it is, and how long it will still take."""
    part = tr(LEARNERS.get(running.part, running.part))
    words = [f"{part}: {sentence(running.what) or tr('starting')}"]
    if running.share is not None:
        words.append(f"{100 * running.share:.0f} %")
    if running.seconds_left is not None:
        words.append(left_words(running.seconds_left))
    if running.held:
        words.append(tr("paused"))
    return " · ".join(words)


def left_words(seconds: float) -> str:
    """The time left, as rough as it is known."""
    if seconds < MINUTE:
        return tr("less than a minute left")
    minutes = round(seconds / MINUTE)
    return trn("about %n minute left", "about %n minutes left", minutes)


def _rest(last: Ended | None) -> str:
    if last is None:
        return tr("Nothing is being learned at the moment.")
    reason = sentence(last.reason).rstrip(".") or tr("done")
    return tr(
        "The last run: {part}: {reason}.",
        part=tr(LEARNERS.get(last.part, last.part)),
        reason=reason,
    )
