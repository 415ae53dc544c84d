from __future__ import annotations

import codecs

import pytest
from pdf_files import make_pdf

from assistant.domain.errors import UsageProblem
from assistant.storage.document_text import MAX_BYTES, MAX_CHARACTERS, read_document


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Grüße\nan alle".encode(), "Grüße\nan alle"),
        (codecs.BOM_UTF8 + b"marked", "marked"),
        ("Grüße".encode("utf-16"), "Grüße"),
        ("Grüße".encode("cp1252"), "Grüße"),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
        (b"def f():\n\treturn 1\n", "def f():\n\treturn 1\n"),
        ("in\u200bvisi\u202eble \U000e0041text".encode(), "invisible text"),
        ("e\u0301".encode(), "é"),
    ],
)
def test_text_is_read_in_the_encodings_that_text_files_have(tmp_path, content, text):
    file = tmp_path / "notes.txt"
    file.write_bytes(content)
    found = read_document(file)
    assert (found.pages, found.numbered, found.name) == ((text,), False, "notes.txt")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not a text file"),
        (bytes(range(1, 256)), "not a text file"),
        (b"", "no text"),
        (b" \n\t ", "no text"),
        (b"a" * (MAX_BYTES + 1), "larger than the 20 MB"),
        (b"a" * (MAX_CHARACTERS + 1), "1,000,001 characters"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(tmp_path, content, said):
    file = tmp_path / "thing.bin"
    file.write_bytes(content)
    with pytest.raises(UsageProblem, match=said) as caught:
        read_document(file)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("thing.bin")


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(UsageProblem, match="There is no file"):
            read_document(path)


def test_words_hyphenated_at_a_line_end_of_a_pdf_are_put_together(tmp_path):
    file = tmp_path / "book.pdf"
    file.write_bytes(make_pdf(["An exam-\nple of Anne-\nMarie.", "Second page."]))
    found = read_document(file)
    assert found.numbered
    assert "An example of Anne-\nMarie." in found.pages[0]
    assert "Second page." in found.pages[1]
    assert found.characters == sum(map(len, found.pages))


def test_a_pdf_without_text_says_so(tmp_path):
    file = tmp_path / "scan.pdf"
    file.write_bytes(make_pdf(["", ""]))
    with pytest.raises(UsageProblem, match="pages are pictures"):
        read_document(file)
