"""The bar over the conversation: its title, the model, whether rankings are learned from, Why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from assistant.gui.actions import keys_of
from assistant.gui.controls import ElidedLabel, button
from assistant.gui.language import key_words, marked, tr
from assistant.gui.reflow import has_room

NEW_CHAT = marked("New chat")
ROOMY = 600  # pixels; with less, the model and learning are not shown
LONGEST_MODEL = 28  # letters of a model's name that are shown


class TopBar(QFrame):
    """Says what the user pressed; shows what it is told."""

    learning_toggled = Signal(bool)
    models_wanted = Signal()
    why_wanted = Signal()
    menu_wanted = Signal()  # what can be done with the conversation shown
    temporary_left = Signal()
    chats_wanted = Signal()  # the conversations, which have no room beside this one

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top")
        self._learning = self._here = True
        self._ready = False  # nothing is known yet
        self.title = ElidedLabel("title")
        self.model = button("", self.models_wanted.emit, kind="chip")
        self.learning = button("", self._toggle, kind="chip")
        self.chats = button(
            tr("Chats"),
            self.chats_wanted.emit,
            kind="quiet",
            name=tr("Show the conversations, Control B"),
        )
        self.chats.hide()
        self.temporary = button(
            tr("Temporary: leave and forget"), self.temporary_left.emit, kind="chip warning"
        )
        self.temporary.setToolTip(tr("Nothing of this chat is kept or learned from."))
        self.temporary.hide()
        self.menu = button(
            "⋯", self.menu_wanted.emit, kind="quiet", name=tr("This conversation, Control M")
        )
        self.menu.setToolTip(tr("This conversation ({keys})", keys=key_words(keys_of("menu"))))
        self.menu.hide()
        self.why = button(tr("Why"), self.why_wanted.emit, kind="quiet", name=tr("Why, F4"))
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 18, 8)
        row.addWidget(self.chats)
        row.addWidget(self.title, 1)  # the menu beside it is the conversation's own
        row.addWidget(self.menu)
        for part in (self.temporary, self.model, self.learning, self.why):
            row.addWidget(part)
        self.show_title(tr(NEW_CHAT))
        self._say_learning()

    def show_title(self, text: str) -> None:
        """Name the conversation."""
        self.title.show_text(text)

    def show_model(self, name: str, speed: float | None = None) -> None:
        """Name the model, with its tokens a second if known; nothing if there is none yet."""
        shown = name if len(name) <= LONGEST_MODEL else name[: LONGEST_MODEL - 1] + "…"
        fast = "" if speed is None else tr("  ·  {speed:.0f} tok/s", speed=speed)
        self.model.setText(f"{shown}{fast}  ▾" if name else "")
        self.model.setToolTip(name)
        spoken = "" if speed is None else tr(", {speed:.0f} tokens a second", speed=speed)
        self.model.setAccessibleName(
            tr("Model: {name}{spoken}; choose another", name=name, spoken=spoken)
        )
        self._fit()

    def show_temporary(self, temporary: bool) -> None:
        """Whether the chat shown is one that vanishes."""
        self.temporary.setVisible(temporary)
        self._fit()

    def show_learning(self, on: bool) -> None:
        """Whether rankings made now are learned from."""
        self._learning, self._ready = on, True
        self._say_learning()

    def show_learning_here(self, here: bool) -> None:
        """Whether rankings made in this conversation may be learned from at all."""
        self._here = here
        self._say_learning()

    def _say_learning(self) -> None:
        shown = tr("Learning on") if self._learning else tr("Learning off")
        if self._learning and not self._here:
            shown = tr("Not learned from")
        self.learning.setText(shown)
        tip = (
            tr("Your rankings change the next replies. Press to stop that.")
            if self._learning
            else tr("New rankings are kept but change nothing. Press to learn again.")
        )
        here = "" if self._here else tr("This conversation is kept out of learning (see ⋯). ")
        self.learning.setToolTip(here + tip)
        self.learning.setAccessibleName(
            here
            + (
                tr("Learning is on; press to switch it off")
                if self._learning
                else tr("Learning is off; press to switch it on")
            )
        )
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the title gets it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The model and learning where there is room; both are on pages of their own too."""
        roomy = has_room(self, ROOMY)
        self.model.setVisible(roomy and bool(self.model.text()))
        self.learning.setVisible(roomy and self._ready and self.temporary.isHidden())

    def _toggle(self) -> None:
        self.learning_toggled.emit(not self._learning)
