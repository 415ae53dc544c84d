"""The chart paints what it is told, inside its bounds, and says it to who cannot see it."""

from __future__ import annotations

from PySide6.QtGui import QColor, QGuiApplication, QPalette
from pytestqt.qtbot import QtBot

from assistant.gui.learned_chart import Chart, ChartPoint

RISING = [ChartPoint(at, at / 10, at / 10 - 0.1, at / 10 + 0.1) for at in range(5)]


def painted(chart: Chart, colour: QColor) -> list[tuple[int, int]]:
    image = chart.grab().toImage()
    return [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) == colour
    ]


def test_a_course_rises_from_left_to_right(qtbot: QtBot) -> None:
    chart = Chart(60)
    qtbot.addWidget(chart)
    chart.resize(200, 60)
    chart.show_course(RISING, [(0, 0.0), (4, 0.0)], "It rises.")
    line = painted(chart, QGuiApplication.palette().color(QPalette.ColorRole.Link))
    assert min(line)[1] > max(line)[1]
    assert max(line)[0] > 180
    assert chart.accessibleName() == "It rises."


def test_a_single_point_is_no_course(qtbot: QtBot) -> None:
    chart = Chart(60)
    qtbot.addWidget(chart)
    chart.show_course(RISING[:1], (), "One point.")
    assert chart.isHidden()
