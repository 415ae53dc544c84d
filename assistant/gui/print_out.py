"""A conversation on paper: queries, the replies that went on, and the orders given.

Contract: what is made here needs no window, so it can be made on another thread; nothing is loaded
from outside the text.
"""

from __future__ import annotations

import html
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Round
from assistant.domain.preferences import format_order
from assistant.gui.language import long_date, tr
from assistant.gui.markdown import render
from assistant.gui.theme import LIGHT
from assistant.usecases.history import Transcript

POINTS = 10  # size of text on paper
MARGIN = 18.0  # millimetres
DOTS_PER_INCH = 300

_SHEET = f"""
h1 {{ font-size: {POINTS + 6}pt; }}
p, li {{ line-height: 130%; }}
.you {{ color: {LIGHT.accent}; font-weight: 600; margin-top: 14px; }}
.note {{ color: {LIGHT.muted}; font-size: {POINTS - 2}pt; }}
td, th {{ padding: 4px; }}
"""


def document_of(transcript: Transcript) -> QTextDocument:
    """The conversation as a document of pages."""
    about = transcript.conversation
    day = datetime.fromtimestamp(about.created_at).astimezone()
    begun = tr("Begun {day}, written by Attune on this computer", day=long_date(day))
    parts = [
        f"<h1>{html.escape(about.title)}</h1>",
        f'<p class="note">{html.escape(begun)}</p>',
        *(part for round_ in transcript.rounds for part in _round_html(round_)),
    ]
    document = QTextDocument()
    document.setDefaultFont(QFont(QFont().family(), POINTS))
    document.setDefaultStyleSheet(_SHEET)
    document.setHtml("".join(parts))
    return document


def write_pdf(transcript: Transcript, file: Path) -> None:
    """The conversation as a PDF file; UsageProblem if it cannot be written."""
    try:
        with file.open("wb"):
            pass  # said in a sentence here, where Qt only says it to its log
    except OSError as error:
        raise UsageProblem(
            tr(
                "The file {file} cannot be written ({strerror}); choose another place.",
                file=file,
                strerror=error.strerror,
            )
        ) from error
    writer = QPdfWriter(str(file))
    writer.setTitle(transcript.conversation.title)
    writer.setCreator("Attune")
    writer.setResolution(DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    document_of(transcript).print_(writer)


def _round_html(round_: Round) -> tuple[str, ...]:
    """One round as it is read."""
    query = html.escape(round_.text).replace("\n", "<br>")
    parts = [f'<p class="you">{tr("You")}</p><p>{query}</p>']
    for candidate in round_.candidates:
        if candidate.id == round_.chosen and candidate.text:
            body = render(candidate.said, copy=False).html
            letter = candidate.letter
            edited = tr("Reply {letter}, edited by you", letter=letter)
            named = edited if candidate.version else tr("Reply {letter}", letter=letter)
            parts.append(f'<p class="you">{named}</p>{body}')
    if round_.ranking is not None:
        order = html.escape(format_order(round_.ranking.order))
        parts.append(f'<p class="note">{tr("Your order: {order}", order=order)}</p>')
    return tuple(parts)
