"""The window in German: every text there is, and only German where it is looked at."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_steps import ask, ready

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Tag, TagKind
from assistant.generation.server_address import read_address
from assistant.gui import language
from assistant.gui.language import figure, install, key_words, number, sentence, tr, trn
from assistant.gui.learned_tag_card import TagCard
from assistant.gui.main_window import LEAST_SIZE
from assistant.gui.tag_row import TagRow
from assistant.settings import LANGUAGE, TOP_P
from assistant.usecases.language_note import noted_language
from assistant.usecases.servers import warning
from assistant.usecases.tag_board import BoardTag

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = PROJECT / "resources" / "translations"
LAID_OUT = 300  # milliseconds until everything has found its place
QUIET = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, of dialogs

# Words that German has not; each would stand out among German ones.
ENGLISH = re.compile(
    r"\b(the|and|of|to|is|are|your|you|with|this|that|for|not|reply|replies|what|how|no|"
    r"conversations?|message|write|settings|learned?|rankings?|choose|file|new|"
    r"model of|show|open|close|delete|rename|undo|skip|save|send|search|best|copy|again)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def translations() -> Iterator[ModuleType]:
    """The script that knows all texts."""
    sys.path.insert(0, str(PROJECT / "packaging"))
    import translations as script

    yield script
    sys.path.remove(str(PROJECT / "packaging"))


def test_every_text_of_the_source_is_translated_and_no_other(translations: ModuleType) -> None:
    assert translations.check() == []


def test_the_compiled_file_is_that_of_the_translations(
    translations: ModuleType, tmp_path: Path
) -> None:
    tool = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip("the tool that comes with PySide6 is not there")
    made = tmp_path / "made.qm"
    source = FOLDER / "attune_de.ts"
    command = [tool, "-silent", "-removeidentical", str(source), "-qm", str(made)]
    subprocess.run(command, check=True)
    assert made.read_bytes() == (FOLDER / "attune_de.qm").read_bytes()


def test_sentences_known_again_are_those_of_the_source(translations: ModuleType) -> None:
    below = [t.source for t in translations.collect() if t.context == language.SENTENCES]
    lines = (FOLDER / "sentences.txt").read_text(encoding="utf-8").splitlines()
    assert [line.replace("\\n", "\n") for line in lines] == below


def test_nothing_is_looked_up_while_modules_are_loaded(translations: ModuleType) -> None:
    for file in sorted((PROJECT / "assistant" / "gui").glob("*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign | ast.AnnAssign):
                calls = [n.func for n in ast.walk(node) if isinstance(n, ast.Call)]
                names = {call.id for call in calls if isinstance(call, ast.Name)}
                assert not names & {"tr", "trn", "sentence"}, f"{file.name}:{node.lineno}"


SHOWING = {  # what shows its first argument; what it does with the others is its own affair
    "button", "label", "setText", "setToolTip", "setAccessibleName", "setAccessibleDescription",
    "setWindowTitle", "setPlaceholderText", "addAction", "addItem", "Section", "Entry", "say",
    "show_text", "setInformativeText", "addButton",
}  # fmt: skip


def test_no_text_reaches_the_screen_without_being_looked_up() -> None:
    found = []
    for file in sorted((PROJECT / "assistant" / "gui").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                found += [f"{file.name}:{node.lineno}: {text}" for text in bare_texts(node)]
    assert found == []


def bare_texts(call: ast.Call) -> list[str]:
    """Literals with words that a call shows as they are."""
    name = ast.unparse(call.func).rpartition(".")[2]
    shown = call.args[:1] if name in SHOWING else call.args[1:2] if name == "announce" else []
    shown = [*shown, *(word.value for word in call.keywords if word.arg == "name")]
    parts: list[ast.expr] = []
    for argument in shown:
        parts += argument.values if isinstance(argument, ast.JoinedStr) else [argument]
    texts = [str(part.value) for part in parts if isinstance(part, ast.Constant)]
    return [text for text in texts if set(re.findall(r"[A-Za-z]{3,}", text)) - {"Attune"}]


def test_without_a_translation_all_is_english() -> None:
    assert trn("%n reply", "%n replies", 1) == "1 reply"
    assert trn("%n reply", "%n replies", 0) == "0 replies"
    assert trn("%n reply", "%n replies", 2) == "2 replies"
    assert tr("Reply {letter}", letter="{A}") == "Reply {A}"
    assert number(12345) == "12,345"
    assert sentence("The query is empty; write what you would like to know.").startswith("The")
    assert key_words("Ctrl++") == "Ctrl++"


def test_german_has_its_plurals_figures_and_keys(german) -> None:
    assert trn("%n reply", "%n replies", 1) == "1 Antwort"
    assert trn("%n reply", "%n replies", 3) == "3 Antworten"
    assert number(12345) == "12.345"
    assert figure(-0.5, "+.2f") == "-0,50"
    assert key_words("Ctrl+Shift+C") == "Strg+Umschalt+C"
    assert (key_words("Ctrl++"), key_words("Ctrl+=")) == ("Strg++", "Strg+=")


def test_errors_are_known_again_with_their_values(german) -> None:
    with pytest.raises(UsageProblem) as refused:
        TOP_P.check("two")
    assert sentence(str(refused.value)) == "„top_p“ nimmt eine Zahl, nicht „two“."
    told = sentence(
        "The data file /a (b).db is damaged and was left as it is; there is no backup; "
        "`attune doctor --start-new` keeps it aside and begins anew."
    )
    assert told.startswith("Die Datendatei /a (b).db ist beschädigt")
    assert "es gibt keine Sicherung" in told
    assert sentence("Nothing that is known; at all.") == "Nothing that is known; at all."
    assert sentence("") == ""


def test_what_leaves_for_a_server_and_what_happened_to_a_round_is_said_in_german(german) -> None:
    told = sentence(warning(read_address("https://example.org/v1")))
    assert told.startswith("Mit einem Server geht jede Frage an https://example.org/v1")
    assert "über das Netzwerk" in told
    note = "The conversation is longer than the model's context: its 3 oldest turns were left out "
    assert "ältesten 3 Beiträge" in sentence(note + "of the prompt.")


def test_an_unknown_or_missing_language_leaves_english(qapp, tmp_path: Path) -> None:
    install(qapp, tmp_path, "german")
    assert tr("Send") == "Send"
    assert sentence("Reading replies") == "Reading replies"


def test_a_choice_in_the_settings_is_noted(qtbot: QtBot, start, tmp_path: Path) -> None:
    program = start()
    ready(qtbot, program)
    program.window.desk.preferences.change({LANGUAGE: "german"})
    paths = program.window.session.services.paths
    qtbot.waitUntil(lambda: noted_language(paths) == "german")


def texts_of(top: QWidget) -> set[str]:
    """Everything that can be read or heard in a part of the window, but for replies and tags."""
    found: set[str] = set()
    for widget in [top, *top.findChildren(QWidget)]:
        if widget.inherits("QTextBrowser") or is_data(widget):
            continue
        found |= {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
        if isinstance(widget, QLabel | QAbstractButton):
            found.add(widget.text())
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            found.add(widget.placeholderText())
        if isinstance(widget, QComboBox):
            found |= {widget.itemText(at) for at in range(widget.count())}
        if isinstance(widget, QTabBar):
            found |= {widget.tabText(at) for at in range(widget.count())}
    return {text for text in found if text}


def is_data(widget: QWidget) -> bool:
    """Whether it shows what the user, the model or the library of tags has written."""
    return widget.objectName() in ("bubble", "place") or isinstance(widget.parent(), TagRow)


def english(texts: set[str]) -> set[str]:
    """Those that look like English, but for names of files."""
    return {text for text in texts if ENGLISH.search(text) and not text.startswith("/")}


@QUIET
def test_every_page_is_german(
    qtbot: QtBot, start, german, translations: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "resources").mkdir()
    shutil.copy(PROJECT / "resources" / "interview.toml", tmp_path / "resources")
    program = start(first=True)
    ready(qtbot, program)
    window, desk = program.window, program.window.desk
    qtbot.waitUntil(lambda: desk.pages.first_run is not None)
    seen = texts_of(window)
    desk.pages.first_run.left.emit()
    ask(qtbot, program, "Frage")
    window.round_view.model.choose_best("B")
    qtbot.waitUntil(lambda: bool(window.session.round.ranking))
    qtbot.waitUntil(lambda: bool(window.why.rows))
    seen |= texts_of(window)
    desk.pages.open_models()
    qtbot.waitUntil(lambda: bool(desk.pages.models.findChildren(QLabel)))
    desk.pages.open_shortcuts()
    seen |= texts_of(window)
    desk.learned.open()
    qtbot.wait(300)
    seen |= texts_of(window)
    desk.pages.open_settings()
    seen |= texts_of(desk.pages.settings)
    desk.pages.settings.reject()
    desk.snippets.open_dialog()
    seen |= texts_of(desk.snippets.dialog)
    desk.snippets.dialog.reject()
    assert {"Senden", "Einstellungen", "Was ich gelernt habe", "Speichern"} <= seen
    known = translations.read(FOLDER / "attune_de.ts")
    left = {text.source for text, forms in known.items() if text.source not in forms}
    assert seen & left == set()
    assert english(seen) == set()


def test_the_words_that_are_looked_for_do_find_english(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    assert len(english(texts_of(program.window))) > 20


@QUIET
def test_nothing_is_cut_off_in_the_narrowest_window(
    qtbot: QtBot, start, german, tmp_path: Path
) -> None:
    (tmp_path / "resources").mkdir()
    shutil.copy(PROJECT / "resources" / "interview.toml", tmp_path / "resources")
    program = start(width=LEAST_SIZE[0], height=700)
    ready(qtbot, program)
    window, desk = program.window, program.window.desk
    ask(qtbot, program, "Frage")
    window.round_view.model.choose_best("B")
    qtbot.waitUntil(lambda: bool(window.session.round.ranking))
    qtbot.wait(LAID_OUT)
    assert cut_off(window) == []
    for opened in (desk.pages.open_models, desk.pages.open_shortcuts, desk.learned.open):
        opened()
        qtbot.wait(LAID_OUT)
        assert cut_off(window) == []
    desk.snippets.open_dialog()
    desk.snippets.dialog.resize(desk.snippets.dialog.minimumSize())
    qtbot.wait(LAID_OUT)
    assert cut_off(desk.snippets.dialog) == []
    desk.snippets.dialog.reject()


def cut_off(top: QWidget) -> list[str]:
    """Buttons that are seen and reach out of a window, or have too little room for their words."""
    found = []
    for made in top.findChildren(QPushButton):
        right = made.mapTo(top, made.rect().topRight()).x()
        words = made.fontMetrics().horizontalAdvance(made.text())
        if made.isVisibleTo(top) and (right > top.width() or made.width() < words):
            found.append(made.text())
    return found


@pytest.mark.usefixtures("german")
def test_a_tags_instruction_stands_in_german_quotation_marks(qtbot: QtBot) -> None:
    card = TagCard()
    qtbot.addWidget(card)
    card.show_tag(BoardTag(Tag("Brief", TagKind.STYLE, "Be brief.", area="Style"), None))
    assert card.instruction.text() == "„Be brief.“"
