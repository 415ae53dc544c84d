"""Every action of the window, declared once: its name, its keys and where they work.

The shortcuts page is this list; whoever carries out an action looks its keys up here, so that no
key works that is not listed. Keys with `fixed` belong to the widget named and are handled there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from assistant.gui.language import marked
from assistant.gui.typing_ahead import TypingAhead


class Where(StrEnum):
    """The part of the window that has the keyboard when the keys work."""

    ANYWHERE = marked("Anywhere")
    BUTTON = marked("On a button, also under a reply")
    MESSAGE = marked("Writing a message")
    REPLIES = marked("Ranking the replies")
    CONVERSATIONS = marked("In the list of conversations")
    LEARNED = marked("On the page “What I have learned about you”")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done with keys; the first of them is shown first."""

    id: str
    text: str
    keys: tuple[str, ...]
    where: Where = Where.ANYWHERE
    fixed: bool = False


ACTIONS = (
    Action("new", "New chat", ("Ctrl+N",)),
    Action("temporary", "Temporary chat: not kept, not learned from", ("Ctrl+Shift+N",)),
    Action("search", "Search titles, queries and replies", ("Ctrl+K", "Ctrl+F")),
    Action("sidebar", "Show or hide the conversations", ("Ctrl+B",)),
    Action("menu", "What can be done with this conversation", ("Ctrl+M",)),
    Action("message", "Go to the message", ("Ctrl+L", "Shift+Esc")),
    Action("replies", "Go to the replies", ("Ctrl+J",)),
    Action("rank-all", "Rank all replies, where only the best is shown", ("Ctrl+Shift+R",)),
    Action("snippet", "Insert a snippet", ("Ctrl+;",)),
    Action("again", "Write new replies to the last query", ("Ctrl+R",)),
    Action("edit", "Edit the last query", ("Ctrl+E",)),
    Action("older", "Show the version before of the last query", ("Ctrl+[",)),
    Action("newer", "Show the version after of the last query", ("Ctrl+]",)),
    Action("copy", "Copy the last reply", ("Ctrl+Shift+C",)),
    Action("why", "Why these replies", ("F4",)),
    Action("learned", "What I have learned about you", ("Ctrl+Shift+L",), fixed=True),
    Action("unranked", "Rank what was left unranked", ("Ctrl+Shift+U",)),
    Action("models", "Models", ("Ctrl+Shift+M",)),
    Action("settings", "Settings", ("Ctrl+,",)),
    Action("shortcuts", "These keys", ("Ctrl+/", "F1")),
    Action("about", "About Attune", ("Ctrl+Shift+I",)),
    Action("larger", "Larger text", ("Ctrl++", "Ctrl+=")),
    Action("smaller", "Smaller text", ("Ctrl+-",)),
    Action("usual", "Text of the usual size", ("Ctrl+0",)),
    Action("press", "Press it", ("Enter", "Space"), Where.BUTTON, fixed=True),
    Action("send", "Send", ("Enter",), Where.MESSAGE, fixed=True),
    Action("line", "New line", ("Shift+Enter",), Where.MESSAGE, fixed=True),
    Action("offer", "Snippets, at the start of a message", ("/",), Where.MESSAGE, fixed=True),
    Action("earlier", "An earlier query of yours, again", ("Up",), Where.MESSAGE, fixed=True),
    Action("stop", "Stop writing", ("Esc",), Where.MESSAGE, fixed=True),
    Action("best-a", "Reply A is best", ("A", "1"), Where.REPLIES),
    Action("best-b", "Reply B is best", ("B", "2"), Where.REPLIES),
    Action("best-c", "Reply C is best", ("C", "3"), Where.REPLIES),
    Action("best-d", "Reply D is best", ("D", "4"), Where.REPLIES),
    Action("left", "Move the reply up in the order", ("Alt+Left",), Where.REPLIES),
    Action("right", "Move the reply down in the order", ("Alt+Right",), Where.REPLIES),
    Action("tie", "Tie with the reply before", ("T",), Where.REPLIES),
    Action("bad", "All are bad", ("X", "0"), Where.REPLIES),
    Action("skip", "No opinion", ("S",), Where.REPLIES),
    Action("undo", "Take the order back", ("Ctrl+Z",), Where.REPLIES),
    Action("keep", "Keep writing a reply that was cut off", ("W",), Where.REPLIES),
    Action("unlearned", "Answer as if you had learned nothing", ("N",), Where.REPLIES),
    Action("proceed", "Go on with the best reply", ("Return", "Enter"), Where.REPLIES),
    Action("stop-writing", "Stop writing", ("Esc",), Where.REPLIES),
    Action("open", "Open", ("Enter",), Where.CONVERSATIONS, fixed=True),
    Action("rename", "Rename", ("F2",), Where.CONVERSATIONS),
    Action("delete", "Delete; it can be brought back", ("Del",), Where.CONVERSATIONS),
    Action("list-menu", "Everything else", ("Menu", "Shift+F10"), Where.CONVERSATIONS, fixed=True),
    Action("part", "Turn to one of its parts", ("Alt+1", "Alt+6"), Where.LEARNED, fixed=True),
)

_SCOPES = {
    Where.ANYWHERE: Qt.ShortcutContext.WindowShortcut,
    Where.REPLIES: Qt.ShortcutContext.WidgetWithChildrenShortcut,
    Where.CONVERSATIONS: Qt.ShortcutContext.WidgetShortcut,
}


def bind(
    widget: QWidget,
    where: Where,
    does: Mapping[str, Callable[[], object]],
    ahead: TypingAhead | None = None,
) -> None:
    """Let the keys of all actions of a place work; `does` must name every one of them.

    With `ahead`, keys that could be typed into a message wait there, and others go behind them.
    """
    for action in ACTIONS:
        if action.where is where and not action.fixed:
            for key in action.keys:
                shortcut = QShortcut(QKeySequence(key), widget)
                shortcut.setContext(_SCOPES[where])
                act = does[action.id]
                if ahead is not None:
                    single = len(key) == 1
                    act = (
                        partial(ahead.command, key, act) if single else partial(ahead.at_once, act)
                    )
                shortcut.activated.connect(act)


def keys_of(action_id: str) -> str:
    """The first keys of an action, for a button's tip."""
    return next(action.keys[0] for action in ACTIONS if action.id == action_id)
