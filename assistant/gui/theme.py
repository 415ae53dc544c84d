"""From the look's tokens to the one style sheet of the window; light, dark or as the system is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours that everything is painted with."""

    background: str
    panel: str
    card: str
    line: str
    ink: str
    muted: str
    accent: str
    soft: str
    warning: str
    on_accent: str


LIGHT = Tokens(
    background="#faf9f7",
    panel="#f2f0ec",
    card="#ffffff",
    line="#e2ded7",
    ink="#23211e",
    muted="#6f6a62",
    accent="#2f6f62",
    soft="#e2efeb",
    warning="#9a5b13",
    on_accent="#ffffff",
)
DARK = Tokens(
    background="#1b1a18",
    panel="#232220",
    card="#2a2926",
    line="#3a3834",
    ink="#ece9e3",
    muted="#a29c92",
    accent="#7cc4b3",
    soft="#25413b",
    warning="#e0a95f",
    on_accent="#1b1a18",
)

_SHEET = Template(
    """
* { font-size: ${base}px; color: $ink; outline: none; }
QMainWindow, #page, #conversation, #conversation > QWidget, #flow, #round {
  background: $background; }
QScrollArea { border: none; background: $background; }
#sidebar, #why, #status, #whyBody, #why QScrollArea { background: $panel; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }
#status { border-top: 1px solid $line; }
#top { border-bottom: 1px solid $line; background: $background; }
QLabel { background: transparent; }
QLabel#title { font-weight: 600; }
QLabel#note, #status QLabel { font-size: ${small}px; color: $muted; }
QLabel#outgrown { font-size: ${small}px; color: $warning; }
QLabel#problem { font-size: ${small}px; color: $warning; padding: 2px 4px; }
QProgressBar[tight="true"]::chunk { background: $warning; }
#status QLabel[warning="true"] { color: $warning; }
QLabel#warning { color: $warning; border: 1px solid $warning; border-radius: 8px;
  padding: 8px 12px; }
QLabel#letter { font-weight: 600; }
QLabel#rank { font-size: ${small}px; font-weight: 600; color: $accent; }
QLabel#handle { color: $muted; padding: 4px; }
QLabel#handle:hover { color: $ink; }
QLabel#welcome { font-size: ${large}px; }
QPushButton[chip="true"] { background: transparent; border: 1px solid $line; border-radius: 13px;
  padding: 4px 10px; font-size: ${small}px; color: $muted; min-height: 16px; }
QPushButton[chip="true"]:hover { border-color: $muted; color: $ink; }
QPushButton[chip="true"]:focus { border: 2px solid $accent; padding: 3px 9px; }
QPushButton[chip="true"]::menu-indicator { width: 0; }
QFrame#card, QFrame#past, QFrame#composer { background: $card; border: 1px solid $line;
  border-radius: 12px; }
QFrame#card[best="true"] { border: 2px solid $accent; }
QFrame#past[apart="true"] { border: 1px dashed $warning; }
QFrame#card[dropping="true"] { border: 2px solid $accent; background: $soft; }
QFrame#card[lifted="true"] { border: 2px dashed $muted; background: $panel; }
QFrame#dropMark { background: $accent; border-radius: 2px; }
QLabel#dropWord { background: $accent; color: $on_accent; border-radius: 8px; padding: 2px 10px;
  font-size: ${small}px; font-weight: 600; }
QFrame#allBad { background: $card; border: 1px dashed $warning; border-radius: 8px; }
QFrame#allBad QLabel { color: $warning; }
QFrame#allBad[dropping="true"] { background: $soft; border: 2px solid $warning; }
QFrame#card:focus, QFrame#card[best="true"]:focus { border: 2px solid $ink; }
QFrame#rule { background: $line; border: none; max-height: 1px; }
QTextEdit, QPlainTextEdit { background: transparent; border: none;
  selection-background-color: $accent; selection-color: $on_accent; }
QTextEdit#bubble { background: $soft; border-radius: 12px; padding: 8px 12px; }
QPushButton { background: $card; border: 1px solid $line; border-radius: 8px; padding: 4px 10px; }
QPushButton:hover { border-color: $muted; }
QPushButton:focus, QComboBox:focus, QLineEdit:focus, QListView:focus {
  border: 2px solid $accent; padding-left: 9px; }
QPushButton:disabled { color: $muted; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent;
  font-weight: 600; }
QPushButton[primary="true"]:focus { border: 2px solid $ink; }
QPushButton[primary="true"]:disabled { background: $panel; color: $muted; border-color: $line; }
QPushButton[quiet="true"] { background: transparent; color: $accent; border: 2px solid transparent;
  padding: 2px 4px; }
QPushButton[quiet="true"]:hover { background: $soft; }
QPushButton[quiet="true"]:focus { border: 2px solid $accent; }
QPushButton[quiet="true"]:disabled { color: $muted; }
QPushButton[warning="true"] { color: $warning; border-color: $warning; }
QPushButton[quiet="true"]::menu-indicator { width: 0; }
QPushButton[small="true"] { font-size: ${small}px; }
QPushButton[quiet="true"][small="true"] { text-align: left; }
QPushButton[row="true"] { text-align: left; padding: 7px 10px; }
QPushButton[foot="true"] { text-align: left; background: transparent; border: 2px solid transparent;
  padding: 5px 8px; }
QPushButton[foot="true"]:hover { background: $soft; }
QPushButton[foot="true"]:focus { border: 2px solid $accent; }
QLineEdit { background: $card; border: 1px solid $line; border-radius: 8px; padding: 6px 10px; }
QAbstractSpinBox { background: $card; border: 1px solid $line; border-radius: 8px;
  padding: 6px 0 6px 0; }
QAbstractSpinBox:focus { border: 2px solid $accent; padding: 5px 0 5px 0; }
QAbstractSpinBox:disabled { color: $muted; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: ${large}px; border: none;
  background: transparent; margin-right: 4px; }
QAbstractSpinBox::up-button { margin-top: 2px; }
QAbstractSpinBox::down-button { margin-bottom: 2px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $soft;
  border-radius: 4px; }
QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow { width: 0; height: 0; }
QLineEdit, QPlainTextEdit { placeholder-text-color: $muted; }
QDialog QPlainTextEdit, #panel QPlainTextEdit { background: $card; border: 1px solid $line;
  border-radius: 8px; padding: 4px 8px; }
QDialog QPlainTextEdit:focus, #panel QPlainTextEdit:focus { border: 2px solid $accent; }
QCheckBox, QRadioButton { border: 2px solid transparent; border-radius: 6px; padding: 1px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $accent; }
QCheckBox::indicator, QRadioButton::indicator { width: ${small}px; height: ${small}px; }
QCheckBox::indicator { border: 1px solid $muted; border-radius: 3px; background: $card; }
QCheckBox::indicator:checked { border-color: $accent; background: $accent; }
QRadioButton::indicator { border: 1px solid $muted; border-radius: ${round}px; background: $card; }
QRadioButton::indicator:checked { border-color: $accent;
  background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
    stop: 0 $accent, stop: 0.55 $accent, stop: 0.65 $card, stop: 1 $card); }
QComboBox { background: transparent; border: 1px solid $line; border-radius: 8px;
  padding: 4px 8px; font-size: ${small}px; }
QDialog QComboBox, #panel QComboBox { padding: 6px 10px; font-size: ${base}px; }
QDialog QComboBox:focus, #panel QComboBox:focus { padding: 5px 9px; }
QMenu { background: $card; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: $soft; }
QMenu::item:disabled { color: $muted; }
QComboBox QAbstractItemView { background: $card; color: $ink; selection-background-color: $soft;
  selection-color: $ink; }
QListView { background: transparent; border: 2px solid transparent; }
QListView#offer { background: $card; border: 1px solid $line; border-radius: 8px; }
QListView::item { padding: 7px 8px; border-radius: 8px; }
QListView::item:hover { background: $card; }
QListView::item:selected { background: $soft; color: $ink; }
QListView::item:disabled { background: transparent; }
QListView QLineEdit, QListView QLineEdit:focus { padding: 0 5px; }
QFrame#panel { background: $card; border: 1px solid $line; border-radius: 12px; }
QFrame#attached { background: $panel; border: 1px solid $line; border-radius: 8px; }
QFrame#past[found="true"] { border: 2px solid $accent; }
QFrame#composer[temporary="true"] { border: 1px dashed $warning; }
QLabel#heading { font-weight: 600; }
QLabel#keys { color: $accent; font-weight: 600; }
QLabel#told { background: $soft; border-radius: 8px; padding: 8px 12px; }
QLabel#place { background: $panel; border-radius: 8px; padding: 8px 12px; }
QLabel#pill { font-size: ${small}px; color: $warning; border: 1px solid $warning;
  border-radius: 9px; padding: 1px 8px; }
QLabel#pill[good="true"] { color: $accent; border-color: $accent; }
QFrame#queryEditor { background: $card; border: 2px solid $accent; border-radius: 8px; }
QTabBar { background: transparent; }
QTabBar::tab { padding: 6px 16px; border: none; border-bottom: 2px solid transparent;
  background: transparent; color: $muted; }
QTabBar::tab:selected { color: $ink; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { background: $soft; color: $ink; }
QTabBar QToolButton { background: $card; border: 1px solid $line; border-radius: 6px; }
QFrame#banner { background: $card; border: 1px solid $warning; border-radius: 8px; }
QFrame#banner[calm="true"] { background: $soft; border-color: $soft; }
QFrame#banner[calm="true"] QLabel { color: $ink; }
QFrame#banner[calm="true"] QPushButton[quiet="true"]:hover { background: $card; }
QProgressBar { background: $line; border: none; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: $line; border-radius: 4px; min-height: 24px;
  margin: 1px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: $card; color: $ink; border: 1px solid $line; }
QDialog, QMessageBox { background: $background; }
"""
)


