"""A text file that goes into a message: read within bounds, refused in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.domain.errors import UsageProblem
from assistant.gui.language import number, tr

LETTERS_PER_TOKEN = 4  # of English prose; code and other languages take more tokens
MOST_BYTES = 1_000_000
SHARE = 0.5  # of the model's context that the files of one message may take
FENCE = "```"


class BetterAttached(UsageProblem):
    """The file does not fit into a message, but it can be attached as a document."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """One file's name and text, with its size in bytes."""

    name: str
    text: str
    size: int

    @property
    def tokens(self) -> int:
        """About how many tokens the model reads for it."""
        return -(-len(self.text) // LETTERS_PER_TOKEN)

    @property
    def about(self) -> str:
        """Its name, size and tokens."""
        size = (
            tr("{size} bytes", size=self.size)
            if self.size < 1000
            else tr("{size:.0f} kB", size=self.size / 1000)
        )
        return tr(
            "{name} · {size} · about {tokens} tokens",
            name=self.name,
            size=size,
            tokens=number(self.tokens),
        )


def read_text_file(file: Path, context: int) -> TextFile:
    """A text file for a model of this context; UsageProblem with the remedy if it is none."""
    try:
        size = file.stat().st_size
        raw = file.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise UsageProblem(
            tr(
                "{name} cannot be read ({strerror}); check that you may read it.",
                name=file.name,
                strerror=error.strerror,
            )
        ) from error
    if size > MOST_BYTES:
        raise _too_long(file.name, -(-size // LETTERS_PER_TOKEN), context)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _no_text(file.name) from None
    if "\0" in text:
        raise _no_text(file.name)
    if not text.strip():
        raise UsageProblem(tr("{name} is empty; choose another file.", name=file.name))
    found = TextFile(file.name, text, size)
    if found.tokens > SHARE * context:
        raise _too_long(file.name, found.tokens, context)
    return found


def with_files(text: str, files: tuple[TextFile, ...]) -> str:
    """A message with the texts of its files behind it."""
    return "\n\n".join([text, *(_fenced(file) for file in files)]).strip()


def _fenced(file: TextFile) -> str:
    """A file as a block that its own text cannot end."""
    fence = FENCE
    while fence in file.text:
        fence += "`"
    return f"{file.name}:\n{fence}\n{file.text.rstrip()}\n{fence}"


def _no_text(name: str) -> BetterAttached:
    return BetterAttached(
        tr(
            "{name} is no text file; attach it as a document (PDF, Markdown or text) instead.",
            name=name,
        )
    )


def _too_long(name: str, tokens: int, context: int) -> BetterAttached:
    return BetterAttached(
        tr(
            "{name} takes about {tokens} tokens, and the model sees {context} at "
            "once; attach it as a document, of which only the passages that matter are "
            "used, or shorten it.",
            name=name,
            tokens=number(tokens),
            context=number(context),
        )
    )
