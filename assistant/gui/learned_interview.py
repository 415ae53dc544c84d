"""The interview: questions about how one likes to be answered; each can be skipped or changed."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from assistant.gui.controls import label
from assistant.gui.learned_parts import Section, actions_row, worded
from assistant.gui.learned_work import LearnedWork
from assistant.usecases.interview import (
    InterviewItem,
    answer_interview,
    forget_interview,
    list_interview,
)

OPEN, CLOSED = "Show the questions", "Hide the questions"


class LearnedInterview(Section):
    """Questions under each other; what is chosen is stored at once."""

    def __init__(self, work: LearnedWork, parent: QWidget | None = None) -> None:
        super().__init__(
            "Interview",
            "A start for learning: each answer counts like one ranking. Skip what you like, change "
            "it whenever you like.",
            parent,
        )
        self._work = work
        self._open = False
        self.questions: dict[str, QWidget] = {}
        self.options: dict[str, tuple[QRadioButton, ...]] = {}

    def refresh(self) -> None:
        """Read questions and answers."""
        self._work.read(list_interview, self._show)

    def _show(self, items: tuple[InterviewItem, ...]) -> None:
        given = sum(item.answer is not None and item.answer.option is not None for item in items)
        told = label(f"{given} of {len(items)} questions answered.", "note")
        self.questions, self.options = {}, {}
        rows: list[QWidget] = [told]
        if self._open:
            rows += [self._question(item) for item in items]
        choices = QWidget()
        actions = [(CLOSED if self._open else OPEN, self._toggle, "Questions of the interview")]
        if given:
            actions.append(("Take all answers back", self._forget, "Take all answers back"))
        choices.setLayout(actions_row(actions))
        self.fill([*rows, choices])

    def _question(self, item: InterviewItem) -> QWidget:
        box = QWidget()
        box.setAccessibleName(item.question.text)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(item.question.text, wrap=True))
        group = QButtonGroup(box)
        chosen = item.answer.option if item.answer else None
        buttons = []
        for at, option in enumerate(item.question.options):
            radio = QRadioButton()
            radio.setToolTip(option.sample)
            radio.setAccessibleDescription(f"For example: {option.sample}")
            radio.setChecked(at == chosen)
            radio.clicked.connect(partial(self._answer, item.question.id, at))
            group.addButton(radio)
            column.addWidget(worded(radio, option.text))
            buttons.append(radio)
        if chosen is not None:
            skip = partial(self._answer, item.question.id, None)
            column.addLayout(actions_row([("Skip", skip, f"Skip: {item.question.text}")]))
        self.questions[item.question.id], self.options[item.question.id] = box, tuple(buttons)
        return box

    def _answer(self, question: str, option: int | None, _checked: bool = True) -> None:
        self._work.change(partial(answer_interview, answers={question: option}))

    def _forget(self) -> None:
        self._work.change(forget_interview, lambda count: f"{count} answers are taken back.")

    def _toggle(self) -> None:
        self._open = not self._open
        self.refresh()
