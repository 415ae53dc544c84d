"""Nothing a model writes is loaded, run or opened unasked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

from assistant.gui.markdown import ReplyBrowser, may_open, to_html


@pytest.mark.parametrize(
    "text",
    [
        "![a cat](http://example.org/cat.png)",
        "![a cat](file:///etc/passwd)",
        "<img src='http://example.org/cat.png'>",
        "<script>alert(1)</script>",
        "<iframe src=file:///etc/passwd></iframe>",
    ],
)
def test_nothing_that_loads_or_runs_is_left(text: str) -> None:
    shown = to_html(text).lower()
    assert not any(tag in shown for tag in ("<img", "<script", "<iframe"))


def test_an_image_becomes_its_description_and_address() -> None:
    assert "a cat (http://example.org/cat.png)" in to_html("![a cat](http://example.org/cat.png)")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"]
)
def test_only_harmless_addresses_become_links(address: str) -> None:
    assert "<a " not in to_html(f"[press]({address})")
    assert not may_open(QUrl(address))


def test_web_and_mail_addresses_become_links() -> None:
    assert 'href="https://example.org"' in to_html("[see](https://example.org)")
    assert may_open(QUrl("https://example.org"))
    assert may_open(QUrl("mailto:a@example.org"))


def test_code_is_highlighted_in_both_themes() -> None:
    text = "```python\nimport this  # <b>\n```"
    assert "color:" in to_html(text).replace(" ", "")
    assert "&lt;b&gt;" in to_html(text)
    assert to_html(text) != to_html(text, dark=True)
    assert "x = 1" in to_html("```no-such-language\nx = 1\n```")


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
