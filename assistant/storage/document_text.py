"""The text of a file that the user attaches, read with distrust and within bounds.

Read: text of any kind (plain, Markdown, source code) in UTF-8, UTF-16 with its mark or Windows'
Western code page, and PDF. Refused, each with one sentence: files that are too large, binary,
empty, encrypted or broken. Signs that show nothing are left out, since they only serve to hide
text from a reader that a model would read.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.errors import UsageProblem
from assistant.storage.pdf_process import read_pdf

MAX_BYTES = 20 << 20
MAX_PAGES = 1000
MAX_CHARACTERS = 1_000_000  # some 1,400 passages: a minute of embedding on a laptop
PDF_MARK = b"%PDF-"
_MARK_WITHIN = 1024  # bytes: readers accept a PDF whose first line is not the mark
_KEPT = {"\n", "\t", "\u200c", "\u200d"}  # the last two join and part letters in some scripts
_UNSEEN = {"Cc", "Cf", "Cs", "Co"}
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\n(?=[a-zà-öø-ÿ])")


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A file's text by pages; `numbered` if these are pages of a book and not the whole file."""

    name: str
    sha256: str
    pages: tuple[str, ...]
    numbered: bool

    @property
    def characters(self) -> int:
        """How long it is."""
        return sum(map(len, self.pages))


def read_document(file: Path) -> DocumentText:
    """The text of a file; UsageProblem with the reason if it cannot be used."""
    content = _read(file)
    numbered = PDF_MARK in content[:_MARK_WITHIN]
    if numbered:
        pages = tuple(
            _HYPHENATED.sub("", _visible(page))
            for page in read_pdf(file, pages=MAX_PAGES, characters=MAX_CHARACTERS)
        )
    else:
        pages = (_visible(_decode(file, content)),)
    found = DocumentText(file.name, hashlib.sha256(content).hexdigest(), pages, numbered)
    if found.characters > MAX_CHARACTERS:
        raise UsageProblem(
            f"{file.name} has {found.characters:,} characters, more than the {MAX_CHARACTERS:,} "
            "that are taken; attach the part of it that matters."
        )
    if not any(page.strip() for page in pages):
        why = "perhaps its pages are pictures; " if numbered else ""
        raise UsageProblem(f"{file.name} holds no text; {why}attach a file with text in it.")
    return found


def _read(file: Path) -> bytes:
    """The bytes of a file, at most MAX_BYTES of them."""
    try:
        if not file.is_file():
            raise UsageProblem(f"There is no file {file}; check its name.")
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageProblem(
            f"The file {file} cannot be read ({error.strerror}); check its permissions."
        ) from error
    if len(content) > MAX_BYTES:
        raise UsageProblem(
            f"{file.name} is larger than the {MAX_BYTES >> 20} MB that are taken; "
            "attach the part of it that matters."
        )
    return content


def _decode(file: Path, content: bytes) -> str:
    """Text in one of the encodings that text files have; UsageProblem if it is no text."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = () if b"\0" in content else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _controls(text):
            return text
    raise UsageProblem(
        f"{file.name} is not a text file; attach plain text, Markdown, source code or a PDF."
    )


def _controls(text: str) -> bool:
    """Whether a text has control codes that no text file has."""
    return any(ord(c) < 32 and c not in "\n\r\t\f\v\b\x1b" for c in set(text))


def _visible(text: str) -> str:
    """A text with one kind of line end and without signs that show nothing."""
    lines = re.sub(r"\r\n?|[\f\v\u2028\u2029]", "\n", unicodedata.normalize("NFC", text))
    hidden = {c for c in set(lines) if c not in _KEPT and unicodedata.category(c) in _UNSEEN}
    return lines.translate(dict.fromkeys(map(ord, hidden)))
