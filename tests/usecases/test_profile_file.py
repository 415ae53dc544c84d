"""A profile goes to another home and back, exactly, and can be taken out again."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from makers import AskRound
from plain_personalizer import LIBRARY
from profile_homes import Home

from assistant.domain.errors import UsageProblem
from assistant.domain.interview import InterviewAnswer
from assistant.domain.model import Order, TagKind
from assistant.storage.archive import read_archive
from assistant.storage.prompts import StoredPrompt
from assistant.usecases.forget import forget
from assistant.usecases.learn_prompts import list_prompts, set_prompt
from assistant.usecases.own_tags import add_tag
from assistant.usecases.profile import profile, set_tag
from assistant.usecases.profile_file import (
    export_profile,
    import_profile,
    imports,
    preview_import,
    remove_import,
)
from assistant.usecases.rank import rank
from assistant.usecases.rules import add_rule, list_rules, set_rule
from assistant.usecases.services import Services
from assistant.usecases.snippets import add_snippet


def teach(services: Services, ask_round: AskRound, text: str = "How do I secretly relax?") -> None:
    round_ = ask_round(services, text)
    order = Order(tuple((candidate.letter,) for candidate in round_.candidates))
    assert list(rank(services, query_id=round_.query_id, order=order))


def weights(services: Services) -> list[float]:
    return [tag.weight for tag in profile(services).tags]


def test_a_profile_with_texts_gives_the_same_weights_elsewhere(
    make_home: Home, ask_round: AskRound, tmp_path: Path
) -> None:
    old, new, file = make_home("old"), make_home("new"), tmp_path / "me.attune"
    for text in ("How do I relax?", "What shall I cook?", "Why is the sky blue?"):
        teach(old, ask_round, text)
    set_tag(old, name=LIBRARY[0].name, pinned=True)
    export_profile(old, file=file, texts=True)
    before = weights(new)
    assert preview_import(new, file=file).new_lessons == 3
    assert weights(new) == before, "a preview changes nothing"
    change = import_profile(new, file=file)
    assert (change.new_lessons, change.pinned) == (3, (LIBRARY[0].name,))
    assert weights(new) == pytest.approx(weights(old), abs=1e-9)
    assert import_profile(new, file=file).new_lessons == 0, "a second time adds nothing"
    assert import_profile(old, file=file).new_lessons == 0, "nor does it where it came from"
    again = tmp_path / "again.attune"
    export_profile(new, file=again, texts=True)
    first, second = read_archive(file), read_archive(again)
    assert first["lessons.json"] == second["lessons.json"]


def test_an_import_can_be_removed_without_a_trace(
    make_home: Home, ask_round: AskRound, tmp_path: Path
) -> None:
    old, new, file = make_home("old"), make_home("new"), tmp_path / "me.attune"
    teach(old, ask_round)
    add_tag(old, name="Beekeeping", instruction="Draw on keeping bees.", kind=TagKind.INTEREST)
    export_profile(old, file=file)
    teach(new, ask_round)
    before = weights(new)
    change = import_profile(new, file=file)
    assert change.new_tags == ("Beekeeping",)
    (own,) = [tag for tag in profile(new).tags if tag.name == "Beekeeping"]
    assert own.banned, "nothing imported reaches a prompt before it is freed"
    assert weights(new)[: len(before)] != before
    assert imports(new) == {change.profile: 1}
    assert remove_import(new, profile=change.profile) == 1
    assert weights(new) == before
    with pytest.raises(UsageProblem, match="No profile"):
        remove_import(new, profile=change.profile)


def test_replacing_forgets_what_was_learned_here(
    make_home: Home, ask_round: AskRound, tmp_path: Path
) -> None:
    old, new, file = make_home("old"), make_home("new"), tmp_path / "me.attune"
    teach(old, ask_round, "One")
    export_profile(old, file=file, texts=True)
    teach(new, ask_round, "Another")
    import_profile(new, file=file, replace=True)
    assert weights(new) == pytest.approx(weights(old), abs=1e-9)


def test_no_text_leaves_unless_asked_for(
    make_home: Home, ask_round: AskRound, tmp_path: Path
) -> None:
    old, file = make_home("old"), tmp_path / "me.attune"
    teach(old, ask_round)
    for texts in (False, True):
        export_profile(old, file=file, texts=texts)
        with zipfile.ZipFile(file) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
        assert (b"secretly" in content) is texts


def test_an_import_never_lifts_a_ban_nor_takes_a_tag_over_by_its_capitals(
    make_home: Home, tmp_path: Path
) -> None:
    old, new, file = make_home("old"), make_home("new"), tmp_path / "me.attune"
    set_tag(old, name=LIBRARY[0].name, pinned=True)
    add_tag(old, name="bees", instruction="Theirs.", kind=TagKind.INTEREST)
    export_profile(old, file=file)
    set_tag(new, name=LIBRARY[0].name, banned=True)
    add_tag(new, name="Bees", instruction="Mine.", kind=TagKind.INTEREST)
    change = import_profile(new, file=file)
    assert (change.new_tags, change.pinned) == ((), ())
    tags = {tag.name: tag for tag in new.store.run(lambda db: db.tags.all())}
    assert tags[LIBRARY[0].name].banned
    assert tags["Bees"].instruction == "Mine."


def test_rules_travel_and_wait_for_the_user(make_home: Home, tmp_path: Path) -> None:
    old, new, file = make_home("old"), make_home("new"), tmp_path / "me.attune"
    add_rule(old, text="Answer first, then explain")
    export_profile(old, file=file)
    change = import_profile(new, file=file)
    assert change.new_rules == ("Answer first, then explain",)
    (rule,) = list_rules(new)
    assert (rule.banned, rule.used) == (True, False)
    assert imports(new) == {change.profile: 0}, "it is named, so that it can be taken back"
    assert import_profile(new, file=file).new_rules == ()
    remove_import(new, profile=change.profile)
    assert list_rules(new) == ()
    assert imports(new) == {}


def learned(services: Services) -> dict[str, list[dict[str, Any]]]:
    """Everything that learning and imports left in the data file."""
    tables = (
        *("tags", "lessons", "rules", "imported_rules", "imported_flags", "snippets", "prompts"),
        *("prompt_outcomes", "outcomes_elsewhere", "snapshots", "imported_states", "replaced"),
        *("active_rankings", "interview_answers", "retractions"),
    )
    return services.store.run(
        lambda db: {
            name: list(db.tables.query(f"SELECT * FROM {name} ORDER BY 1, 2")) for name in tables
        }
    )


@pytest.mark.parametrize("replace", [False, True])
def test_taking_an_import_back_gives_exactly_what_was_there(
    make_home: Home, ask_round: AskRound, tmp_path: Path, replace: bool
) -> None:
    old, new, file = make_home("old"), make_home("new"), tmp_path / "me.attune"
    for services, text in ((old, "One"), (new, "Another")):
        teach(services, ask_round, text)
        add_rule(services, text=f"{text} rule")
        add_tag(services, name=f"{text} tag", instruction="Use it.", kind=TagKind.INTEREST)
        add_snippet(services.store, name=text, text=text, now=1.0)
        services.store.run(lambda db, text=text: db.prompts.replace([prompt_of(text)]))
    set_tag(old, name=LIBRARY[0].name, pinned=True)
    set_tag(old, name=LIBRARY[1].name, banned=True)
    answer_question(new)
    before, before_weights = learned(new), weights(new)
    export_profile(old, file=file, texts=True)
    for _ in range(2):  # a second time as well as the first
        change = import_profile(new, file=file, replace=replace)
        assert change.pinned == (LIBRARY[0].name,)
        assert learned(new) != before
        remove_import(new, profile=change.profile)
        assert learned(new) == before
        assert weights(new) == before_weights
    assert imports(new) == {}


def prompt_of(text: str) -> StoredPrompt:
    return StoredPrompt(f"The reader likes {text}.", 1.0, ())


def answer_question(services: Services) -> None:
    answer = InterviewAnswer("tea", 1, 1.0)
    services.store.run(lambda db: db.interview.add(answer))


def test_a_pin_that_the_user_confirmed_stays_when_its_import_goes(
    make_home: Home, tmp_path: Path
) -> None:
    old, new, file = make_home("old"), make_home("new"), tmp_path / "me.attune"
    for tag in LIBRARY[:2]:
        set_tag(old, name=tag.name, pinned=True)
    export_profile(old, file=file)
    change = import_profile(new, file=file)
    set_tag(new, name=LIBRARY[0].name, pinned=True)
    assert imports(new) == {change.profile: 0}
    remove_import(new, profile=change.profile)
    tags = new.store.run(lambda db: db.tags.all())
    assert [tag.name for tag in tags if tag.pinned] == [LIBRARY[0].name]


def test_all_parts_make_the_round_trip_once_they_are_reviewed(
    make_home: Home, ask_round: AskRound, tmp_path: Path
) -> None:
    old, new = make_home("old"), make_home("new")
    first, second = tmp_path / "a.attune", tmp_path / "b.attune"
    teach(old, ask_round)
    add_tag(old, name="Beekeeping", instruction="Draw on keeping bees.", kind=TagKind.INTEREST)
    set_tag(old, name=LIBRARY[0].name, pinned=True)
    for text in ("Answer first", "Use lists"):
        add_rule(old, text=text)
    add_snippet(old.store, name="Greeting", text="Dear all", now=1.0)
    old.store.run(lambda db: db.prompts.replace([prompt_of("tea"), prompt_of("cake")]))
    export_profile(old, file=first, texts=True)
    import_profile(new, file=first)
    set_tag(new, name="Beekeeping")
    for rule in list_rules(new):
        set_rule(new, rule_id=rule.id, pinned=True)
    for prompt in list_prompts(new):
        set_prompt(new, prompt_id=prompt.id, banned=False)
    export_profile(new, file=second, texts=True)
    ours, theirs = (read_archive(file) for file in (first, second))
    assert set(ours) == set(theirs)
    for name in set(ours) - {"manifest.json", "tags.json"}:
        assert theirs[name] == ours[name], name
    a, b = (json.loads(parts["tags.json"]) for parts in (ours, theirs))
    for one, other in zip(a, b, strict=True):
        assert other.pop("weight") == pytest.approx(one.pop("weight"), abs=1e-9)
        assert other.pop("sd") == pytest.approx(one.pop("sd"), abs=1e-9)
        assert other == one


def test_forgetting_everything_also_forgets_imports_and_what_they_replaced(
    make_home: Home, ask_round: AskRound, tmp_path: Path
) -> None:
    old, new, file = make_home("old"), make_home("new"), tmp_path / "me.attune"
    teach(old, ask_round)
    add_tag(old, name="bees", instruction="Draw on bees.", kind=TagKind.INTEREST)
    set_tag(old, name=LIBRARY[0].name, pinned=True)
    add_snippet(old.store, name="Greeting", text="Dear all", now=1.0)
    add_rule(old, text="Be brief")
    export_profile(old, file=file, texts=True)
    teach(new, ask_round)
    add_rule(new, text="Be kind")
    import_profile(new, file=file, replace=True)
    forget(new)
    assert imports(new) == {}
    assert [rule.text for rule in list_rules(new)] == ["Be kind"]
    assert learned(new)["active_rankings"] == learned(new)["replaced"] == []


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("manifest.json", {"format": 2, "profile": "ab", "created_at": 1.0}),
        ("manifest.json", {"format": 1, "profile": "../x", "created_at": 1.0}),
        ("manifest.json", {"format": 1, "profile": "ab", "created_at": 1e300}),
        ("manifest.json", []),
        ("tags.json", [{"name": "x"}]),
        ("tags.json", [{"name": "", "kind": "interest", "instruction": "x", "pinned": 1}]),
        ("lessons.json", [{"key": "a", "query": "", "replies": [], "tiers": [], "rest": []}]),
        ("lessons.json", {"a": 1}),
        ("rules.json", [{"text": ""}]),
    ],
)
def test_a_file_with_wrong_parts_is_refused_and_nothing_comes_in(
    make_home: Home, tmp_path: Path, part: str, value: Any
) -> None:
    services, file = make_home("home"), tmp_path / "me.attune"
    parts: dict[str, Any] = {
        "manifest.json": {"format": 1, "profile": "ab", "created_at": 1.0},
        "tags.json": [],
        "lessons.json": [],
        part: value,
    }
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, json.dumps(content))
    with pytest.raises(UsageProblem):
        import_profile(services, file=file)
    assert imports(services) == {}
