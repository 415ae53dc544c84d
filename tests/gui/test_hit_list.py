"""Excerpts of what was found."""

from __future__ import annotations

from assistant.domain.model import Hit
from assistant.gui.hit_list import plain_excerpt


def marked(word: str) -> str:
    return f"{Hit.START}{word}{Hit.END}"


def test_marked_words_are_found_again_without_their_marks() -> None:
    text, places = plain_excerpt(f"a {marked('walk')} and\n\na {marked('Walk')}")
    assert text == "a walk and a Walk"
    assert [text[start : start + length] for start, length in places] == ["walk", "Walk"]


def test_markdown_and_a_long_beginning_do_not_hide_the_word() -> None:
    text, places = plain_excerpt(f"{'before ' * 12}| **{marked('walk')}** |")
    assert len(text) < 40
    assert text.startswith("…")
    (place,) = places
    assert text[place[0] : place[0] + place[1]] == "walk"
    assert "*" not in text
