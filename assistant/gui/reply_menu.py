"""What else can be done with one reply, as a menu; the same for the cards and for past rounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from assistant.domain.model import Candidate, Round
from assistant.gui.actions import keys_of
from assistant.gui.language import key_words, tr


@dataclass(frozen=True, slots=True)
class ReplyWishes:
    """Who carries out what the user chooses; each is given the letter of the reply."""

    keep_writing: Callable[[str], object]
    unlearned: Callable[[str], object]


def open_reply_menu(
    at: QWidget, round_: Round, candidate: Candidate, wishes: ReplyWishes, *, keys: bool = False
) -> QMenu:
    """Show the menu under a button; `keys`: the keys for the cards work where it is."""
    menu = QMenu(at)
    letter = candidate.letter
    menu.setAccessibleName(tr("Reply {letter}", letter=letter))
    menu.aboutToHide.connect(menu.deleteLater)
    keep = QAction(_with_key(tr("Keep writing"), "keep", keys=keys), menu)
    keep.setEnabled(candidate.finish.cut_off)
    keep.triggered.connect(lambda _checked: wishes.keep_writing(letter))
    text = tr("Answer as if you had learned nothing")
    if not may_unlearn(round_):  # it would hint at which reply was written with what
        text = tr("Answer as if you had learned nothing (rank the replies first)")
    unlearned = QAction(_with_key(text, "unlearned", keys=keys), menu)
    unlearned.setEnabled(may_unlearn(round_))
    unlearned.triggered.connect(lambda _checked: wishes.unlearned(letter))
    menu.addActions([keep, unlearned])
    menu.popup(at.mapToGlobal(at.rect().bottomLeft()))
    return menu


def may_unlearn(round_: Round) -> bool:
    """Whether comparing with a reply written without guidance gives nothing away."""
    ordered = round_.ranking is not None or round_.skipped
    return bool(round_.candidates) and (ordered or len(round_.candidates) == 1)


def _with_key(text: str, action_id: str, *, keys: bool) -> str:
    return f"{text}\t{key_words(keys_of(action_id))}" if keys else text
