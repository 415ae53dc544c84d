"""What the keys declared for the whole window do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.gui.main_window import MainWindow


def window_actions(window: MainWindow) -> dict[str, Callable[[], object]]:
    """A function for each action that works anywhere."""
    return {
        "new": window.new_chat,
        "temporary": window.temporary_chat,
        "search": window.search,
        "sidebar": window.toggle_sidebar,
        "menu": lambda: _open_menu(window),
        "message": lambda: _write(window),
        "replies": lambda: _to_replies(window),
        "rank-all": lambda: _rank_all(window),
        "snippet": lambda: _snippet(window),
        "again": lambda: _again(window),
        "edit": lambda: _edit(window),
        "older": lambda: _turn(window, -1),
        "newer": lambda: _turn(window, 1),
        "copy": lambda: _copy(window),
        "why": window.toggle_why,
        "unranked": window.unranked_wanted.emit,
        "models": window.models_wanted.emit,
        "settings": window.settings_wanted.emit,
        "shortcuts": window.shortcuts_wanted.emit,
        "about": window.about_wanted.emit,
        "larger": lambda: window.zoomed.emit(1),
        "smaller": lambda: window.zoomed.emit(-1),
        "usual": lambda: window.zoomed.emit(0),
    }


def _open_menu(window: MainWindow) -> None:
    """What can be done with the conversation shown."""
    if window.desk is not None:
        window.desk.open_menu()


def _write(window: MainWindow) -> None:
    """The keyboard goes to the message, whatever page is open."""
    window.pages.go_back()
    window.composer.setFocus()


def _to_replies(window: MainWindow) -> None:
    """The keyboard goes to the cards, or to the reply shown last where there are none."""
    window.pages.go_back()
    if window.round_view.isVisible():
        window.round_view.focus_first()
    elif window.conversation.past:
        window.conversation.past[-1].body.setFocus()


def _rank_all(window: MainWindow) -> None:
    """All replies to the last query, where only the best is shown."""
    window.pages.go_back()
    if window.desk is not None:
        window.desk.flow.rank_all()


def _snippet(window: MainWindow) -> None:
    """The snippets over the message."""
    _write(window)
    if window.desk is not None:
        window.desk.snippets.open_menu(window.composer.edit)


def _again(window: MainWindow) -> None:
    """New replies to the last query."""
    window.pages.go_back()
    bubble = window.conversation.last_bubble()
    if bubble is not None and window.desk is not None:
        window.desk.flow.ask_again(bubble.round.query_id)


def _edit(window: MainWindow) -> None:
    """The last query as a field."""
    window.pages.go_back()
    bubble = window.conversation.last_bubble()
    if bubble is not None and window.session is not None and not window.session.writing:
        bubble.edit()


def _turn(window: MainWindow, step: int) -> None:
    """Another version of the last query."""
    bubble = window.conversation.last_bubble()
    if bubble is not None:
        bubble.turn(step)


def _copy(window: MainWindow) -> None:
    """The reply chosen last, or the one that has the keyboard."""
    view = window.round_view
    if view.isVisible() and view.cards:
        order = view.model.order()
        view.cards[(order.best if order else None) or view.focused_letter()].copy()
    elif window.conversation.past:
        window.conversation.past[-1].copy()
