"""The interview: questions about how one likes to be answered; each can be skipped or changed."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from assistant.gui.controls import button, label
from assistant.gui.language import marked, tr, trn
from assistant.gui.learned_parts import Section, actions_row, worded
from assistant.gui.learned_work import LearnedWork
from assistant.usecases.interview import (
    InterviewItem,
    answer_interview,
    forget_interview,
    list_interview,
)

OPEN, CLOSED = marked("Show the questions"), marked("Hide the questions")
OTHERS, FEWER = marked("Show the other questions"), marked("Hide the other questions")


class LearnedInterview(Section):
    """Questions under each other; what is chosen is stored at once.

    The first `always` of them are there before anybody asks for the questions.
    """

    def __init__(
        self, work: LearnedWork, parent: QWidget | None = None, *, always: int = 0
    ) -> None:
        super().__init__(
            tr("Interview"),
            tr(
                "A start for learning: replies keep to what you say here until your rankings say "
                "otherwise. Skip what you like, change it whenever you like."
            ),
            parent,
        )
        self._work, self._always = work, always
        self._open = False
        self.questions: dict[str, QWidget] = {}
        self.options: dict[str, tuple[QRadioButton, ...]] = {}

    def refresh(self) -> None:
        """Read questions and answers."""
        self._work.read(list_interview, self._show)

    def _show(self, items: tuple[InterviewItem, ...]) -> None:
        given = sum(item.answer is not None and item.answer.option is not None for item in items)
        told = label(
            tr("{given} of {count} questions answered.", given=given, count=len(items)),
            "note",
            wrap=True,
        )
        self.questions, self.options = {}, {}
        rows: list[QWidget] = [told]
        shown = items if self._open else items[: self._always]
        rows += [self._question(item) for item in shown]
        choices = QWidget()
        closed, opened = (OTHERS, FEWER) if self._always else (OPEN, CLOSED)
        toggle = tr(opened if self._open else closed)
        actions = [(toggle, self._toggle, tr("Questions of the interview"))]
        if given:
            actions.append((tr("Take all answers back"), self._forget, tr("Take all answers back")))
        choices.setLayout(actions_row(actions))
        self.fill([*rows, choices])

    def _question(self, item: InterviewItem) -> QWidget:
        box = QWidget()
        asked = tr(item.question.text)
        box.setAccessibleName(asked)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(4)
        group = QButtonGroup(box)
        chosen = item.answer.option if item.answer else None
        column.addLayout(self._asked(item, answered=chosen is not None))
        buttons = []
        for at, option in enumerate(item.question.options):
            radio = QRadioButton()
            sample = tr(option.sample)  # what is learned from stays as it is
            radio.setToolTip(sample)
            radio.setAccessibleDescription(tr("For example: {sample}", sample=sample))
            radio.setChecked(at == chosen)
            radio.clicked.connect(partial(self._answer, item.question.id, at))
            group.addButton(radio)
            column.addWidget(worded(radio, tr(option.text)))
            buttons.append(radio)
        self.questions[item.question.id], self.options[item.question.id] = box, tuple(buttons)
        return box

    def _asked(self, item: InterviewItem, *, answered: bool) -> QHBoxLayout:
        """The question, and what takes its answer back: its place is there from the beginning, so
        that nothing moves under the mouse of who answers one after the other.
        """
        asked = tr(item.question.text)
        take_back = partial(self._answer, item.question.id, None)
        skip = button(
            tr("Skip"), take_back, kind="quiet small", name=tr("Skip: {text}", text=asked)
        )
        room = skip.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        skip.setSizePolicy(room)
        if not answered:
            skip.hide()
        row = QHBoxLayout()
        row.addWidget(label(asked, wrap=True), 1)
        row.addWidget(skip)
        return row

    def _answer(self, question: str, option: int | None, _checked: bool = True) -> None:
        self._work.change(partial(answer_interview, answers={question: option}))

    def _forget(self) -> None:
        self._work.change(
            forget_interview,
            lambda count: trn("%n answer is taken back.", "%n answers are taken back.", count),
        )

    def _toggle(self) -> None:
        self._open = not self._open
        self.refresh()
