"""The window's texts for translators: `python packaging/translations.py update|release|check`.

`update` reads the source and brings resources/translations/*.ts and sentences.txt up to date: what
is new is unfinished, what is gone is removed. `release` compiles them to the .qm files that the
program loads, which are kept beside them so that it needs no tool. `check` says what is missing,
exit code 1 if anything is. Runs in the environment that the bootstrap has made.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Xml

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "assistant"
INTERVIEW = ROOT / "resources" / "interview.toml"
FOLDER = ROOT / "resources" / "translations"
WINDOW, BELOW = "Attune", "Sentences"  # the contexts, as assistant/gui/language.py names them
LANGUAGES = ("de",)
LOWER = ("domain", "usecases", "storage", "generation", "personalization", "settings.py")
SAID = re.compile(
    r"(Problem|TooLong|Damaged|Failed|Stopped|UserError|Progress|Learned|Verdict|Notice|_refused)$"
)
LEAST_WORDS = 2  # a sentence with fewer words of its own would be found in anything
TABLES = ("_WORLD", "_REASONS", "RELATION_WORDS")  # of sentences and names of tastes
SQL = re.compile(r"(SELECT|UPDATE|DELETE|INSERT|PRAGMA) |.* = \?")
FORMS = {"de": 2}  # how many forms a text about a number has


@dataclass(frozen=True, order=True)
class Text:
    """One text of the source; `plural` if it is about a number."""

    context: str
    source: str
    plural: bool = False


def collect(root: Path = SOURCES) -> tuple[Text, ...]:
    """Every text that the window can show, in a fixed order."""
    found: set[Text] = set()
    for file in sorted(root.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        below = file.relative_to(root).parts[0] in LOWER
        found.update(_window_texts(tree))
        if below:
            found.update(Text(BELOW, source) for source in _sentences(tree))
    found.update(Text(WINDOW, text) for text in _interview())
    return tuple(sorted(found))


def _interview() -> Iterator[str]:
    """The questions about tastes, what can be said to them, and an example of each."""
    for question in tomllib.loads(INTERVIEW.read_text(encoding="utf-8"))["question"]:
        yield question["text"]
        for option in question["option"]:
            yield from (option["text"], option["sample"])


def _window_texts(tree: ast.AST) -> Iterator[Text]:
    """What goes through tr, trn and marked, and what tables of declarations hold."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Subscript):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        match name:
            case "tr" | "marked":
                yield from (Text(WINDOW, text) for text in _literals(node.args[0]))
            case "trn":
                yield from (Text(WINDOW, text, True) for text in _literals(node.args[1]))
            case "Setting" if len(node.args) > 2:
                yield from (Text(WINDOW, text) for text in _literals(node.args[2]))
                choices = [word.value for word in node.keywords if word.arg == "choices"]
                for choice in choices:
                    yield from (Text(WINDOW, text.capitalize()) for text in _literals(choice))
            case "Action":
                yield from (Text(WINDOW, text) for text in _literals(node.args[1]))
                keys = [part for keys in _literals(node.args[2]) for part in keys.split("+")]
                yield from (Text(WINDOW, key) for key in keys if len(key) > 1)


def _literals(node: ast.expr) -> Iterator[str]:
    """The texts that stand in an expression, whichever of them it may become."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _sentences(tree: ast.AST) -> Iterator[str]:
    """What errors, steps and outcomes say, with the places of their values."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and SAID.search(ast.unparse(node.func)):
            least = 1 if ast.unparse(node.func) in ("Progress", "Verdict") else LEAST_WORDS
            for argument in (*node.args, *(word.value for word in node.keywords)):
                yield from _templates(argument, least)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "TextFeature":
            yield from (text for argument in node.args[1:3] for text in _literals(argument))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Reason":
            yield from _templates(node.args[1])
        if isinstance(node, ast.FunctionDef) and _tells(node):
            for part in ast.walk(node):
                if isinstance(part, ast.Assign | ast.Return) and part.value is not None:
                    yield from _templates(part.value)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in TABLES:
            yield from _templates(node.value)


def _tells(function: ast.FunctionDef) -> bool:
    """Whether a function makes what is said."""
    return function.name.startswith(("fault", "warning")) or any(
        isinstance(n, ast.Call) and SAID.search(ast.unparse(n.func)) for n in ast.walk(function)
    )


