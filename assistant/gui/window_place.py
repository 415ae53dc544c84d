"""Where the window was left: its place and size and the widths of its panes, as one short text."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow, QSplitter


@dataclass(frozen=True, slots=True)
class Place:
    """`geometry` is Qt's own record (checked against today's screens when it is used)."""

    geometry: str
    panes: tuple[int, ...]
    why: bool | None  # whether the user wants the explanation; None: as the width allows


def place_of(window: QMainWindow, panes: tuple[int, ...], why: bool | None) -> str:
    """The text to store."""
    geometry = window.saveGeometry().toBase64().toStdString()
    return json.dumps(asdict(Place(geometry, panes, why)))


def read_place(text: str) -> Place | None:
    """What was stored; None if there is nothing, or nothing that makes sense."""
    try:
        found = json.loads(text)
        panes = tuple(int(width) for width in found["panes"])
        why = found["why"]
        return Place(str(found["geometry"]), panes, None if why is None else bool(why))
    except (ValueError, TypeError, KeyError):
        return None


def put_back(place: Place, window: QMainWindow, splitter: QSplitter) -> None:
    """Give a window its place and size, as far as the screens allow."""
    window.restoreGeometry(QByteArray.fromBase64(place.geometry.encode()))
    if len(place.panes) == splitter.count() and all(width > 0 for width in place.panes):
        splitter.setSizes(list(place.panes))
