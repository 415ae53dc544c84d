"""The values of settings that the user changed."""

from __future__ import annotations

from typing import TypeVar

from sqlite_utils import Database as Tables

from assistant.settings import Setting

T = TypeVar("T", bool, int, float, str)


class SettingValues:
    """The table of settings; a setting not stored has its default."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, setting: Setting[T]) -> T:
        """The user's value, or the default."""
        rows = list(self._tables.query("SELECT value FROM settings WHERE key = ?", [setting.key]))
        return setting.check(rows[0]["value"]) if rows else setting.default

    def set(self, setting: Setting[T], value: object) -> T:
        """Store a value; UsageProblem if it is not allowed."""
        checked = setting.check(value)
        self._tables.table("settings").upsert({"key": setting.key, "value": str(checked)}, pk="key")
        return checked
