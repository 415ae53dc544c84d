"""The line at the bottom: how much was learned, how well it predicts, what is going on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from assistant.domain.statistics import Share
from assistant.gui.controls import ElidedLabel, label, restyle
from assistant.gui.language import marked, tr, trn
from assistant.gui.reflow import has_room

if TYPE_CHECKING:
    from assistant.usecases.profile import Score

RESTING = marked("resting")  # what the session says when the user waits for nothing
RESTS = marked("resting · learns when you pause")
ROOMY = 240  # narrower than this, the number of rankings makes room for the network
ENOUGH_PAIRS = 20  # below this an interval says nothing, so no figure is shown


class StatusLine(QFrame):
    """Sentences with their uncertainty, never a bare number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.rankings = label("")
        self.score = ElidedLabel()
        self.doing = ElidedLabel()
        self._doing, self._learning, self._learns = tr("starting"), "", False
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(16)
        row.addWidget(self.rankings)
        row.addWidget(self.score, 3)
        row.addWidget(self.doing, 2)
        self.network = label(tr("network: none"))
        row.addWidget(self.network)
        self.doing.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._show()

    def show_score(self, rankings: int, score: Score) -> None:
        """How well rankings were expected so far."""
        self.rankings.setText(trn("%n ranking", "%n rankings", rankings))
        self.score.show_text(score_sentence(score))

    def show_network(self, *, server: bool) -> None:
        """Whether what is asked stays here; if not, that must never go unseen."""
        text = tr("network: your server writes") if server else tr("network: none")
        self.network.setText(text)
        restyle(self.network, "warning", server)

    def show_doing(self, text: str) -> None:
        """What the program is busy with."""
        self._doing = text
        self._show()

    def show_learning(self, text: str) -> None:
        """What is learned in the background, said while the user waits for nothing else."""
        self._learning = text
        self._show()

    def show_learns(self, learns: bool) -> None:
        """Whether anything is learned while the user is quiet."""
        self._learns = learns
        self._show()

    def minimumSizeHint(self) -> QSize:
        """As narrow as what always stands here."""
        width = self.network.minimumSizeHint().width()
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whether text leaves this program is what must be readable."""
        super().resizeEvent(event)
        self.rankings.setVisible(has_room(self, ROOMY))

    def _show(self) -> None:
        rest = self._learning or tr(RESTS if self._learns else RESTING)
        self.doing.show_text(rest if self._doing == RESTING else self._doing)


def score_sentence(score: Score) -> str:
    """The score as a sentence with its interval and what it would be without learning."""
    learned = _percent(score.learned)
    if learned is None:
        return tr("Rank a few replies, and I will say how well I guess your order.")
    if score.learned.n < ENOUGH_PAIRS:
        seen = tr("{n} of {enough} pairs", n=score.learned.n, enough=ENOUGH_PAIRS)
        return tr("Too few rankings to say how well I guess your order ({seen} so far).", seen=seen)
    without = score.unlearned.value
    rest = (
        "" if without is None else tr(", {without:.0f} % without learning", without=100 * without)
    )
    return tr("I guess your order right in {learned}{rest}", learned=learned, rest=rest)


def _percent(share: Share) -> str | None:
    """ "68 % of pairs (57–79)", or None if nothing was counted."""
    if share.value is None or share.low is None or share.high is None:
        return None
    return tr(
        "{value:.0f} % of pairs ({low:.0f}–{high:.0f})",
        value=100 * share.value,
        low=100 * share.low,
        high=100 * share.high,
    )
