"""Nothing a model writes is loaded, run or opened unasked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl

from assistant.gui.markdown import may_open, render


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
    shown = render(text).html.lower()
    assert not any(tag in shown for tag in ("<img", "<script", "<iframe"))


def test_an_image_becomes_its_description_and_address() -> None:
    assert (
        "a cat (http://example.org/cat.png)" in render("![a cat](http://example.org/cat.png)").html
    )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"]
)
def test_only_harmless_addresses_become_links(address: str) -> None:
    assert "<a " not in render(f"[press]({address})").html
    assert not may_open(QUrl(address))


def test_web_and_mail_addresses_become_links() -> None:
    assert 'href="https://example.org"' in render("[see](https://example.org)").html
    assert may_open(QUrl("https://example.org"))
    assert may_open(QUrl("mailto:a@example.org"))


def test_code_is_highlighted_in_both_themes() -> None:
    text = "```python\nimport this  # <b>\n```"
    assert "color:" in render(text).html.replace(" ", "")
    assert "&lt;b&gt;" in render(text).html
    assert render(text).html != render(text, dark=True).html
    assert "x = 1" in render("```no-such-language\nx = 1\n```").html


def test_blocks_of_code_are_handed_out_as_written() -> None:
    rendered = render("```\none <b>\n```\n\ntext\n\n```python\ntwo = 2\n```")
    assert rendered.codes == ("one <b>\n", "two = 2\n")
    assert 'href="attune-copy:0"' in rendered.html
    assert 'href="attune-copy:1"' in rendered.html


def test_a_reply_cannot_contain_the_link_that_copies() -> None:
    assert "<a " not in render("[press](attune-copy:0)").html
    assert "<a " not in render("<a href='attune-copy:0'>press</a>").html
