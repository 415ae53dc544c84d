from __future__ import annotations

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem
from assistant.generation.scripted import ScriptedBackend
from assistant.settings import (
    CONTEXT,
    MAX_TOKENS,
    MODEL,
    PER_MODEL,
    SERVER_MODEL,
    SERVER_URL,
    SYSTEM_TEXT,
    TEMPERATURE,
    TOP_P,
)
from assistant.storage.database import open_in_memory
from assistant.usecases.ask import ask
from assistant.usecases.presets import (
    EMBEDDED,
    clear_preset,
    model_key,
    own_values,
    preset,
    sampling_of,
    set_preset,
)
from assistant.usecases.temporary import temporary_services


def set_all(services, values):
    set_preset(services.store, services.paths, EMBEDDED, values)


def test_a_model_without_presets_has_the_general_values(services):
    services.store.run(lambda db: db.settings.set(TEMPERATURE, 0.3))
    found = preset(services.store, services.paths, EMBEDDED)
    assert found.keys() == {item.key for item in PER_MODEL}
    assert found[TEMPERATURE.key] == 0.3
    assert own_values(services.store, services.paths, EMBEDDED) == frozenset()


def test_presets_hold_for_their_model_only(services):
    set_all(services, {TEMPERATURE.key: 1.5, SYSTEM_TEXT.key: "Rhyme."})
    assert services.store.run(sampling_of).temperature == 1.5
    services.store.run(lambda db: db.settings.set(MODEL, "/models/other.gguf"))
    assert services.store.run(model_key) == "other"
    assert services.store.run(sampling_of).temperature == TEMPERATURE.default
    services.store.run(lambda db: db.settings.set(SERVER_URL, "http://localhost/v1"))
    services.store.run(lambda db: db.settings.set(SERVER_MODEL, "big"))
    assert services.store.run(model_key) == "server:big"
    set_preset(services.store, services.paths, "server:big", {TOP_P.key: 0.5})
    assert services.store.run(sampling_of).top_p == 0.5
    assert own_values(services.store, services.paths, "") == {TOP_P.key}


def test_replies_are_written_with_the_presets(make_services, ask_round):
    backend = ScriptedBackend()
    services = make_services(backend)
    set_all(services, {TOP_P.key: 0.7, MAX_TOKENS.key: 64, SYSTEM_TEXT.key: "Rhyme."})
    ask_round(services)
    asked = backend.requests[0]
    assert (asked.sampling.top_p, asked.sampling.max_tokens) == (0.7, 64)
    assert asked.turns[0].text == "Rhyme."
    clear_preset(services.store, services.paths, EMBEDDED)
    ask_round(services)
    assert backend.requests[1].sampling.top_p == TOP_P.default


def test_what_is_not_allowed_changes_nothing(services):
    with pytest.raises(UsageProblem, match="temperature"):
        set_all(services, {TOP_P.key: 0.5, TEMPERATURE.key: 9})
    assert own_values(services.store, services.paths, EMBEDDED) == frozenset()
    with pytest.raises(UsageProblem, match="no model “nobody”"):
        preset(services.store, services.paths, "nobody")


def test_a_temporary_conversation_has_the_presets_too(make_services):
    backend = ScriptedBackend()
    services = make_services(backend)
    set_all(services, {SYSTEM_TEXT.key: "Rhyme.", CONTEXT.key: 1024})
    memory = open_in_memory()
    try:
        list(ask(temporary_services(services, memory), text="Hello?", cancel=CancelToken()))
    finally:
        memory.close()
    assert backend.requests[0].turns[0].text == "Rhyme."
