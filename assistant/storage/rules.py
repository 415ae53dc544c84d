"""The table of rules: found ones, the user's own, and the user's say in them."""

from __future__ import annotations

import json

from sqlite_utils import Database as Tables

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Rule, RuleId
from assistant.storage.rows import insert


class Rules:
    """The table of rules; use inside a transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def all(self) -> tuple[Rule, ...]:
        """All rules: those in use first, the best supported before the others."""
        rows = self._tables.query(
            "SELECT r.*, i.origin AS profile FROM rules r "
            "LEFT JOIN imported_rules i ON i.rule_id = r.id "
            "ORDER BY banned, pinned DESC, alive DESC, (correct + 1.0) / (judged + 2.0) DESC, id"
        )
        return tuple(
            Rule(
                id=RuleId(row["id"]),
                text=row["text"],
                origin=row["origin"],
                detector=row["detector"],
                evidence=tuple(json.loads(row["evidence"])),
                right=row["correct"],
                judged=row["judged"],
                alive=bool(row["alive"]),
                pinned=bool(row["pinned"]),
                banned=bool(row["banned"]),
                edited=bool(row["edited"]),
                profile=row["profile"] or "",
            )
            for row in rows
        )

    def get(self, rule_id: RuleId) -> Rule:
        """One rule; UsageProblem if there is none of this number."""
        for rule in self.all():
            if rule.id == rule_id:
                return rule
        raise UsageProblem(f"There is no rule {rule_id}; `attune rules list` shows them.")

    def add(self, text: str, origin: str, detector: str, now: float, *, pinned: bool) -> RuleId:
        """Store a new rule; UsageProblem if the same text is there already."""
        if any(rule.text.lower() == text.lower() for rule in self.all()):
            raise UsageProblem(f"The rule “{text}” is there already.")
        row = {
            "text": text,
            "origin": origin,
            "detector": detector,
            "pinned": int(pinned),
            "created_at": now,
        }
        return RuleId(insert(self._tables, "rules", row))

    def add_imported(self, text: str, detector: str, origin: str, now: float) -> RuleId:
        """Store a rule that came with a profile file: banned until the user frees it."""
        rule_id = self.add(text, "own", detector, now, pinned=False)
        self.set_flags(rule_id, pinned=False, banned=True)
        self._tables.table("imported_rules").insert({"rule_id": rule_id, "origin": origin})
        return rule_id

    def import_origins(self) -> frozenset[str]:
        """Where the rules came from that came with a profile file."""
        rows = self._tables.query("SELECT DISTINCT origin FROM imported_rules")
        return frozenset(str(row["origin"]) for row in rows)

    def remove_imported(self, origin: str) -> int:
        """Remove the rules that came with a profile file; how many that were."""
        return int(
            self._tables.execute(
                "DELETE FROM rules WHERE id IN "
                "(SELECT rule_id FROM imported_rules WHERE origin = ?)",
                [origin],
            ).rowcount
        )

    def set_text(self, rule_id: RuleId, text: str) -> None:
        """Reword a rule; what was found out about it stays, as does how it is recognised.

        UsageProblem if another rule says the same.
        """
        if any(rule.id != rule_id and rule.text.lower() == text.lower() for rule in self.all()):
            raise UsageProblem(f"The rule “{text}” is there already.")
        self._tables.execute(
            "UPDATE rules SET text = ?, edited = 1 WHERE id = ?", [text, self.get(rule_id).id]
        )

    def set_flags(self, rule_id: RuleId, *, pinned: bool, banned: bool) -> None:
        """Pin or ban a rule, or neither."""
        self._tables.execute(
            "UPDATE rules SET pinned = ?, banned = ? WHERE id = ?",
            [int(pinned), int(banned), self.get(rule_id).id],
        )

    def remove(self, rule_id: RuleId) -> None:
        """Delete a rule; one that was found may be found again."""
        self._tables.execute("DELETE FROM rules WHERE id = ?", [self.get(rule_id).id])

    def keep_found(self, found: list[Rule], now: float) -> None:
        """Bring all rules up to date with what was found now; the user's say in them stays.

        A rule is the same if its text is, or its detector where that belongs to one rule alone.
        Rules that were not found any more, and that the user never touched, are deleted.
        """
        stored = self.all()
        kept: set[int] = set()
        for rule in found:
            same = next((old for old in stored if _same(old, rule)), None)
            if same is None:
                rule_id = self.add(rule.text, rule.origin, rule.detector, now, pinned=False)
            else:
                rule_id = same.id
            kept.add(rule_id)
            self._tables.table("rules").update(
                rule_id,
                {
                    "evidence": json.dumps(rule.evidence),
                    "correct": rule.right,
                    "judged": rule.judged,
                    "alive": int(rule.alive),
                },
            )
        for old in stored:
            touched = old.pinned or old.banned or old.edited or old.origin == "own"
            if old.id not in kept and not touched:
                self._tables.execute("DELETE FROM rules WHERE id = ?", [old.id])
            elif old.id not in kept:
                self._tables.execute("UPDATE rules SET alive = 0 WHERE id = ?", [old.id])

    def forget(self) -> None:
        """Delete what was found; the user's own rules stay."""
        self._tables.execute("DELETE FROM rules WHERE origin <> 'own'")


def _same(old: Rule, new: Rule) -> bool:
    """Whether a found rule is one that is stored, perhaps reworded by the user."""
    if old.text.lower() == new.text.lower():
        return True
    return ":" in new.detector and old.detector == new.detector
