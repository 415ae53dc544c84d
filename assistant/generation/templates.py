"""Chat templates: turns to literal and content segments.

Contract: a literal segment is the template's own text and may name special tokens; a content
segment is somebody's text and must be tokenised as plain text, so that it can never forge one.
The known families are built in and recognised by the markers in a model's template; any other
template is rendered in a sandbox with placeholders for the contents.
Not covered: tools, images, templates that print a message's text changed, and templates that
double a text again and again: those only cost the engine's process its life.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

from jinja2 import TemplateError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.domain.errors import ModelProblem
from assistant.generation.backend import Turn
from assistant.generation.prompt import ChatTemplate, Segment

MAX_RENDERED = 256 << 10  # characters; contents are placeholders, so this is plenty
_MAX_LOOP = 4_096
_PLACEHOLDER = re.compile("\ue0f0([0-9]+)\ue0f1")


@dataclass(frozen=True, slots=True)
class Family:
    """A built-in template: what stands before and after the text of each role."""

    name: str
    before: dict[str, str]
    after: dict[str, str]
    stops: tuple[str, ...]
    system_joined: bool = False  # no system role: its text goes in front of the first query
    opening: str = ""  # what an opened reply begins with, e.g. an empty thought
    between: str = ""  # in front of every query but the first


_CHATML = Family(
    name="chatml",
    before={role: f"<|im_start|>{role}\n" for role in ("system", "user", "assistant")},
    after=dict.fromkeys(("system", "user", "assistant"), "<|im_end|>\n"),
    stops=("<|im_end|>", "<|im_start|>"),
)
_LLAMA3 = Family(
    name="llama3",
    before={
        role: f"<|start_header_id|>{role}<|end_header_id|>\n\n"
        for role in ("system", "user", "assistant")
    },
    after=dict.fromkeys(("system", "user", "assistant"), "<|eot_id|>"),
    stops=("<|eot_id|>", "<|start_header_id|>"),
)
_MISTRAL = Family(
    name="mistral",
    before={"user": "[INST]", "assistant": ""},
    after={"user": "[/INST]", "assistant": "</s>"},
    stops=("</s>", "[INST]"),
    system_joined=True,
)
_LLAMA2 = replace(_MISTRAL, name="llama2", between="<s>")
_GEMMA = Family(
    name="gemma",
    before={"user": "<start_of_turn>user\n", "assistant": "<start_of_turn>model\n"},
    after=dict.fromkeys(("user", "assistant"), "<end_of_turn>\n"),
    stops=("<end_of_turn>", "<start_of_turn>"),
    system_joined=True,
)
_PHI3 = Family(
    name="phi3",
    before={role: f"<|{role}|>\n" for role in ("system", "user", "assistant")},
    after=dict.fromkeys(("system", "user", "assistant"), "<|end|>\n"),
    stops=("<|end|>", "<|user|>"),
)
_ZEPHYR = replace(
    _PHI3,
    name="zephyr",
    after=dict.fromkeys(("system", "user", "assistant"), "</s>\n"),
    stops=("</s>", "<|user|>"),
)
_PLAIN = Family(  # a base model that was never taught to chat
    name="plain",
    before={"system": "", "user": "User: ", "assistant": "Assistant:"},
    after=dict.fromkeys(("system", "user", "assistant"), "\n\n"),
    stops=("\nUser:", "\nAssistant:"),
)


def choose_template(source: str) -> ChatTemplate:
    """The template for a model whose header carries `source` ("" if none)."""
    family = _recognise(source)
    if family is None:
        return _own_template(source)
    if "enable_thinking" in source and "<think>" in source:
        family = replace(family, opening="<think>\n\n</think>\n\n")

    def render(turns: tuple[Turn, ...], opening: bool) -> tuple[Segment, ...]:
        return _render_family(family, turns, opening)

    return ChatTemplate(family.name, family.stops, render)


def _recognise(source: str) -> Family | None:
    def has(*markers: str) -> bool:
        return all(marker in source for marker in markers)

    if not source.strip():
        return _PLAIN
    if has("<|im_start|>", "<|im_end|>") and not has("<|im_sep|>"):
        return _CHATML
    if has("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"):
        return _LLAMA3
    if has("<start_of_turn>", "<end_of_turn>"):
        return _GEMMA
    if has("[INST]", "[/INST]") and not has("[SYSTEM_PROMPT]"):
        return _LLAMA2 if has("<<SYS>>") else _MISTRAL
    if has("<|user|>", "<|end|>"):
        return _PHI3
    if has("<|user|>", "eos_token") and not has("[gMASK]"):
        return _ZEPHYR
    return None


def _render_family(family: Family, turns: tuple[Turn, ...], opening: bool) -> tuple[Segment, ...]:
    if family.system_joined:
        turns = join_system(turns)
    segments: list[Segment] = []
    for index, turn in enumerate(turns):
        again = index > 0 and turn.role == "user"
        segments.append(Segment((family.between if again else "") + family.before[turn.role], True))
        segments.append(Segment(turn.text, False))
        segments.append(Segment(family.after[turn.role], True))
    if opening:
        segments.append(Segment(family.before["assistant"] + family.opening, True))
    return merge_segments(segments)


def join_system(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The turns with a leading system text put in front of the first query, as a paragraph."""
    if len(turns) < 2 or turns[0].role != "system" or turns[1].role != "user":
        return tuple(turn for turn in turns if turn.role != "system")
    return (Turn("user", f"{turns[0].text}\n\n{turns[1].text}"), *turns[2:])


