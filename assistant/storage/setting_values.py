"""The values of settings that the user changed, in general and for single models."""

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

    def of_model(self, model: str, setting: Setting[T]) -> T:
        """The value while a model is in use: its own, or else the general one."""
        own = self.all_of_model(model).get(setting.key)
        return self.get(setting) if own is None else setting.check(own)

    def all_of_model(self, model: str) -> dict[str, str]:
        """What was set for one model, by key."""
        rows = self._tables.query("SELECT key, value FROM model_settings WHERE model = ?", [model])
        return {row["key"]: row["value"] for row in rows}

    def set_of_model(self, model: str, setting: Setting[T], value: object) -> T:
        """Store a value for one model; UsageProblem if it is not allowed."""
        checked = setting.check(value)
        self._tables.table("model_settings").upsert(
            {"model": model, "key": setting.key, "value": str(checked)}, pk=("model", "key")
        )
        return checked

    def clear_model(self, model: str) -> None:
        """Use the general values with a model again."""
        self._tables.execute("DELETE FROM model_settings WHERE model = ?", [model])

    def set(self, setting: Setting[T], value: object) -> T:
        """Store a value; UsageProblem if it is not allowed."""
        checked = setting.check(value)
        self._tables.table("settings").upsert({"key": setting.key, "value": str(checked)}, pk="key")
        return checked