def _templates(node: ast.expr, least: int = LEAST_WORDS) -> Iterator[str]:
    """The sentences in an expression that have words enough to be known again."""
    inside: set[int] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.JoinedStr):
            inside.update(id(value) for value in part.values)
            text = _template(part)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            text = "" if id(part) in inside else part.value
        else:
            continue
        own = re.sub(r"\{\w+\}", " ", text)
        if len(re.findall(r"[A-Za-z]+", own)) >= least and " " in text and not SQL.match(text):
            yield text


def _template(joined: ast.JoinedStr) -> str:
    """An f-string with numbered places."""
    places: dict[str, str] = {}
    parts = []
    for value in joined.values:
        if isinstance(value, ast.FormattedValue):
            shown = ast.unparse(value)
            parts.append("{" + places.setdefault(shown, f"v{len(places) + 1}") + "}")
        else:
            parts.append(str(ast.literal_eval(value)))
    return "".join(parts)


def update() -> None:
    """Bring the translators' files up to date with the source."""
    texts = collect()
    FOLDER.mkdir(parents=True, exist_ok=True)
    below = [text.source.replace("\n", "\\n") for text in texts if text.context == BELOW]
    (FOLDER / "sentences.txt").write_text("\n".join(below) + "\n", encoding="utf-8")
    for language in LANGUAGES:
        file = FOLDER / f"attune_{language}.ts"
        _write(file, language, texts, read(file))


def read(file: Path) -> dict[Text, tuple[str, ...]]:
    """The translations of a file, each in all its forms; unfinished ones are left out."""
    if not file.exists():
        return {}
    found: dict[Text, tuple[str, ...]] = {}
    for context in Xml.parse(file).getroot().iter("context"):  # our own file, not from elsewhere
        for message in context.iter("message"):
            plural = message.get("numerus") == "yes"
            text = Text(context.findtext("name", ""), message.findtext("source", ""), plural)
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished":
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")]
            found[text] = tuple(forms) if plural else (translation.text or "",)
    return found


def _write(
    file: Path, language: str, texts: tuple[Text, ...], known: dict[Text, tuple[str, ...]]
) -> None:
    """All texts with what is known of their translation."""
    top = Xml.Element("TS", version="2.1", language=language, sourcelanguage="en")
    for name in (WINDOW, BELOW):
        context = Xml.SubElement(top, "context")
        Xml.SubElement(context, "name").text = name
        for text in (one for one in texts if one.context == name):
            message = Xml.SubElement(context, "message", {"numerus": "yes"} if text.plural else {})
            Xml.SubElement(message, "source").text = text.source
            forms = known.get(text, ())
            translation = Xml.SubElement(
                message, "translation", {} if forms else {"type": "unfinished"}
            )
            if text.plural:
                for at in range(FORMS[language]):
                    form = forms[at] if at < len(forms) else ""
                    Xml.SubElement(translation, "numerusform").text = form
            else:
                translation.text = forms[0] if forms else ""
    Xml.indent(top, "  ")
    body = Xml.tostring(top, encoding="unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n', encoding="utf-8")


def release() -> None:
    """Compile the translations with the tool that comes with Qt."""
    tool = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    if tool is None:
        raise SystemExit(
            "pyside6-lrelease is missing; run this in the environment of bootstrap.py."
        )
    for language in LANGUAGES:
        file = FOLDER / f"attune_{language}.ts"
        subprocess.run(
            [tool, "-silent", "-removeidentical", str(file), "-qm", str(file.with_suffix(".qm"))],
            check=True,
        )


def check() -> list[str]:
    """What is missing in which file, a line for each."""
    problems = []
    texts = set(collect())
    for language in LANGUAGES:
        known = read(FOLDER / f"attune_{language}.ts")
        for text in sorted(texts - set(known)):
            problems.append(f"{language}: not translated: {text.source!r}")
        for text in sorted(set(known) - texts):
            problems.append(f"{language}: not in the source any more: {text.source!r}")
        for text, forms in known.items():
            problems += [
                f"{language}: other places than the source: {text.source!r}"
                for form in forms
                if places(form) != places(text.source) and not (text.plural and "%n" not in form)
            ]
    return problems


def places(text: str) -> set[str]:
    """The values that a text has places for."""
    return set(re.findall(r"\{(\w+)[^}]*\}|%n", text)) | ({"%n"} if "%n" in text else set())


def main(arguments: list[str]) -> int:
    """Carry out one of the three."""
    match arguments:
        case ["update"]:
            update()
        case ["release"]:
            release()
        case ["check"]:
            problems = check()
            sys.stdout.write("".join(f"{line}\n" for line in problems))
            return int(bool(problems))
        case _:
            raise SystemExit(__doc__)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