_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)


def tokens_for(theme: str, scheme: Qt.ColorScheme) -> Tokens:
    """The colours of "light" or "dark"; of the system's `scheme` for anything else."""
    if theme == "system":
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    return DARK if theme == "dark" else LIGHT


def style_sheet(tokens: Tokens, scale: float = 1.0) -> str:
    """The whole style sheet, with text sizes multiplied by `scale`."""
    sizes = {"base": 14, "small": 12, "large": 20}
    pixels = {name: round(size * scale) for name, size in sizes.items()}
    pixels["round"] = (pixels["small"] + 2) // 2  # with more, Qt makes a square of a circle
    return _SHEET.substitute(asdict(tokens), **{name: str(size) for name, size in pixels.items()})


class Appearance(QObject):
    """Paints the whole program as the user wants it, and follows the system where they do."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._flash = application.cursorFlashTime()
        self._theme, self._scale = "system", 1.0
        hints = QGuiApplication.styleHints()
        self._scheme = hints.colorScheme()
        hints.colorSchemeChanged.connect(self._follow)
        application.setStyle("Fusion")
        self._paint()

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return tokens_for(self._theme, self._scheme)

    def choose(self, theme: str, scale: float = 1.0, *, still: bool = False) -> None:
        """Use a theme ("system", "light" or "dark") and a size of text from now on.

        `still`: nothing moves. Attune has no animation of its own, but menus fade and cursors
        blink by the toolkit's doing.
        """
        for effect in _EFFECTS:
            self._application.setEffectEnabled(effect, not still)
        flash = 0 if still else self._flash
        self._application.setCursorFlashTime(flash)
        if (theme, scale) != (self._theme, self._scale):
            self._theme, self._scale = theme, scale
            self._paint()

    def _follow(self, scheme: Qt.ColorScheme) -> None:
        """The system went light or dark."""
        self._scheme = scheme
        if self._theme == "system":
            self._paint()

    def _paint(self) -> None:
        """Palette first: what is painted without the style sheet looks at it."""
        self._application.setPalette(palette_of(self.tokens))
        self._application.setStyleSheet(style_sheet(self.tokens, self._scale))


def palette_of(tokens: Tokens) -> QPalette:
    """The colours for what the style sheet does not reach, such as links in texts."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.background,
        QPalette.ColorRole.Base: tokens.card,
        QPalette.ColorRole.Text: tokens.ink,
        QPalette.ColorRole.WindowText: tokens.ink,
        QPalette.ColorRole.Button: tokens.card,
        QPalette.ColorRole.ButtonText: tokens.ink,
        QPalette.ColorRole.PlaceholderText: tokens.muted,
        QPalette.ColorRole.Link: tokens.accent,
        QPalette.ColorRole.LinkVisited: tokens.accent,
        QPalette.ColorRole.Midlight: tokens.line,
        QPalette.ColorRole.Highlight: tokens.accent,
        QPalette.ColorRole.HighlightedText: tokens.on_accent,
        QPalette.ColorRole.ToolTipBase: tokens.card,
        QPalette.ColorRole.ToolTipText: tokens.ink,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    return palette
