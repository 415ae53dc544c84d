"""A setting has its default until it is changed, and never a value that is not allowed."""

from __future__ import annotations

import pytest

from assistant.domain.errors import UsageProblem
from assistant.settings import ALL, LEARNING, REPLIES, TEMPERATURE, THEME, Setting
from assistant.storage.database import Database


@pytest.mark.parametrize("setting", ALL, ids=lambda s: s.key)
def test_every_default_is_allowed_and_comes_back(database: Database, setting: Setting[int]) -> None:
    assert database.run(lambda db: db.settings.get(setting)) == setting.default
    database.run(lambda db: db.settings.set(setting, setting.default))
    stored = database.run(lambda db: db.settings.get(setting))
    assert stored == setting.default
    assert type(stored) is type(setting.default)


def test_a_changed_value_comes_back_in_its_type(database: Database) -> None:
    for setting, value, expected in (
        (REPLIES, "4", 4),
        (TEMPERATURE, 0.25, 0.25),
        (LEARNING, "False", False),
        (THEME, "dark", "dark"),
    ):
        assert database.run(lambda db, s=setting, v=value: db.settings.set(s, v)) == expected
        assert database.run(lambda db, s=setting: db.settings.get(s)) == expected


@pytest.mark.parametrize(
    ("setting", "value", "allowed"),
    [
        (REPLIES, 5, "from 0 to 4"),
        (REPLIES, -1, "from 0 to 4"),
        (REPLIES, "many", "a whole number"),
        (REPLIES, 2.5, "a whole number"),
        (TEMPERATURE, "warm", "a number"),
        (TEMPERATURE, "inf", "from 0 to 2"),
        (LEARNING, "perhaps", "true or false"),
        (THEME, "pink", "system, light, dark"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused_and_not_stored(
    database: Database, setting: Setting[int], value: object, allowed: str
) -> None:
    with pytest.raises(UsageProblem, match=allowed):
        database.run(lambda db: db.settings.set(setting, value))
    assert database.run(lambda db: db.settings.get(setting)) == setting.default
