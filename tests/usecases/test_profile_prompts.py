"""Prompts go out and come in word by word, and what does not belong there does not."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import AskRound
from profile_homes import Home, edited

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Order
from assistant.settings import PROMPTS
from assistant.storage.archive import read_archive, visible
from assistant.storage.prompts import (
    OutcomeElsewhere,
    PromptOutcome,
    StoredPrompt,
)
from assistant.usecases.extras import choose_extras
from assistant.usecases.learn_prompts import list_prompts, set_prompt
from assistant.usecases.profile_checks import LATEST
from assistant.usecases.profile_file import (
    export_profile,
    import_profile,
    imports,
    preview_import,
    remove_import,
)
from assistant.usecases.profile_prompts import checked_prompts, prompts_json
from assistant.usecases.rank import rank
from assistant.usecases.services import Services

TEXT = st.text(min_size=1, max_size=60).map(visible).filter(lambda t: len(t.strip()) > 0)
OUTCOME = st.builds(
    OutcomeElsewhere,
    st.text("abcdef0123456789:", min_size=1, max_size=20),
    st.floats(0, 1),
    st.text(max_size=40).map(visible),
)
PROMPT = st.builds(
    lambda text, now, outcomes: StoredPrompt(text, now, (), elsewhere=tuple(outcomes)),
    TEXT,
    st.floats(0, LATEST),
    st.lists(OUTCOME, max_size=4, unique_by=lambda o: o.occasion),
)


@given(st.lists(PROMPT, max_size=4, unique_by=lambda p: p.text))
def test_whatever_a_pool_holds_comes_back_as_it_was(pool: list[StoredPrompt]) -> None:
    written = json.loads(json.dumps(prompts_json(pool, "ab", texts=True)))
    read = checked_prompts(written)
    assert prompts_json(read, "cd", texts=True) == written
    assert [(p.text, p.created_at, sorted(p.elsewhere, key=str)) for p in read] == [
        (p.text, p.created_at, sorted(p.elsewhere, key=str)) for p in pool
    ]


def teach(services: Services, ask_round: AskRound, text: str = "How do I relax?") -> None:
    """A ranked round, and a pool of two prompts of which one helped with it."""
    round_ = ask_round(services, text)
    order = Order(tuple((candidate.letter,) for candidate in round_.candidates))
    assert list(rank(services, query_id=round_.query_id, order=order))
    pool = (
        StoredPrompt("Is brief.", 1.5, (PromptOutcome(round_.query_id, 1 / 3, "At length."),)),
        StoredPrompt("Likes lists.", 2.5, (PromptOutcome(round_.query_id, 0.9, "Tea, secretly"),)),
    )
    services.store.run(lambda db: db.prompts.replace(pool))


def allow_all(services: Services) -> None:
    for prompt in list_prompts(services):
        set_prompt(services, prompt_id=prompt.id, banned=False)


@pytest.mark.parametrize("texts", [False, True])
def test_prompts_make_the_round_trip_exactly(
    make_home: Home, ask_round: AskRound, tmp_path: Any, texts: bool
) -> None:
    old, new = make_home("old"), make_home("new")
    first, second = tmp_path / "a.attune", tmp_path / "b.attune"
    teach(old, ask_round)
    assert export_profile(old, file=first, texts=texts).prompts == 2
    assert (b"secretly" in read_archive(first)["prompts.json"]) is texts
    change = import_profile(new, file=first)
    assert change.prompts.new == ("Is brief.", "Likes lists.")
    assert all(prompt.banned for prompt in list_prompts(new)), "off until they are reviewed"
    export_profile(new, file=second, texts=texts)
    assert json.loads(read_archive(second)["prompts.json"]) == [], "what is off is not passed on"
    allow_all(new)
    export_profile(new, file=second, texts=texts)
    assert read_archive(second)["prompts.json"] == read_archive(first)["prompts.json"]
    again = preview_import(old, file=second).prompts
    assert (again.new, again.changed, again.known) == ((), (), 2), "and back where it came from"


def test_an_allowed_prompt_is_used_by_what_it_did_elsewhere_and_a_banned_one_never(
    make_home: Home, ask_round: AskRound, tmp_path: Any
) -> None:
    old, new, file = make_home("old"), make_home("new"), tmp_path / "me.attune"
    teach(old, ask_round)
    export_profile(old, file=file)
    import_profile(new, file=file)
    new.store.run(lambda db: db.settings.set(PROMPTS, True))
    round_ = ask_round(new, "How do I relax?")
    assert choose_extras(new, round_.text, bytes(4)).prompt is None
    allow_all(new)
    assert choose_extras(new, round_.text, bytes(4)).prompt == "Likes lists."


def test_a_prompt_that_is_here_with_another_score_stays_as_it_is(
    make_home: Home, ask_round: AskRound, tmp_path: Any
) -> None:
    old, new, file = make_home("old"), make_home("new"), tmp_path / "me.attune"
    teach(old, ask_round)
    export_profile(old, file=file)
    new.store.run(lambda db: db.prompts.replace([StoredPrompt("Is brief.", 9.0, ())]))
    before = list_prompts(new)
    change = import_profile(new, file=file)
    assert (change.prompts.new, change.prompts.changed) == (("Likes lists.",), ("Is brief.",))
    assert imports(new) == {change.profile: 1}
    assert before[0] in list_prompts(new)
    remove_import(new, profile=change.profile)
    assert list_prompts(new) == before


def test_a_newer_export_brings_a_prompt_of_that_profile_up_to_date(
    make_home: Home, ask_round: AskRound, tmp_path: Any
) -> None:
    old, new = make_home("old"), make_home("new")
    first, newer = tmp_path / "me.attune", tmp_path / "newer.attune"
    teach(old, ask_round)
    export_profile(old, file=first)
    import_profile(new, file=first)
    allow_all(new)
    other = ask_round(old, "How do I sleep?")
    pool = [
        replace(p, outcomes=(*p.outcomes, PromptOutcome(other.query_id, 0.25, "so")))
        for p in list_prompts(old)
        if p.text == "Is brief."
    ]
    old.store.run(lambda db: db.prompts.replace(pool))
    export_profile(old, file=newer)
    change = preview_import(new, file=newer).prompts
    assert (change.updated, change.changed) == (("Is brief.",), ())
    profile = import_profile(new, file=newer).profile
    taken = next(p for p in list_prompts(new) if p.text == "Is brief.")
    assert not taken.banned, "the user's say in it stays"
    sent = json.loads(read_archive(newer)["prompts.json"])
    assert prompts_json([taken], "cd", texts=False) == sent
    assert preview_import(new, file=first).prompts.known == 2, "an older one changes nothing"
    remove_import(new, profile=profile)
    assert list_prompts(new) == ()


BAD = [
    {"text": "x\u0007y"},
    {"text": "x\u202ey"},
    {"text": "y" * (1 << 20)},
    {"text": "y" * 401},
    {"text": ""},
    {"text": "  "},
    {"text": 5},
    {"created_at": -1.0},
    {"created_at": 1e300},
    {"created_at": "now"},
    {"outcomes": [{"occasion": "a:1", "value": 1.5}]},
    {"outcomes": [{"occasion": "", "value": 0.5}]},
    {"outcomes": [{"occasion": "a:1", "value": 0.5}] * 2},
    {"outcomes": [{"occasion": "a:1", "value": 0.5, "said": "x" * 1001}]},
    {"outcomes": 7},
]


@pytest.mark.parametrize("wrong", BAD)
def test_a_prompt_that_is_none_is_refused_and_nothing_comes_in(
    make_home: Home, ask_round: AskRound, tmp_path: Any, wrong: dict[str, Any]
) -> None:
    old, new, file = make_home("old"), make_home("new"), tmp_path / "me.attune"
    teach(old, ask_round)
    export_profile(old, file=file)
    prompts = json.loads(read_archive(file)["prompts.json"])
    edited(file, "prompts.json", [prompts[0] | wrong, *prompts[1:]])
    with pytest.raises(UsageProblem, match=r"no profile that can be imported"):
        import_profile(new, file=file)
    assert imports(new) == {}
    assert list_prompts(new) == ()


def test_bounds_hold_for_all_prompts_together() -> None:
    one = {"text": "a", "created_at": 1.0, "outcomes": []}
    many = [one | {"text": f"{number}"} for number in range(201)]
    for entries in (many, [one, one]):
        with pytest.raises(ValueError, match="prompt"):
            checked_prompts(entries)
    assert math.isclose(checked_prompts([one])[0].created_at, 1.0)
