"""Rules, as the user has a say in them: list, add, reword, pin, ban, remove."""

from __future__ import annotations

from assistant.domain.model import Rule, RuleId
from assistant.personalization.rule_task import MEANING
from assistant.storage.database import Database
from assistant.usecases.distil import clean_rule
from assistant.usecases.services import Services


def list_rules(services: Services) -> tuple[Rule, ...]:
    """All rules, those in use first."""
    return services.store.run(lambda db: db.rules.all())


def add_rule(services: Services, *, text: str) -> Rule:
    """A rule of the user's own, pinned: it is used until the user says otherwise."""
    cleaned, now = clean_rule(text), services.clock()

    def write(db: Database) -> Rule:
        return db.rules.get(db.rules.add(cleaned, "own", MEANING, now, pinned=True))

    return services.store.run(write)


def edit_rule(services: Services, *, rule_id: RuleId, text: str) -> Rule:
    """Reword a rule; later runs keep the user's words."""
    cleaned = clean_rule(text)

    def write(db: Database) -> Rule:
        db.rules.set_text(rule_id, cleaned)
        return db.rules.get(rule_id)

    return services.store.run(write)


def set_rule(
    services: Services, *, rule_id: RuleId, pinned: bool = False, banned: bool = False
) -> Rule:
    """Always use a rule (pinned), never (banned), or only while it holds (neither)."""

    def write(db: Database) -> Rule:
        db.rules.set_flags(rule_id, pinned=pinned, banned=banned)
        return db.rules.get(rule_id)

    return services.store.run(write)


def remove_rule(services: Services, *, rule_id: RuleId) -> Rule:
    """Delete a rule. One that rankings speak for may be found again; ban it to prevent that."""

    def write(db: Database) -> Rule:
        rule = db.rules.get(rule_id)
        db.rules.remove(rule_id)
        return rule

    return services.store.run(write)
