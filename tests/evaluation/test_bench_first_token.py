"""What parts of guidance cost until the first token: measured where the program puts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation.bench_conversation import warm_turns
from assistant.evaluation.bench_first_token import EXEMPLARS, PARTS, first_tokens
from assistant.generation.backend import EngineOptions
from assistant.generation.engine import EngineClient
from assistant.generation.scripted import ScriptedBackend
from assistant.personalization.exemplars import TOKENS


def test_every_part_is_compared_with_what_it_is_put_on_top_of() -> None:
    rows = first_tokens(ScriptedBackend(["one two"], delay=0.002), runs=2)
    assert set(rows) == set(PARTS)
    for name, row in rows.items():
        base = rows[str(row["on_top_of"])]
        assert row["later"] == pytest.approx(row["warm_s"] / base["warm_s"] - 1)
        assert len(row["seconds"]) == 2
        assert row["warm_s"] > 0, name


def test_only_documents_change_the_shared_prefix() -> None:
    backend = ScriptedBackend(["one two"])
    first_tokens(backend, runs=1)
    requests = dict(zip(PARTS, backend.requests[1::2], strict=False))
    for name, request in requests.items():
        assert (request.turns == warm_turns()) == (name != "documents")
        assert request.turns[-1].text.endswith(warm_turns()[-1].text)
    assert [draft.guidance for draft in requests["nothing"].drafts] == ["", "", ""]


def test_exemplars_are_about_as_long_as_the_program_lets_them_be(embedded_model: Path) -> None:
    client = EngineClient(embedded_model, EngineOptions(copy_type="none"))
    try:
        tokens = len(client.tokenise(EXEMPLARS))
    finally:
        client.close()
    assert 0.8 * TOKENS < tokens < 1.2 * TOKENS
