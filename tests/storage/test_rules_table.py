"""Rules stay as the user wants them, whatever is found later."""

from __future__ import annotations

import pytest

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Rule, RuleId
from assistant.storage.database import Database


def found(text: str, detector: str, *, alive: bool = True) -> Rule:
    return Rule(RuleId(0), text, "feature", detector, (3, 1), 7.5, 9, alive)


def keep(database: Database, *rules: Rule) -> dict[str, Rule]:
    database.run(lambda db: db.rules.keep_found(list(rules), 1.0))
    return {rule.text: rule for rule in database.run(lambda db: db.rules.all())}


def test_a_found_rule_is_kept_with_what_speaks_for_it(database: Database) -> None:
    rule = keep(database, found("keep it short", "feature:length:-1"))["keep it short"]
    assert (rule.evidence, rule.right, rule.judged, rule.used) == ((3, 1), 7.5, 9, True)


def test_what_is_not_found_again_goes_unless_the_user_touched_it(database: Database) -> None:
    first = keep(database, found("one", "feature:a:+1"), found("two", "feature:b:+1"))
    database.run(lambda db: db.rules.set_flags(first["two"].id, pinned=True, banned=False))
    later = keep(database, found("three", "feature:c:+1"))
    assert set(later) == {"two", "three"}
    assert later["two"].used


def test_the_users_wording_is_kept_and_recognised(database: Database) -> None:
    first = keep(database, found("keep it short", "feature:length:-1"))["keep it short"]
    database.run(lambda db: db.rules.set_text(first.id, "three lines at most"))
    (rule,) = keep(database, found("keep it short", "feature:length:-1")).values()
    assert (rule.id, rule.text, rule.edited) == (first.id, "three lines at most", True)


def test_a_banned_rule_is_never_used_though_it_is_found_again(database: Database) -> None:
    first = keep(database, found("one", "feature:a:+1"))["one"]
    database.run(lambda db: db.rules.set_flags(first.id, pinned=False, banned=True))
    assert not keep(database, found("one", "feature:a:+1"))["one"].used


def test_an_own_rule_is_used_from_the_start_and_stays(database: Database) -> None:
    database.run(lambda db: db.rules.add("Call me Ann", "own", "meaning", 1.0, pinned=True))
    rules = keep(database, found("one", "feature:a:+1", alive=False))
    assert rules["Call me Ann"].used
    assert not rules["one"].used
    database.run(lambda db: db.rules.forget())
    assert [rule.text for rule in database.run(lambda db: db.rules.all())] == ["Call me Ann"]


def test_a_rule_cannot_be_added_twice_nor_an_unknown_one_changed(database: Database) -> None:
    database.run(lambda db: db.rules.add("One", "own", "meaning", 1.0, pinned=True))
    with pytest.raises(UsageProblem, match="there already"):
        database.run(lambda db: db.rules.add("ONE", "own", "meaning", 1.0, pinned=True))
    with pytest.raises(UsageProblem, match="no rule 9"):
        database.run(lambda db: db.rules.remove(RuleId(9)))


def test_going_back_to_an_older_state_and_to_none(database: Database) -> None:
    ids = [
        database.run(
            lambda db, n=n: db.snapshots.activate(
                "agent", bytes([n]), n, {}, 1.0, trial=True, keep=4
            )
        )
        for n in range(6)
    ]
    kept = database.run(lambda db: [s.id for s in db.snapshots.heads()])
    assert kept == ids[-4:]
    database.run(lambda db: db.snapshots.reactivate(ids[-2], "agent"))
    active = database.run(lambda db: db.snapshots.active("agent"))
    assert active is not None
    assert (active.id, active.trial) == (ids[-2], False)
    database.run(lambda db: db.snapshots.reactivate(None, "agent"))
    assert database.run(lambda db: db.snapshots.active("agent")) is None
