"""A silent strip of one round, as a user goes through it, for the README; used by pictures.py.

Six frames of a small window, two beside each other, each under a sentence that says what is done.
"""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from picture_studio import QUERY, SMALLEST, Studio, ask, carry, settle, until

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain.model import Round

FRAME = (720, 540)  # the narrowest window that shows three replies side by side
CAPTION, GAP, CAPTION_PIXELS = 44, 16, 19
BESIDE = 2
READINGS = 4
PAPER, INK = "#ffffff", "#1f2328"
BEFORE_TOKENS, REPLY_TOKENS = 24, 90
LIKED = ("Brief", "Steps", "Plain", "Practical", "Answer First", "Short Sentences", "Just Facts")
SEED = 5
BEFORE = (
    "What should I cook tonight?",
    "How do I plan a quiet weekend?",
    "What can I do in the garden in spring?",
    "How do I start to run again?",
    "How do I keep a diary?",
)
NEXT = "And how do I fall asleep early?"


def strip(studio: Studio) -> None:
    """Ask, drag into order, see what was expected and why, ask again, and what was learned."""
    from assistant.settings import MAX_TOKENS

    store = studio.session.services.store
    store.run(lambda db: db.settings.set(MAX_TOKENS, BEFORE_TOKENS))
    _teach(studio)
    store.run(lambda db: db.settings.set(MAX_TOKENS, REPLY_TOKENS))
    with tempfile.TemporaryDirectory(prefix="attune-strip-") as frames:
        captions = _frames(replace(studio, folder=Path(frames)))
        files = [Path(frames) / f"{number}.png" for number in range(len(captions))]
        _join(files, captions, studio)


def _teach(studio: Studio) -> None:
    """Rankings made before, by a user who likes what is brief and practical."""
    for query in BEFORE:
        studio.window.new_chat()
        ask(studio, query)
        _rank(studio)
    studio.window.new_chat()


def _frames(studio: Studio) -> list[str]:
    """Picture the round step by step; what each frame shows."""
    from PySide6.QtCore import QPoint

    from assistant.gui.tasks import Lane

    window, view = studio.window, studio.window.round_view
    window.resize(*FRAME)
    ask(studio, QUERY, whole=False)
    until(lambda: bool(view.round and view.round.text == QUERY and view.cards))
    until(lambda: min(len(card.body.text()) for card in view.cards.values()) > 60)
    studio.shot("0")
    until(lambda: not studio.session.writing)
    first = view.cards["A"]
    carry(studio, "1", lambda: first.mapTo(window, QPoint(8, 90)))
    _order(studio, "CBA")
    studio.shot("2")
    window.toggle_why()
    settle()
    studio.shot("3")
    window.toggle_why()
    view.proceed.emit()
    ask(studio, NEXT)
    studio.shot("4")
    _rank(studio)
    assert window.desk is not None, "the program is open"
    window.desk.learned.open()
    for _ in range(READINGS):  # the page reads what the learner knows, and then a tag's story
        studio.session.tasks.submit(Lane.BROWSE, lambda: None).result()
        settle()
    studio.shot("5")
    return [
        "1  Ask: three replies are written at once",
        "2  Drag them into order; a key or a click does it too",
        "3  Only then you see what order was expected",
        "4  Why: what guided each reply, and what it rests on",
        "5  The next query is written with what was learned",
        "6  All that was learned can be looked at, pinned, banned",
    ]


def _rank(studio: Studio) -> None:
    """Into the order that this user likes; a liking is a matter of the tags and of the day."""
    assert studio.session.round is not None, "a round is shown"
    _order(studio, _liked(studio.session.round))


def _order(studio: Studio, letters: Sequence[str]) -> None:
    """Put the replies into an order by their keys, and wait until it is learned."""
    model = studio.window.round_view.model
    model.choose_best(letters[0])
    for place, letter in enumerate(letters[1:], 1):
        model.move(letter, place)
    _learned(studio)


def _liked(round_: Round) -> list[str]:
    """The letters, what is liked most first."""
    chance = random.Random(SEED + round_.query_id)

    def liking(letter: str) -> float:
        tags = round_.candidate(letter).guidance.tags
        return sum(tag in LIKED for tag in tags) + chance.random()

    return sorted((c.letter for c in round_.candidates), key=liking, reverse=True)


def _learned(studio: Studio) -> None:
    """Wait until the ranking is stored and learned from."""
    until(lambda: bool(studio.session.round and studio.session.round.ranking))
    until(lambda: bool(studio.window.why.rows))


def _join(files: Sequence[Path], captions: Sequence[str], studio: Studio) -> None:
    """All frames in one picture, each under its caption."""
    from PySide6.QtCore import QRect, Qt
    from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

    wide, high = FRAME[0] + GAP, FRAME[1] + CAPTION + GAP
    rows = -(-len(files) // BESIDE)
    whole = QImage(BESIDE * wide + GAP, rows * high, QImage.Format.Format_RGB888)
    whole.fill(QColor(PAPER))
    painter = QPainter(whole)
    font = painter.font()
    font.setPixelSize(CAPTION_PIXELS)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(INK))
    for number, (file, caption) in enumerate(zip(files, captions, strict=True)):
        left, top = GAP + number % BESIDE * wide, number // BESIDE * high
        place = QRect(left, top, FRAME[0], CAPTION)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), caption)
        painter.drawPixmap(left, top + CAPTION, QPixmap(str(file)))
        painter.drawRect(left, top + CAPTION, FRAME[0] - 1, FRAME[1] - 1)
    painter.end()
    file = studio.folder / "strip.png"
    whole.save(str(file), "PNG", SMALLEST)
