"""Formulas as text: LaTeX becomes one line of Unicode, as it is written on a blackboard.

Contract: what cannot be read, is nested too deeply or too long gives None, and the source is shown.
Text is read aloud, selected, copied, coloured and enlarged like all other text; a picture is not.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element

LONGEST = 1000  # characters of one formula, 0.03 s on a busy machine
DEEPEST = 24  # braces in braces
KEPT = 4096  # formulas remembered: a reply is laid out again until all of its formulas are read

_SIGNS = "0123456789+-=()"
_RAISED = {
    **dict(zip(_SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", strict=True)),
    **dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)),
    **dict(zip("ABDEGHIJKLMNOPRTUVW", "ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ", strict=True)),
    **dict(zip("−βγδθφχ⊤", "⁻ᵝᵞᵟᶿᵠᵡᵀ", strict=True)),
    "∗": "*",
    "*": "*",
    "†": "†",
    "∘": "°",
}
_LOWERED = {
    **dict(zip(_SIGNS, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True)),
    **dict(zip("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)),
    **dict(zip("−βγρφχ", "₋ᵦᵧᵨᵩᵪ", strict=True)),
}
_ACCENTS = {
    "^": "\u0302",
    "~": "\u0303",
    "¯": "\u0304",
    "―": "\u0305",
    "˙": "\u0307",
    "¨": "\u0308",
    "→": "\u20d7",
}
_LARGE = set("∑∏∫∬∭∮⋃⋂")
_NO_SIGNS = {*_LARGE, *"√¬∂∇|∥∀∃"}  # mathematical, but they stand between nothing
_OPEN, _CLOSE = set("([{⟨⌊⌈"), set(")]}⟩⌋⌉")
_FENCES = {*_OPEN, *_CLOSE, *",;|‖ "}
_FRACTIONS = {"mfrac", "mstyle"}
_ROOTS = {"3": "∛", "4": "∜"}
_BRACES = set("⏞⏟")  # drawn over or under what they stand by, and nothing but that
_BEGIN, _END = "\ue000", "\ue001"  # around a variable; never in what is read
_BOLD, _LIGHT = "\ue002", "\ue003"  # around a bold letter
_MARKS = dict.fromkeys(map(ord, (_BEGIN, _END, _BOLD, _LIGHT)))
_TAGS = {_BEGIN: "<i>", _END: "</i>", _BOLD: "<b>", _LIGHT: "</b>"}
_ROW = "\n"


@lru_cache(maxsize=KEPT)
def math_html(source: str) -> str | None:
    """A formula as HTML of one line, or of several where it has them; None if it is not read."""
    found = _linear(source)
    if found is None:
        return None
    shown = html.escape(found).replace(_ROW, "<br>")
    for mark, tag in _TAGS.items():
        shown = shown.replace(mark, tag)
    return shown


def _linear(source: str) -> str | None:
    """The formula with marks around its variables."""
    from latex2mathml.converter import convert_to_element

    bare = source.translate(_MARKS)
    if len(bare) > LONGEST or _depth(bare) > DEEPEST or not bare.strip():
        return None
    plain = bare.replace("{align}", "{align*}").replace("{gather}", "{gather*}")
    try:
        return _walk(convert_to_element(plain.replace("{equation}", "{equation*}"))).strip() or None
    except Exception:  # its errors share no base; whatever the text makes it raise, it is not read
        return None


def _depth(source: str) -> int:
    """How deeply braces stand in braces."""
    depth = deepest = 0
    for sign in source:
        depth += (sign == "{") - (sign == "}")
        deepest = max(deepest, depth)
    return deepest


def _walk(node: Element) -> str:
    """One element as text."""
    kids = list(node)
    match node.tag:
        case "mi" | "mn" | "mo" | "mtext" | "ms":
            return _token(node)
        case "mspace":
            return " "
        case "mfrac":
            over = "¦" if node.get("linethickness") == "0" else "/"
            return f"{_group(_walk(kids[0]))}{over}{_group(_walk(kids[1]))}"
        case "msqrt":
            return "√" + _group(_row(kids))
        case "mroot":
            index = _walk(kids[1]).translate(_MARKS)
            root = _ROOTS.get(index) or f"{_script(index, _RAISED, '')}√"
            return root + _group(_walk(kids[0]))
        case "msup" | "msub" | "msubsup" | "mover" | "munder" | "munderover":
            return _scripts(node.tag, [_walk(kid) for kid in kids])
        case "mtable":
            return _table(node)
        case "mphantom":
            return ""
    return _row(kids)


def _token(node: Element) -> str:
    """A letter, number, sign or word."""
    text = html.unescape(node.text or "").replace("\u00a0", " ")
    if node.tag == "mi" and len(text) == 1:
        plain = unicodedata.normalize("NFKC", text)
        if "BOLD" in unicodedata.name(text, ""):
            return f"{_BOLD}{plain}{_LIGHT}"
        if ord(text) > 0xFFFF:  # script, sans-serif and the like: few fonts have them
            return plain
        return f"{_BEGIN}{text}{_END}" if text.isalpha() and text == plain else text
    return text


def _row(nodes: Sequence[Element]) -> str:
    """Elements beside each other, with blanks where a reader needs them."""
    words = [(node.tag in _FRACTIONS, word) for node in nodes if (word := _walk(node))]
    shown, last, prefix = "", "", False  # `prefix`: the last sign belongs to what follows
    for at, (fraction, word) in enumerate(words):
        plain = word.translate(_MARKS)
        if fraction and "/" in plain and _beside(words, at):
            word, plain = f"({word})", f"({plain})"
        shown += ("" if prefix else _blank(last, plain)) + word
        prefix = _is_sign(plain) and (not last or _is_sign(last) or last[-1] in _OPEN | {","})
        last = plain
    return shown


def _beside(words: Sequence[tuple[bool, str]], at: int) -> bool:
    """Whether a fraction is multiplied by what stands beside it, without a sign between them."""
    around = [
        words[other][1].translate(_MARKS)
        for other in (at - 1, at + 1)
        if other >= 0 and other < len(words)
    ]
    return any(not _is_sign(word) and word[0] not in _FENCES for word in around)


def _blank(last: str, word: str) -> str:
    """A blank around relations and operations, and around the name of a function."""
    if not last or last.endswith((" ", _ROW, *_OPEN)) or word.startswith((" ", _ROW, ",", *_CLOSE)):
        return ""
    if _is_sign(word) or _is_sign(last) or last.endswith(",") or last[0] in _LARGE:
        return " "
    before = _named(last) and word[0] not in _OPEN
    return " " if before or (_named(word) and last[-1].isalnum()) else ""


def _is_sign(word: str) -> bool:
    """Whether it is a relation or an operation between two things."""
    return len(word) == 1 and word not in _NO_SIGNS and unicodedata.category(word) == "Sm"


def _named(word: str) -> bool:
    """Whether it begins with a word, such as the name of a function."""
    return len(word) > 1 and word[:2].isascii() and word[:2].isalpha()


def _scripts(tag: str, parts: list[str]) -> str:
    """A base with what stands above and below it."""
    base = parts[0]
    over = parts[-1] if tag in ("msup", "mover", "msubsup", "munderover") else ""
    under = parts[1] if tag in ("msub", "munder", "msubsup", "munderover") else ""
    plain = base.translate(_MARKS)
    if over in _ACCENTS and tag == "mover":
        return "".join(c + _ACCENTS[over] if c.isalnum() else c for c in base)
    if over in _BRACES or under in _BRACES:
        return base
    if len(plain) > 1 and not (plain.isalnum() or plain[0] in "√|" or _wrapped(plain)):
        base = f"({base})"
    if over and set(over.translate(_MARKS)) <= set("′″‴"):
        return base + _script(under, _LOWERED, "_") + over
    return base + _script(under, _LOWERED, "_") + _script(over, _RAISED, "^")


def _script(text: str, letters: dict[str, str], sign: str) -> str:
    """Small letters if there are some for all of it, else a sign and the text."""
    plain = text.translate(_MARKS).replace(" ", "")
    if not plain:
        return ""
    if all(letter in letters for letter in plain):
        return "".join(letters[letter] for letter in plain)
    return f"{sign}{text}" if len(plain) == 1 or _wrapped(plain) else f"{sign}({text})"


def _group(text: str) -> str:
    """In brackets, unless it is one thing."""
    plain = text.translate(_MARKS)
    one = len(plain) <= 1 or plain.replace(".", "", 1).isalnum()
    return text if one or _wrapped(plain) else f"({text})"


def _wrapped(plain: str) -> bool:
    """Whether one pair of brackets holds all of it."""
    if plain[0] not in _OPEN or plain[-1] not in _CLOSE:
        return False
    depth = 0
    for at, sign in enumerate(plain):
        depth += (sign in _OPEN) - (sign in _CLOSE)
        if depth == 0 and at < len(plain) - 1:
            return False
    return True


def _table(node: Element) -> str:
    """Lines of equations under each other; the rows of a matrix behind each other."""
    aligned = node.get("displaystyle") == "true"
    if aligned:
        return _ROW.join(_row([part for cell in row for part in cell]) for row in node)
    rows = [[_row(list(cell)) for cell in row] for row in node]
    return "; ".join(", ".join(cell for cell in row if cell) for row in rows)
