"""Some of given lines are written by the likeliest tokens, as if each was evaluated by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import ContextTooLong
from assistant.domain.model import Finish
from assistant.generation import loaded
from assistant.generation.backend import (
    Draft,
    DraftFinished,
    DraftText,
    EngineOptions,
    GenerationEvent,
    GenerationRequest,
    Lines,
    Turn,
)
from assistant.generation.engine import EngineClient
from assistant.generation.gguf import read_header
from assistant.generation.lines import write_lines
from assistant.generation.llama import Weights
from assistant.generation.llama_context import Context, Item, Shape
from assistant.generation.prompt import Segment
from assistant.generation.templates import choose_template
from tests.generation.decoded import decoded_in
from tests.generation.never import Never

RULES = (
    "keep it short: a few sentences at most",
    "write so that a child could follow",
    "use a list with one point per line",
    'say "yes" where you can',
    "use \\ once",
    "keep it short",
    "use a list",
)
QUERIES = ("How do I keep basil alive?", "Tell me about Rome.", "hello")
ASKED = Turn("system", "Write the rules that a reply should follow, one on each line.")


def written(engine: EngineClient, query: str, lines: Lines) -> list[str]:
    turns = (ASKED, Turn("user", query))
    request = GenerationRequest(turns, (Draft("", 0),), agent=True, lines=lines)
    events = engine.generate(request, CancelToken())
    return "".join(event.text for event in events if isinstance(event, DraftText)).split("\n")


def by_hand(path: Path, queries: Sequence[str], rules: Sequence[str], most: int) -> list[list[str]]:
    """The same with everything evaluated anew for each token that is chosen."""
    template, weights = choose_template(read_header(path).template), Weights(path)
    context = Context(weights, Shape(1024, 2, 2, 512, 128, 2), lambda: False)

    def tokens(text: str, special: bool = False) -> list[int]:
        return weights.tokenise((Segment(text, special),), False) if text else []

    def chosen(prompt: list[int], ways: list[tuple[str, list[int]]]) -> str:
        place = 0
        while len({line for line, _ in ways}) > 1:
            context.drop(0)
            whole = [*prompt, *ways[0][1][:place]]
            context.decode(Item(t, at, 0, at == len(whole) - 1) for at, t in enumerate(whole))
            logits = context.logits(len(whole) - 1)
            best = max({text[place] for _, text in ways}, key=lambda t: float(logits[t]))
            ways = [(line, text) for line, text in ways if text[place] == best]
            place += 1
        return ways[0][0]

    found = []
    end = tokens(template.stops[0], special=True)
    for query in queries:
        prompt = weights.tokenise(template.render((ASKED, Turn("user", query)), True), True)
        said: list[str] = []
        while len(said) < most:
            ways = []
            for rule in (rule for rule in rules if rule not in said):
                ways.append((rule, tokens("\n".join((*said, rule))) + end))
                if len(said) + 1 < most:
                    ways.append((rule, tokens("\n".join((*said, rule, "")))))
            if said:
                ways.append(("", tokens("\n".join(said)) + end))
            if not (line := chosen(prompt, ways)):
                break
            said.append(line)
        found.append(said)
    context.close()
    weights.close()
    return found


@pytest.mark.parametrize(("count", "most"), [(2, 3), (3, 3), (7, 2), (7, 3)])
def test_the_likeliest_lines_are_written_each_once(
    embedded_model: Path, count: int, most: int
) -> None:
    engine = EngineClient(embedded_model, EngineOptions(copy_type="none"))
    lines = Lines(RULES[:count], most)
    try:
        found = [written(engine, query, lines) for query in QUERIES]
    finally:
        engine.close()
    assert found == by_hand(embedded_model, QUERIES, lines.choices, min(most, count))
    assert all(1 <= len(said) == len(set(said)) <= most for said in found)


def test_a_line_takes_one_evaluation_and_the_query_is_read_with_the_first(
    embedded_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template, weights = (
        choose_template(read_header(embedded_model).template),
        Weights(embedded_model),
    )
    context = Context(weights, Shape(1024, 2, 8, 512, 128, 2), lambda: False)
    sizes = decoded_in(context, monkeypatch)

    def tokens(text: str) -> list[int]:
        return weights.tokenise((Segment(text, False),), False)

    end = weights.tokenise((Segment(template.end, True),), False)
    for query in QUERIES:
        prompt = weights.tokenise(template.render((ASKED, Turn("user", query)), True), True)
        sizes.clear()
        ((text, _),) = write_lines(context, prompt, Lines(RULES[:3], 3), tokens, end)
        assert isinstance(text, DraftText)
    assert len(sizes) <= 1 + len(text.text.splitlines())
    context.close()
    weights.close()


def test_what_was_written_for_a_query_read_ahead_is_not_chosen_again(
    embedded_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless the agent is another one by then."""
    asked = []

    def counted(*told: object) -> Iterator[list[GenerationEvent]]:
        asked.append(told)
        return write_lines(*told)

    monkeypatch.setattr(loaded, "write_lines", counted)
    model = loaded.load(
        embedded_model,
        EngineOptions(copy_type="none"),
        known_sha256="",
        adapter=None,
        threads=2,
        aborted=lambda: False,
    )
    request = GenerationRequest(
        (ASKED, Turn("user", QUERIES[0])), (Draft("", 0),), agent=True, lines=Lines(RULES, 3)
    )
    first, again = (list(model.write(request, Never())) for _ in range(2))
    assert first == again
    assert len(asked) == 1
    model.adapt(None)
    assert list(model.write(request, Never())) == first
    assert len(asked) == 2
    model.rest()


def test_a_query_too_long_for_the_agent_is_refused_and_the_next_one_is_not(
    engine: EngineClient,
) -> None:
    with pytest.raises(ContextTooLong):
        written(engine, "word " * 3000, Lines(RULES, 3))
    assert set(written(engine, QUERIES[0], Lines(RULES, 3))) <= set(RULES)


def test_what_was_taken_back_is_not_written(engine: EngineClient) -> None:
    cancel = CancelToken()
    cancel.cancel()
    request = GenerationRequest(
        (ASKED, Turn("user", QUERIES[1])), (Draft("", 0),), agent=True, lines=Lines(RULES, 3)
    )
    assert list(engine.generate(request, cancel)) == [DraftFinished(0, Finish.STOPPED, 0)]
    assert set(written(engine, QUERIES[1], Lines(RULES, 3))) <= set(RULES)
