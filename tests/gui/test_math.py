"""Formulas in replies are read as text; whatever is none stays as it was written."""

from __future__ import annotations

import time

import pytest
from PySide6.QtGui import QTextDocument

from assistant.gui.markdown import render
from assistant.gui.math_rules import AT_ONCE, MOST
from assistant.gui.math_text import DEEPEST, LONGEST, math_html
from assistant.gui.reply_browser import ReplyBrowser

pytestmark = pytest.mark.usefixtures("qapp")  # documents need fonts


def shown(text: str) -> str:
    document = QTextDocument()
    document.setHtml(render(text).html)
    return document.toPlainText()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"E = mc^2", "E = mc²"),
        (r"\frac{-b \pm \sqrt{b^2-4ac}}{2a}", "(−b ± √(b² − 4ac))/2a"),
        (r"\sum_{i=1}^n x_i^2 = 5", "∑ᵢ₌₁ⁿ xᵢ² = 5"),
        (r"e^{-\frac{x^2}{2}}", "e^(−x²/2)"),
        (r"e^{i\pi} + 1 = 0", "e^(iπ) + 1 = 0"),
        (r"2\frac{a}{b}", "2(a/b)"),
        (r"x^{2^{3}}", "x^(2³)"),
        (r"\left(\frac{a}{b}\right)^{2}", "(a/b)²"),
        (r"\lim_{x\to 0} \sin x", "lim_(x → 0) sin x"),
        (r"-x + (-3) = -5", "−x + (−3) = −5"),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "(a, b; c, d)"),
        (r"\begin{align}a&=b\\c&=d+1\end{align}", "a = b\nc = d + 1"),
        (r"\hat{x} \in \mathbb{R}^n", "x̂ ∈ ℝⁿ"),
        (r"\mathbf{w}^T x + b", "wᵀx + b"),
        (r"90^\circ", "90°"),
        (r"P(A|B)", "P(A|B)"),
        (r"\sqrt[3]{x}", "∛x"),
        (r"a_{\text{out}} \cdot W_{Q}", "aₒᵤₜ·W_Q"),
    ],
)
def test_a_formula_is_one_line_that_means_the_same(source: str, text: str) -> None:
    assert shown(f"${source}$") == text


def test_variables_are_slanted_and_signs_of_html_are_text() -> None:
    assert math_html("x<y") == "<i>x</i> &lt; <i>y</i>"
    assert "<script" not in (math_html(r"\text{<script>}") or "")


@pytest.mark.parametrize(
    "text",
    [r"is $x^2$ here", r"is \(x^2\) here", r"is $$x^2$$ here", r"is \[x^2\] here"],
)
def test_all_four_ways_to_write_one_inside_a_paragraph_are_read(text: str) -> None:
    assert shown(text) == "is x² here"


@pytest.mark.parametrize(
    "text",
    [
        "so\n$$\nx^2\n= 1\n$$\nthen",
        "so\n\\[\nx^2\n= 1\n\\]\nthen",
        "so\n\\begin{equation}\nx^2\n= 1\n\\end{equation}\nthen",
    ],
)
def test_a_formula_on_lines_of_its_own_stands_in_the_middle(text: str) -> None:
    assert 'align="center"' in render(text).html
    assert shown(text) == "so\nx² = 1\nthen"


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $7.",
        "between $5 to make and $7 to sell",
        "`$HOME` and `$PATH`",
        "set $HOME and `$PATH`",
        "only one $ here",
        "a $ b $ c",
    ],
)
def test_prices_and_code_are_no_formulas(text: str) -> None:
    assert shown(text) == text.replace("`", "")


def test_code_blocks_and_quotes_keep_what_they_are() -> None:
    assert "$$x^2$$" in shown("```\n$$x^2$$\n```")
    assert shown("> $$\n> x^2\n> $$\n\nafter").split() == ["x²", "after"]
    assert "x²" in shown("- item\n\n  $$x^2$$")


@pytest.mark.parametrize("source", [r"\frac", r"{" * (DEEPEST + 1), "x" * (LONGEST + 1), " "])
def test_what_cannot_be_read_is_shown_as_written(source: str) -> None:
    assert math_html(source) is None
    assert source.strip() in shown(f"is \\({source}\\) here")


def test_an_unfinished_formula_is_shown_as_written() -> None:
    assert shown("the sum $\\frac{1}{2") == "the sum $\\frac{1}{2"


@pytest.mark.parametrize(
    "text",
    [
        "$x " * 8000,
        "\\(" * 16000,
        "\\[\n" * 8000,
        "$$\n" * 8000,
        "\\begin{align}\n" * 2000,
        "$" + "{" * 30000 + "$",
        ("$" + "^".join("x" * 900) + "$ ") * 18,
        ("$" + "x" * 1990 + "$ ") * 16,
    ],
)
def test_a_hostile_reply_is_read_in_bounded_time(text: str) -> None:
    started = time.perf_counter()
    render(text)
    assert time.perf_counter() - started < 2.5  # seconds on a busy machine; usually a tenth


def test_formulas_beyond_the_bound_are_shown_as_written() -> None:
    one = "$" + "+".join("x" * 500) + "$"
    text = shown("\n\n".join([one] * (MOST // 1000 + 4)))
    assert text.count("$") == 2 * 4


def test_what_is_copied_is_the_source(qtbot) -> None:
    browser = ReplyBrowser()
    qtbot.addWidget(browser)
    browser.show_plain(r"is \(x^2\)")
    assert r"\(x^2\)" in browser.toPlainText()
    browser.show_markdown(r"is \(x^2\)")
    assert browser.toPlainText() == "is x²"
    assert browser.text() == r"is \(x^2\)"


def test_a_reply_full_of_formulas_is_read_bit_by_bit_and_then_whole(qtbot) -> None:
    formulas = ["$" + "+".join([f"x_{n}"] * 112) + "$" for n in range(9)]  # 447 characters each
    browser = ReplyBrowser()
    qtbot.addWidget(browser)
    math_html.cache_clear()
    browser.show_markdown("\n\n".join(formulas))
    read = math_html.cache_info().misses
    assert 1 <= read <= 1 + AT_ONCE // 400, "the window goes on in between"
    assert "$" in browser.toPlainText()
    qtbot.waitUntil(lambda: browser.toPlainText().count("$") == 2, timeout=2000)
    assert math_html.cache_info().misses == MOST // 447, "each was read once, up to the bound"


def test_another_reply_shown_meanwhile_is_the_one_that_stays(qtbot) -> None:
    browser = ReplyBrowser()
    qtbot.addWidget(browser)
    browser.show_markdown("\n\n".join(f"${'x' * 400}+{n}$" for n in range(6)))
    browser.show_plain("is $x^2$")
    qtbot.wait(50)
    assert browser.toPlainText() == "is $x^2$"
