"""Where a reply is read: as Markdown also while it grows, safe, and copied from when whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFont, QGuiApplication, QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from assistant.gui.reply_browser import GROWING_MILLISECONDS, MOST_GROWING, ReplyBrowser
from assistant.gui.theme import Appearance


def test_the_browser_loads_no_resource(qtbot, tmp_path) -> None:
    file = tmp_path / "style.css"
    file.write_text("p { color: red }")
    browser = ReplyBrowser()
    qtbot.addWidget(browser)
    kind = QTextDocument.ResourceType.StyleSheetResource
    assert browser.loadResource(kind, QUrl.fromLocalFile(str(file))) is None
    assert not browser.openLinks()


def test_text_grows_at_the_end_and_is_kept_as_written(qtbot) -> None:
    browser = ReplyBrowser()
    qtbot.addWidget(browser)
    browser.show_plain("")
    browser.append_text("**a")
    browser.append_text(" b**")
    assert browser.toPlainText() == "**a b**"
    browser.show_markdown(browser.text())
    assert browser.toPlainText() == "a b"
    assert browser.text() == "**a b**"


@pytest.fixture
def growing(qtbot: QtBot) -> ReplyBrowser:
    browser = ReplyBrowser()
    qtbot.addWidget(browser)
    browser.show_plain("")
    return browser


def test_what_is_written_so_far_is_read_as_markdown(qtbot: QtBot, growing: ReplyBrowser) -> None:
    growing.append_text("Do this:\n\n1. **Water** it.\n2. **Pru")
    assert "**Water**" in growing.toPlainText()
    qtbot.waitUntil(lambda: "**Water**" not in growing.toPlainText())
    assert growing.toPlainText() == "Do this:\nWater it.\n**Pru"
    growing.append_text("ne** it.")
    assert growing.toPlainText().endswith("\n**Prune** it.")
    qtbot.waitUntil(lambda: growing.toPlainText().endswith("\nPrune it."))
    assert growing.text() == "Do this:\n\n1. **Water** it.\n2. **Prune** it."


def test_a_line_that_has_only_begun_changes_nothing_before_it(
    qtbot: QtBot, growing: ReplyBrowser
) -> None:
    """A dash under a line makes it a heading, unless it turns out to begin a list."""
    growing.append_text("**You** need:\n-")
    qtbot.waitUntil(lambda: growing.toPlainText().startswith("You need:"))
    assert growing.toPlainText() == "You need:\n-"
    assert "<h2" not in growing.toHtml()


def test_a_new_line_behind_a_list_has_no_second_number(qtbot: QtBot, growing: ReplyBrowser) -> None:
    growing.append_text("1. Mint\n2. **Basil**\n3.")
    qtbot.waitUntil(lambda: growing.toPlainText() == "Mint\nBasil\n3.")
    growing.append_text(" Sage\n4. Rue")
    assert growing.toPlainText() == "Mint\nBasil\n3. Sage\n4. Rue"
    last = growing.document().lastBlock()
    for block in (last, last.previous()):
        assert block.textList() is None
    assert last.previous().previous().textList() is not None
    assert last.charFormat().fontWeight() <= QFont.Weight.Normal


def test_nothing_can_be_copied_from_a_block_that_goes_on(
    qtbot: QtBot, growing: ReplyBrowser
) -> None:
    growing.append_text("```python\nprint(1)\nprint(2)")
    qtbot.waitUntil(lambda: "```" not in growing.toPlainText())
    assert "href" not in growing.toHtml()
    growing.show_markdown(growing.text())
    assert "href" in growing.toHtml()


def test_what_is_selected_stays_selected_while_the_text_grows(
    qtbot: QtBot, growing: ReplyBrowser
) -> None:
    growing.append_text("**Water** it.")
    cursor = growing.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(9, QTextCursor.MoveMode.KeepAnchor)
    growing.setTextCursor(cursor)
    growing.append_text(" Then wait.")
    qtbot.wait(2 * GROWING_MILLISECONDS)
    assert growing.textCursor().selectedText() == "**Water**"
    growing.moveCursor(QTextCursor.MoveOperation.End)
    growing.append_text(" Well.")
    qtbot.waitUntil(lambda: growing.toPlainText() == "Water it. Then wait. Well.")


def test_a_long_text_waits_until_it_is_whole(qtbot: QtBot, growing: ReplyBrowser) -> None:
    growing.append_text("**a** " * MOST_GROWING)
    qtbot.wait(2 * GROWING_MILLISECONDS)
    assert growing.toPlainText().startswith("**a**")


def test_a_whole_reply_is_not_read_as_a_growing_one_again(
    qtbot: QtBot, growing: ReplyBrowser
) -> None:
    growing.append_text("```\na\n```")
    growing.show_markdown(growing.text())
    shown = growing.toHtml()
    qtbot.wait(2 * GROWING_MILLISECONDS)
    assert growing.toHtml() == shown


@pytest.mark.parametrize("first", [1, 96, 9_999])
def test_numbers_of_a_long_list_are_not_cut_off(qtbot, first: int) -> None:
    browser = ReplyBrowser()
    qtbot.addWidget(browser)
    browser.show_markdown("\n".join(f"{first + i}. Water the plants" for i in range(12)))
    browser.resize(300, 500)
    browser.show()
    picture = browser.viewport().grab().toImage()
    ground = picture.pixelColor(0, picture.height() - 1)
    inked = [
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y) != ground for y in range(picture.height()))
    ]
    gap = browser.fontMetrics().horizontalAdvance(" ")
    assert 0 < inked[0] < 3 * gap  # neither cut off nor far in
    narrow = browser.document().indentWidth()
    browser.setStyleSheet("font-size: 40px")
    browser.show()
    assert browser.document().indentWidth() > 2 * narrow


def test_a_block_of_code_is_copied_while_the_reply_is_read(qtbot) -> None:
    browser = ReplyBrowser()
    qtbot.addWidget(browser)
    browser.show_markdown("Before\n\n```python\nx = 1\n```\n\n```\ny = 2\n```")
    browser.anchorClicked.emit(QUrl("attune-copy:1"))
    assert QGuiApplication.clipboard().text() == "y = 2\n"
    browser.anchorClicked.emit(QUrl("attune-copy:0"))
    assert QGuiApplication.clipboard().text() == "x = 1\n"


def test_the_keyboard_reaches_a_reply_that_has_something_to_press(qtbot) -> None:
    browser = ReplyBrowser()
    qtbot.addWidget(browser)
    browser.show_markdown("only text")
    assert browser.focusPolicy() is Qt.FocusPolicy.ClickFocus
    browser.show_markdown("```\ny = 2\n```")
    assert browser.focusPolicy() is Qt.FocusPolicy.StrongFocus
    browser.show()
    browser.setFocus()
    qtbot.keyClick(browser, Qt.Key.Key_Tab)
    qtbot.keyClick(browser, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "y = 2\n"


def test_code_changes_its_colours_with_the_theme(qtbot, qapp) -> None:
    appearance = Appearance(qapp)
    appearance.choose("light")
    browser = ReplyBrowser()
    qtbot.addWidget(browser)
    browser.show()
    browser.show_markdown("```python\nimport this\n```")
    light = browser.toHtml()
    appearance.choose("dark")
    qtbot.waitUntil(lambda: browser.toHtml() != light)
    appearance.choose("light")
    qtbot.waitUntil(lambda: browser.toHtml() == light)
    appearance.deleteLater()


def test_a_reply_longer_than_its_card_stays_at_its_beginning_while_it_is_written(qtbot) -> None:
    browser = ReplyBrowser()
    qtbot.addWidget(browser)
    browser.resize(200, 100)
    browser.show()
    browser.show_plain("")
    bar = browser.verticalScrollBar()
    while bar.maximum() < 100:
        browser.append_text("One more word. ")
        assert bar.value() == 0
    bar.setValue(bar.maximum())
    browser.append_text("Whoever reads the end is taken along. " * 5)
    assert bar.value() == bar.maximum()


@pytest.mark.parametrize("text", ["```\n```\n" * 250, "|a|b|\n|-|-|\n" + "|1|2|\n" * 200])
def test_what_would_take_too_long_to_lay_out_is_shown_as_it_was_written(
    qtbot: QtBot, text: str
) -> None:
    browser = ReplyBrowser()
    qtbot.addWidget(browser)
    browser.show_markdown(text)
    assert browser.toPlainText().strip() == text.strip()
    browser.show_markdown("|a|b|\n|-|-|\n" + "|1|2|\n" * 20)
    assert "|" not in browser.toPlainText()
