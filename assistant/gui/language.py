"""The language of the window: English stands in the source, others in resources/translations.

Contract: a text is looked up when it is shown, never when a module is loaded, since the language is
known only then. What is looked up is a literal, or a literal that `marked` marks where it is kept,
so that packaging/translations.py finds it. Without a translation everything is English.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QLibraryInfo, QLocale, QTranslator

CONTEXT = "Attune"  # all texts stand under one heading: equal English is equal everywhere
SENTENCES = "Sentences"  # what is written below the window; `sentence` says how it is found
SOURCE = "en"
LANGUAGES = {"english": SOURCE, "german": "de"}  # by the values of the setting
_PLACE = re.compile(r"\{(\w+)\}")


class Language(QTranslator):
    """A language that is not the source's; made by `install`."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__()
        self._sources = folder / "sentences.txt"
        self.loaded = self.load(f"attune_{name}", str(folder))

    def sentence(self, text: str) -> str:
        """A sentence from below the window; values in it are translated likewise."""
        for pattern, source in self._patterns:
            match = pattern.fullmatch(text)
            if match is not None:
                found = QCoreApplication.translate(SENTENCES, source)
                return found.format(**{k: self.sentence(v) for k, v in match.groupdict().items()})
        return text

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """What each sentence is recognised by, those with the most words of their own first."""
        lines = self._sources.read_text(encoding="utf-8").splitlines()
        sources = [line.replace("\\n", "\n") for line in lines]
        sources.sort(key=lambda one: -len(_PLACE.sub("", one)))
        return tuple((_pattern(source), source) for source in sources)


class _Figure(float):
    """A number that formats itself with the language's own sign before the decimals."""

    def __format__(self, spec: str) -> str:
        plain = super().__format__(spec)
        if _locale().decimalPoint() == ".":
            return plain
        return plain.translate(str.maketrans(".,", ",."))


def tr(text: str, /, **values: object) -> str:
    """A text in the user's language, with `values` in the places of their names."""
    return _filled(QCoreApplication.translate(CONTEXT, text), values)


def trn(one: str, many: str, count: int, /, **values: object) -> str:
    """A text about `count` things in the form that fits the number, which stands for "%n"."""
    found = QCoreApplication.translate(CONTEXT, many, None, count)
    if found == many.replace("%n", str(count)) and count == 1:  # not translated, so English
        found = one.replace("%n", str(count))
    return _filled(found, values)


def marked(text: str) -> str:
    """The same text, to be translated where it is shown, with `tr`: for tables of constants."""
    return text


def sentence(text: str) -> str:
    """What was said below the window (an error, what is being done) in the user's language.

    It comes with its values already in it, so it is recognised by what stands around them. Whatever
    is not recognised stays as it is.
    """
    application = QCoreApplication.instance()
    language = application.findChild(Language) if application is not None else None
    return text if language is None or not text else language.sentence(text)


def quoted(text: str) -> str:
    """A text of somebody's in the language's quotation marks."""
    return tr("“{text}”", text=text)


def figure(value: float, spec: str) -> str:
    """A number as the language writes it."""
    return format(_Figure(value), spec)


def number(count: int) -> str:
    """A whole number with its thousands parted."""
    return figure(count, ",.0f")


def month_and_year(day: date) -> str:
    """ "May 2026"."""
    return _locale().toString(QDate(day.year, day.month, day.day), "MMMM yyyy")


def long_date(day: date) -> str:
    """ "21 November 2026"."""
    return _locale().toString(QDate(day.year, day.month, day.day), tr("d MMMM yyyy"))


def key_words(keys: str) -> str:
    """Keys as they are written on the keyboards of the language."""
    parts = re.split(r"(?<=[^+])\+", keys)
    return "+".join(tr(part) if len(part) > 1 else part for part in parts)


def _filled(text: str, values: dict[str, object]) -> str:
    """The text with its values."""
    if not values:
        return text
    return text.format(
        **{name: _Figure(v) if isinstance(v, float) else v for name, v in values.items()}
    )


def _locale() -> QLocale:
    """How the language in use writes numbers and dates."""
    return QLocale(tr("en_US"))


def _pattern(source: str) -> re.Pattern[str]:
    """A sentence with anything in its places; a value that comes twice is the same twice."""
    parts = _PLACE.split(source)
    seen: set[str] = set()
    made = ""
    for at, part in enumerate(parts):
        if at % 2 == 0:
            made += re.escape(part)
        else:
            made += f"(?P={part})" if part in seen else f"(?P<{part}>.+?)"
            seen.add(part)
    return re.compile(made, re.DOTALL)


def install(application: QCoreApplication, folder: Path, chosen: str) -> None:
    """Use a language from now on: "english", "german", or the system's if it is one of them.

    Called once, before anything is shown. English needs nothing and costs nothing.
    """
    name = LANGUAGES.get(chosen) or _system_language()
    if name == SOURCE:
        return
    language = Language(folder, name)
    if not language.loaded:
        return  # English is better than nothing
    language.setParent(application)  # where `sentence` finds it
    application.installTranslator(language)
    QLocale.setDefault(_locale())  # for fields with numbers
    own = QTranslator(application)  # Qt's buttons and menus
    if own.load(f"qtbase_{name}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(own)


def _system_language() -> str:
    """The first of the user's languages that there is, else the source's."""
    wanted = [one.partition("-")[0].lower() for one in QLocale.system().uiLanguages()]
    return next((name for name in wanted if name in LANGUAGES.values()), SOURCE)
