"""The keyboard stays where it was while a part of the window is built anew.

Contract: what had the keyboard in the part is found again by its name, else by its place; where
nothing there can take it, the part itself has it. It never leaves the part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

OTHER = Qt.FocusReason.OtherFocusReason


@contextmanager
def kept_focus(part: QWidget) -> Iterator[None]:
    """Replace what is in `part` inside of this; the part has the keyboard meanwhile."""
    give_back = noted_focus(part)
    if give_back is None:
        yield
        return
    part.setFocus(OTHER)  # else it would jump to whatever follows what goes
    yield
    give_back()


def noted_focus(part: QWidget) -> Callable[[], None] | None:
    """What gives the keyboard back to where it is now in `part`; None if it is not in there."""
    focus = focus_within(part)
    if focus is None:
        return None
    stops = _stops(part)
    name, at = focus.accessibleName(), stops.index(focus) if focus in stops else 0
    which = [stop.accessibleName() for stop in stops[:at]].count(name)  # of those called so

    def give_back() -> None:
        now = _stops(part)
        named = [stop for stop in now if name and stop.accessibleName() == name]
        if now:
            place = now[min(at, len(now) - 1)]
            _give(named[min(which, len(named) - 1)] if named else place, part)

    return give_back


def focus_within(part: QWidget) -> QWidget | None:
    """What has the keyboard in a part, also while another window is in front."""
    focus = part.window().focusWidget()
    return focus if focus is not None and part.isAncestorOf(focus) else None


def hide_with_focus(part: QWidget) -> bool:
    """Hide a part; whether it had the keyboard, which then belongs where the user goes on."""
    within = focus_within(part) is not None
    part.hide()
    return within


def _stops(part: QWidget) -> list[QWidget]:
    """What the Tab key goes through in a part."""
    tab = Qt.FocusPolicy.TabFocus
    return [
        one
        for one in part.findChildren(QWidget)
        if one.focusPolicy() & tab == tab and one.isEnabled() and not _gone(one, part)
    ]


def _gone(one: QWidget, part: QWidget) -> bool:
    """Whether it was hidden, itself or with what it is in; what is new is not shown yet."""
    explicit = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
    return any(w.isHidden() and w.testAttribute(explicit) for w in _up_to(part, one))


def _give(one: QWidget, part: QWidget) -> None:
    """The keyboard goes to it; shown at once, since nothing hidden can have it."""
    for widget in _up_to(part, one):
        if widget.isHidden():
            widget.show()
    one.setFocus(OTHER)


def _up_to(part: QWidget, one: QWidget) -> Iterator[QWidget]:
    """A widget and what it is in, inside of a part."""
    widget: QWidget | None = one
    while widget is not None and widget is not part:
        yield widget
        widget = widget.parentWidget()
