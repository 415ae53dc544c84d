"""The first start: four calm pages, each of which can be skipped.

Where everything is kept, the model, tastes if one likes, and the first query.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from assistant.gui.controls import announce, button, label
from assistant.gui.conversation_view import EXAMPLES
from assistant.gui.language import marked, tr
from assistant.gui.models_page import facts, verdict_words
from assistant.gui.models_work import Known, ModelsWork
from assistant.gui.pages import Page
from assistant.gui.reflow import WrappedButton

WIDEST = 620  # pixels of a page's text
HERE = marked(
    "Attune runs on this computer alone. What you write, what is written for you and what is "
    "learned from your choices stays in one folder:"
)
NOTHING_LEAVES = marked(
    "Nothing leaves it: no account, no telemetry, no update check, no network. You can look at "
    "the folder, copy it, or wipe it in the settings."
)
MODEL = marked(
    "A small model came along and works at once. It is quick and knows little; with a larger GGUF "
    "file the replies get better and slower. You can change it at any time under “Models”."
)
TASTES = marked(
    "You can say how you like to be answered: replies keep to it from the first one on, until your "
    "choices say otherwise. Or skip this: choosing between replies teaches the same, later."
)
TEACHES = marked(
    "Ask something. You get a few replies side by side: put the one you like first, and the next "
    "ones will be more like it. Choosing is how I learn."
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the pages are made from."""

    home: Path
    models: ModelsWork
    make_interview: Callable[[], QWidget]
    add_model: Callable[[], object]


class FirstRun(Page):
    """Pages one after the other; `asked` or `left` ends them."""

    asked = Signal(str)  # the first query

    def __init__(self, parts: Parts) -> None:
        super().__init__(tr("Welcome to Attune"))
        self.back.setText(tr("Skip all of this"))
        self.back.setAccessibleName(tr("Skip all of this, Escape"))
        self.model = label("", "note", wrap=True)
        self._parts = parts
        self.steps = QStackedWidget()
        self._pages = (self._where(), self._model(), self._interview(), self._first())
        for step in self._pages:
            self.steps.addWidget(step)
        self.page = label("", "note")
        self.before = button(tr("Before"), lambda: self.turn(-1))
        self.next = button(tr("Next"), lambda: self.turn(1), kind="primary")
        row = QHBoxLayout()
        row.addWidget(self.page, 1)
        row.addWidget(self.before)
        row.addWidget(self.next)
        middle = QWidget()
        middle.setMaximumWidth(WIDEST)
        middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        inside = QVBoxLayout(middle)
        inside.setContentsMargins(0, 24, 0, 0)
        inside.setSpacing(16)
        inside.addWidget(self.steps)
        inside.addLayout(row)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(middle, 8)
        across.addStretch(1)
        self.column.addLayout(across)
        self.column.addStretch(1)
        parts.models.listed.connect(self._show_models)
        parts.models.refresh()
        self._show()

    def turn(self, step: int) -> None:
        """The next page, or the one before."""
        self.steps.setCurrentIndex(self.steps.currentIndex() + step)
        self._show()
        (self.own if self.next.isHidden() else self.next).setFocus()

    def _show(self) -> None:
        """Where one is, and only as much height as this page needs."""
        at, count = self.steps.currentIndex(), self.steps.count()
        self.page.setText(tr("{at} of {count}", at=at + 1, count=count))
        self.before.setVisible(at > 0)
        self.next.setVisible(at + 1 < count)
        policy = QSizePolicy.Policy
        for other, page in enumerate(self._pages):
            shown = policy.Preferred if other == at else policy.Ignored
            page.setSizePolicy(policy.Preferred, shown)
        announce(self, self._pages[at].accessibleName())

    def _where(self) -> QWidget:
        place = label(str(self._parts.home), "place", wrap=True)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return _step(
            tr("Everything stays here"), [_text(tr(HERE)), place, _text(tr(NOTHING_LEAVES))]
        )

    def _model(self) -> QWidget:
        add = button(tr("Add a better one…"), self._parts.add_model)
        add.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        return _step(tr("The model that writes"), [_text(tr(MODEL)), self.model, add])

    def _interview(self) -> QWidget:
        return _step(
            tr("Your tastes, if you like"), [_text(tr(TASTES)), self._parts.make_interview()]
        )

    def _first(self) -> QWidget:
        examples: list[QWidget] = []
        for text in map(tr, EXAMPLES):
            examples.append(WrappedButton(text, partial(self.asked.emit, text)))
        self.own = button(tr("Write my own"), self.left.emit, kind="primary")
        self.own.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        return _step(tr("The first query"), [_text(tr(TEACHES)), *examples, self.own])

    def _show_models(self, found: Sequence[Known]) -> None:
        """The model in use, with its verdict."""
        for known in found:
            if known.choice.used:
                verdict = verdict_words(known.fit)
                self.model.setText(f"{known.title}\n{verdict}\n{facts(known, None)}")


def _text(text: str) -> QWidget:
    return label(text, wrap=True)


def _step(title: str, parts: Sequence[QWidget]) -> QWidget:
    """One page under its title."""
    page = QWidget()
    page.setAccessibleName(title)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    column.addWidget(label(title, "welcome", wrap=True))
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return page
