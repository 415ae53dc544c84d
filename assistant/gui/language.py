"""The language of the window: English stands in the source, others in resources/translations.

Contract: a text is looked up when it is shown, never when a module is loaded, since the language is
known only then. The first argument is always a literal, so that packaging/translations.py finds it.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "Attune"  # all texts stand under one heading: equal English is equal everywhere


def tr(text: str, **values: object) -> str:
    """A text in the user's language, with `values` in the places of their names."""
    found = QCoreApplication.translate(CONTEXT, text)
    return found.format(**values) if values else found


def trn(one: str, many: str, count: int, **values: object) -> str:
    """A text about `count` things in the form that fits the number, which stands for "%n"."""
    found = QCoreApplication.translate(CONTEXT, many, None, count)
    number = str(count)
    if found == many.replace("%n", number) and count == 1:  # not translated, so English
        found = one.replace("%n", number)
    return found.format(**values) if values else found


def marked(text: str) -> str:
    """The same text, to be translated where it is shown, with `tr`: for tables of constants."""
    return text