def merge_segments(segments: list[Segment]) -> tuple[Segment, ...]:
    """Neighbouring literals as one and empty ones away: they are tokenised as they would be
    in one text."""
    merged: list[Segment] = []
    for segment in segments:
        if segment.literal and merged and merged[-1].literal:
            merged[-1] = Segment(merged[-1].text + segment.text, True)
        elif segment.text or not segment.literal:
            merged.append(segment)
    return tuple(merged)


class _Sandbox(ImmutableSandboxedEnvironment):
    """jinja2's sandbox, with what can eat memory or time taken away as well."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self) -> None:
        super().__init__(
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
        )
        for name in ("center", "indent", "format", "wordwrap", "xmlattr", "urlize", "pprint"):
            self.filters.pop(name, None)
        self.globals.pop("lipsum", None)
        self.globals["range"] = _bounded_range
        self.globals["raise_exception"] = _refuse

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Arithmetic on small numbers only."""
        if not isinstance(left, int | float) or not isinstance(right, int | float):
            raise SecurityError(f"the operator {operator} is allowed on numbers only")
        if operator == "**" and (abs(left) > 1_000 or abs(right) > 64):
            raise SecurityError(f"the operator {operator} is allowed on small numbers only")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: object) -> None:
        """No safe variant of str.format: it pads to any length."""

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Nothing that pads or formats a text to any length."""
        padding = {"ljust", "rjust", "center", "zfill", "expandtabs", "format", "format_map"}
        return attr not in padding and super().is_safe_attribute(obj, attr, value)


def _bounded_range(*bounds: int) -> range:
    numbers = range(*bounds)
    if len(numbers) > _MAX_LOOP:
        raise SecurityError(f"a range of more than {_MAX_LOOP} numbers")
    return numbers


def _refuse(message: str) -> None:
    raise TemplateError(message)


def _own_template(source: str) -> ChatTemplate:
    def render(turns: tuple[Turn, ...], opening: bool) -> tuple[Segment, ...]:
        try:
            return _render_own(source, turns, opening)
        except _Lost:  # many templates refuse a system turn
            pass
        try:
            return _render_own(source, join_system(turns), opening)
        except _Lost as error:
            raise ModelProblem(
                f"The model's own chat template cannot be used ({error}); choose another model."
            ) from None

    render((Turn("user", "a"),), True)  # refused now and not at the first query
    return ChatTemplate("own", (), render)


class _Lost(Exception):
    """The template failed, or a message is missing from what it rendered."""


def _render_own(source: str, turns: tuple[Turn, ...], opening: bool) -> tuple[Segment, ...]:
    messages = [
        {"role": turn.role, "content": f"\ue0f0{number}\ue0f1"} for number, turn in enumerate(turns)
    ]
    rendered, seen = _bounded_render(source, messages, opening), set()
    segments: list[Segment] = []
    for position, part in enumerate(_PLACEHOLDER.split(rendered)):
        if position % 2 == 0:
            segments.append(Segment(part, True))
        elif (number := int(part)) < len(turns):
            seen.add(number)
            segments.append(Segment(turns[number].text, False))
    if len(seen) < len(turns):
        raise _Lost("it leaves messages out")
    return merge_segments(segments)


def _bounded_render(source: str, messages: list[dict[str, str]], opening: bool) -> str:
    try:
        pieces = (
            _Sandbox()
            .from_string(source)
            .generate(messages=messages, add_generation_prompt=opening, bos_token="", eos_token="")
        )
        rendered = ""
        for piece in islice(pieces, MAX_RENDERED):
            rendered += piece
            if len(rendered) > MAX_RENDERED:
                raise _Lost(f"it writes more than {MAX_RENDERED} characters")
    except _Lost:
        raise
    except Exception as error:  # a foreign template may fail in any way, also by a type error
        raise _Lost(str(error).rstrip(".") or type(error).__name__) from None
    return rendered
