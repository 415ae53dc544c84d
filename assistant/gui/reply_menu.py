"""What else can be done with one reply, as a menu; the same for the cards and for past rounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from assistant.domain.model import Candidate, Round
from assistant.gui.actions import keys_of
from assistant.gui.controls import passing_menu
from assistant.gui.language import key_words, tr


@dataclass(frozen=True, slots=True)
class ReplyWishes:
    """Who carries out what the user chooses; each is given the letter of the reply."""

    keep_writing: Callable[[str], object]
    unlearned: Callable[[str], object]
    edit: Callable[[str], object]
    copy_chat: Callable[[str], object]
    take_back: Callable[[str], object]  # the ranking of its round


def open_reply_menu(
    at: QWidget, round_: Round, candidate: Candidate, wishes: ReplyWishes, *, keys: bool = False
) -> QMenu:
    """Show the menu under a button; `keys`: the keys for the cards work where it is."""
    menu = passing_menu(at)
    menu.setAccessibleName(tr("Reply {letter}", letter=candidate.letter))
    free = may_unlearn(round_)

    def add(text: str, wish: Callable[[str], object], *, enabled: bool = True) -> None:
        action = QAction(text, menu)
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked: wish(candidate.letter))
        menu.addAction(action)

    keep = _with_key(tr("Keep writing"), "keep", keys=keys)
    add(keep, wishes.keep_writing, enabled=may_go_on(candidate))
    add(  # what is ranked is what was written
        tr("Edit this reply…") if free else tr("Edit this reply… (rank the replies first)"),
        wishes.edit,
        enabled=free,
    )
    add(tr("Copy chat from here"), wishes.copy_chat)
    text = tr("Answer as if you had learned nothing")
    if not free:  # it would hint at which reply was written with what
        text = tr("Answer as if you had learned nothing (rank the replies first)")
    add(_with_key(text, "unlearned", keys=keys), wishes.unlearned, enabled=free)
    add(tr("Take the ranking back"), wishes.take_back, enabled=round_.ranking is not None)
    menu.popup(at.mapToGlobal(at.rect().bottomLeft()))
    return menu


def may_go_on(candidate: Candidate) -> bool:
    """Whether the model can go on with a reply: it was cut off, and stands as it was written."""
    return candidate.finish.cut_off and not candidate.version


def may_unlearn(round_: Round) -> bool:
    """Whether comparing with a reply written without guidance gives nothing away."""
    settled = round_.ranking is not None or round_.skipped or round_.copied
    return bool(round_.candidates) and (settled or len(round_.candidates) == 1)


def _with_key(text: str, action_id: str, *, keys: bool) -> str:
    return f"{text}\t{key_words(keys_of(action_id))}" if keys else text
