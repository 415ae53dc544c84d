from __future__ import annotations

import pytest
from pdf_files import make_pdf
from pypdf import PdfReader, PdfWriter

from assistant.domain.errors import UsageProblem
from assistant.storage.pdf_process import read_pdf

BOUNDS = {"pages": 5, "characters": 1000}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "book.pdf"
    path.write_bytes(make_pdf(["The harbour (north).", "Tides turn twice a day."]))
    return path


def test_each_page_has_its_text(file):
    assert [page.strip() for page in read_pdf(file, **BOUNDS)] == [
        "The harbour (north).",
        "Tides turn twice a day.",
    ]


def test_a_password_is_named_as_the_reason(file):
    writer = PdfWriter(clone_from=PdfReader(file))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(file)
    with pytest.raises(UsageProblem, match=r"book\.pdf is protected with a password"):
        read_pdf(file, **BOUNDS)


def test_a_pdf_that_only_forbids_changes_is_read(file):
    writer = PdfWriter(clone_from=PdfReader(file))
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(file)
    assert "harbour" in read_pdf(file, **BOUNDS)[0]


@pytest.mark.parametrize("content", [b"%PDF-1.4\nnonsense", b"%PDF-1.7 " + bytes(2000)])
def test_a_broken_pdf_is_refused(file, content):
    file.write_bytes(content)
    with pytest.raises(UsageProblem, match=r"book\.pdf is a broken PDF"):
        read_pdf(file, **BOUNDS)


def test_too_many_pages_are_refused(file):
    with pytest.raises(UsageProblem, match="2 pages, more than the 1"):
        read_pdf(file, pages=1, characters=1000)


def test_reading_stops_behind_the_most_characters(file):
    assert len(read_pdf(file, pages=5, characters=10)) == 1


def test_a_pdf_that_takes_too_long_is_given_up(tmp_path):
    path = tmp_path / "long.pdf"
    path.write_bytes(make_pdf(["word " * 2000] * 200))
    with pytest.raises(UsageProblem, match="took too long"):
        read_pdf(path, pages=500, characters=10**9, seconds=0.01)


def test_a_bomb_is_refused(tmp_path):
    path = tmp_path / "bomb.pdf"
    path.write_bytes(make_pdf(["x " * (100 << 20)], packed=True))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(UsageProblem, match=r"bomb\.pdf is a broken PDF"):
        read_pdf(path, pages=5, characters=1000)
