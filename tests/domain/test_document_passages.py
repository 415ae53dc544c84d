from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.documents import OVERLAP, PASSAGE, Piece, Source, cut_pages, cut_text


def test_a_short_text_is_one_passage():
    assert list(cut_text("  Short.\n")) == ["Short."]
    assert list(cut_text(" \n ")) == []


def test_a_text_is_cut_at_paragraphs_first():
    paragraph = "word " * 120  # 600 characters
    assert list(cut_text(f"{paragraph}\n\n{paragraph}")) == [paragraph.strip()] * 2


def test_a_long_paragraph_is_cut_behind_sentences_and_passages_overlap():
    sentences = [f"The boat {n:02} left the harbour with the tide." for n in range(60)]
    passages = list(cut_text(" ".join(sentences)))
    assert len(passages) > 2
    assert all(passage.endswith("tide.") and passage.startswith("The") for passage in passages)
    repeated = [s for s in sentences if s in passages[0] and s in passages[1]]
    assert 1 <= len(repeated) <= OVERLAP // len(sentences[0])


def test_lines_of_code_stay_whole():
    line = "    value = compute(first, second)\n"
    for passage in cut_text(line * 100):
        assert passage.count("value") == passage.count("second)")


def test_a_text_without_borders_is_cut_all_the_same():
    assert [len(passage) for passage in cut_text("x" * 2000)] == [PASSAGE, PASSAGE, 400]


@given(st.text(alphabet=st.sampled_from("ab .\n\t!é"), max_size=6000))
def test_nothing_is_lost_and_no_passage_is_too_long(text):
    passages = list(cut_text(text))
    assert all(0 < len(passage) <= PASSAGE for passage in passages)
    place = 0
    for passage in passages:
        found = text.find(passage, max(0, place - OVERLAP - 20))
        assert found >= 0
        assert not text[place:found].strip(), "nothing between two passages but space"
        place = max(place, found + len(passage))
    assert not text[place:].strip()


def test_passages_know_their_page():
    pages = ["First page.", "", "Third page."]
    assert list(cut_pages(pages, numbered=True)) == [
        Piece(1, "First page."),
        Piece(3, "Third page."),
    ]
    assert list(cut_pages(["All."], numbered=False)) == [Piece(None, "All.")]


def test_a_source_is_named_with_its_page():
    assert Source("book.pdf", 3, "").label == "book.pdf, page 3"
    assert Source("notes.md", None, "").label == "notes.md"
