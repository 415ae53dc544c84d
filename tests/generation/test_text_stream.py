"""Text comes out as soon as it is certain, and never half a character or a stop string."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.text_stream import TextStream


def test_a_character_split_across_tokens_comes_out_whole() -> None:
    stream = TextStream(())
    pieces = [stream.feed(bytes([byte])) for byte in "a🎉b".encode()]
    assert pieces == ["a", "", "", "", "🎉", "b"]


def test_bytes_that_are_no_character_are_replaced_at_the_end() -> None:
    stream = TextStream(())
    assert stream.feed(b"a\xf0\x9f") == "a"
    assert stream.finish() == "\ufffd"


def test_leading_white_space_is_dropped() -> None:
    stream = TextStream(())
    assert [stream.feed(piece) for piece in (b"\n", b" ", b" Hi", b" you")] == [
        "",
        "",
        "Hi",
        " you",
    ]


def test_a_stop_string_split_across_tokens_never_shows() -> None:
    stream = TextStream(("<|end|>",))
    assert [stream.feed(piece) for piece in (b"So", b" be it<", b"|en", b"d|> more")] == [
        "So",
        " be it",
        "",
        "",
    ]
    assert stream.stopped
    assert stream.finish() == ""


def test_what_only_looked_like_a_stop_string_is_given_back() -> None:
    stream = TextStream(("<|end|>",))
    assert stream.feed(b"1 <|e") == "1 "
    assert stream.feed(b"lse") == "<|else"


def test_what_is_held_back_comes_out_at_the_end() -> None:
    stream = TextStream(("<|end|>",))
    assert stream.feed(b"a <") == "a "
    assert stream.finish() == "<"


@given(st.text(), st.lists(st.integers(0, 40), max_size=10))
def test_however_the_bytes_are_split_the_text_is_the_same(text: str, cuts: list[int]) -> None:
    raw, stream, out, at = text.encode("utf-8", "replace"), TextStream(("\nUser:",)), "", 0
    for cut in [*sorted(cuts), len(raw)]:
        out += stream.feed(raw[at:cut])
        at = max(at, cut)
    out += stream.finish()
    expected = raw.decode().lstrip().split("\nUser:")[0]
    assert out == expected


def test_white_space_at_the_beginning_counts_where_a_reply_goes_on() -> None:
    assert TextStream(()).feed(b" and so on") == "and so on"
    assert TextStream((), begun=True).feed(b" and so on") == " and so on"
