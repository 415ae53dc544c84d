"""Every text on every surface it appears on can be read: contrast computed, both themes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from assistant.gui.code_style import DarkCode, LightCode
from assistant.gui.controls import button
from assistant.gui.theme import DARK, LIGHT, Appearance, Tokens, style_sheet, tokens_for
from assistant.gui.tick_box import TickBox

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen

AA_TEXT, AA_SHAPES = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
# What the style sheet and the widgets put on what: text, then surface.
TEXTS = [
    *(("ink", surface) for surface in ("background", "panel", "card", "soft")),
    *(("muted", surface) for surface in ("background", "panel", "card")),
    *(("accent", surface) for surface in ("background", "panel", "card", "soft")),
    *(("warning", surface) for surface in ("background", "panel", "card", "soft")),
    ("on_accent", "accent"),
]
SHAPES = [("accent", surface) for surface in ("background", "panel", "card", "line")]


def luminance(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "surface"), TEXTS)
def test_every_text_meets_aa_on_its_surface(tokens: Tokens, text: str, surface: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, surface)) >= AA_TEXT


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "surface"), SHAPES)
def test_focus_rings_and_bars_stand_out(tokens: Tokens, shape: str, surface: str) -> None:
    assert contrast(getattr(tokens, shape), getattr(tokens, surface)) >= AA_SHAPES


@pytest.mark.parametrize("style", [LightCode, DarkCode])
def test_every_colour_of_code_meets_aa(style: type) -> None:
    colours = {f"#{look['color']}" for _, look in style if look["color"]}  # type: ignore[attr-defined]
    assert len(colours) >= 4
    assert min(contrast(colour, style.background_color) for colour in colours) >= AA_TEXT


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sheet_names_no_colour_of_its_own(theme: str) -> None:
    tokens = tokens_for(theme, Qt.ColorScheme.Unknown)
    sheet = style_sheet(tokens)
    allowed = {getattr(tokens, name) for name in Tokens.__dataclass_fields__}
    found = {word.strip(";,") for word in sheet.split() if word.startswith("#") and word[1:2]}
    colours = {
        word for word in found if len(word) == 7 and all(c in "0123456789abcdef" for c in word[1:])
    }
    assert colours <= allowed
    assert "$" not in sheet


def test_the_system_is_followed_while_the_program_runs(appearance: Appearance) -> None:
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert appearance.tokens is DARK
    assert QGuiApplication.palette().base().color().name() == DARK.card
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert appearance.tokens is LIGHT


def test_a_theme_that_was_chosen_stays_whatever_the_system_does(appearance: Appearance) -> None:
    appearance.choose("light")
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert appearance.tokens is LIGHT
    appearance.choose("system")
    assert appearance.tokens is DARK


def indicator(box: QCheckBox | QRadioButton) -> QRect:
    """Where the box itself is drawn."""
    option = QStyleOptionButton()
    box.initStyleOption(option)
    part = (
        QStyle.SubElement.SE_CheckBoxIndicator
        if isinstance(box, QCheckBox)
        else QStyle.SubElement.SE_RadioButtonIndicator
    )
    return box.style().subElementRect(part, option, box)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_boxes_to_tick_grow_with_the_text(qtbot, appearance: Appearance, kind, scale) -> None:
    appearance.choose("light", scale)
    box = kind()
    qtbot.addWidget(box)
    assert indicator(box).width() >= 12 * scale


def colours(widget: QWidget, inside: QRect) -> set[str]:
    """All colours inside a part of a widget."""
    image = widget.grab(inside).toImage()
    every = range(image.width()), range(image.height())
    return {image.pixelColor(x, y).name() for x in every[0] for y in every[1]}


@pytest.mark.parametrize("kind", ["", "quiet", "foot", "row", "primary"])
def test_only_our_own_ring_marks_a_button_with_the_focus(
    qtbot, appearance: Appearance, kind: str
) -> None:
    appearance.choose("dark")
    page = QWidget()
    row = QVBoxLayout(page)
    blank = " " * 8  # words without ink, which Qt's own mark would be around
    one = button(blank, lambda: None, kind=kind)
    row.addWidget(one)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitActive(page)
    one.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(one.hasFocus)
    page.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # then Qt marks by its own means
    assert len(colours(one, one.rect().adjusted(4, 4, -4, -4))) == 1
    ring = DARK.ink if kind == "primary" else DARK.accent
    assert ring in colours(one, one.rect())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("kind", [TickBox, QRadioButton])
def test_a_chosen_box_is_as_large_as_the_others_and_stands_out(
    qtbot, appearance: Appearance, kind: type[QAbstractButton], theme: str
) -> None:
    appearance.choose(theme)
    sizes = set()
    for on in (False, True):
        box = kind()
        qtbot.addWidget(box)
        box.setChecked(on)
        box.show()
        place = indicator(box)
        sizes.add((place.x(), place.width(), place.height(), box.sizeHint().width()))
    assert len(sizes) == 1
    assert appearance.tokens.accent in colours(box, place)
    (edge,) = colours(box, QRect(place.x(), place.center().y(), 1, 1))
    assert contrast(edge, appearance.tokens.card) >= AA_SHAPES
    if kind is TickBox:
        assert appearance.tokens.on_accent in colours(box, place), "the tick on it"
