"""Learn rules: find what training rankings say clearly, keep what held-out ones bear out."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.domain.events import Progress
from assistant.domain.model import Rule, RuleId
from assistant.personalization.rule_task import KnownRule, RulesFound, RuleTask
from assistant.storage.rule_texts import read_rule_texts
from assistant.usecases.distil import distil_rules
from assistant.usecases.examples import examples_of
from assistant.usecases.held_out import Split, split_rounds
from assistant.usecases.services import Services


def find_rules(
    services: Services, split: Split, proposed: tuple[KnownRule, ...], cancel: CancelToken
) -> Iterator[Progress | RulesFound]:
    """Have the learner look for rules; what is stored or proposed is judged with the rest."""
    stored = services.store.run(lambda db: db.rules.all())
    tags = services.store.run(lambda db: {tag.name: tag.instruction for tag in db.tags.all()})
    weights = [weight for weight in services.learner.weights() if weight.name in tags]
    known = {w.name: (w.weight, w.sd, tags[w.name]) for w in weights}
    task = RuleTask(
        examples=examples_of(split.training),
        held_out=examples_of(split.held_out),
        templates=_reworded(services, stored),
        tags=known,
        proposed=(
            *(KnownRule(r.text, r.detector, r.origin) for r in stored if ":" not in r.detector),
            *proposed,
        ),
    )
    for step in services.learner.run_task(task, cancel):
        if isinstance(step, Progress | RulesFound):
            yield step


def learn_rules(services: Services, *, cancel: CancelToken) -> Iterator[Progress | RulesFound]:
    """Bring the stored rules up to date; the run is noted with its outcome."""
    run_id = services.store.run(lambda db: db.training_runs.start("rules", services.clock()))
    outcome, reason = "failed", ""
    try:
        split = split_rounds(services)
        proposed = distil_rules(services, split.training, cancel)
        found: RulesFound | None = None
        for step in find_rules(services, split, proposed, cancel):
            if isinstance(step, RulesFound):
                found = step
            else:
                yield step
        outcome = "cancelled"
        if found is not None:
            keep_rules(services, found)
            alive = sum(rule.alive for rule in found.rules)
            outcome, reason = (
                "done",
                f"{alive} of {len(found.rules)} rules hold on held-out rankings",
            )
            yield found
    except (Cancelled, GeneratorExit):
        outcome = "cancelled"
        raise
    finally:
        services.store.run(
            lambda db: db.training_runs.finish(run_id, outcome, None, services.clock(), reason)
        )


def keep_rules(services: Services, found: RulesFound) -> None:
    """Store what was found, in one transaction."""
    rules = [
        Rule(
            id=RuleId(0),
            text=rule.text,
            origin=rule.origin,
            detector=rule.detector,
            evidence=rule.evidence,
            right=rule.right,
            judged=rule.judged,
            alive=rule.alive,
        )
        for rule in found.rules
    ]
    services.store.run(lambda db: db.rules.keep_found(rules, services.clock()))


def _reworded(services: Services, stored: tuple[Rule, ...]) -> dict[str, str]:
    """The templates, with the user's own wording where there is one."""
    templates = read_rule_texts(services.paths.resources / "rules.toml")
    return templates | {rule.detector: rule.text for rule in stored if rule.edited}
