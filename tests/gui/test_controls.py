"""Lines that have too little room end in an ellipsis, unless that would change what they say."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from assistant.gui.controls import ElidedLabel


def test_a_text_is_cut_and_a_figure_is_left_out(qtbot: QtBot) -> None:
    text, figure = ElidedLabel(), ElidedLabel(cut=False)
    for shown in (text, figure):
        qtbot.addWidget(shown)
        shown.show_text("1234 tokens")
        shown.resize(30, 20)
        shown.show()
    assert text.text().endswith("…")
    assert figure.text() == ""
    assert figure.accessibleName() == "1234 tokens"
    figure.resize(300, 20)
    assert figure.text() == "1234 tokens"
