"""What rules are found from and what comes of it, as values; standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.personalization.learner import Example

Detector = str  # "feature:length:-1", "tag:Brief", or "meaning" (closeness of the rule's text)
MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class FeatureEvidence:
    """A text feature's weight in nats for one standard step, and the rankings behind it."""

    name: str
    direction: int  # 1: the user likes more of it, -1: less
    weight: float
    sd: float
    rankings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KnownRule:
    """A rule that is there already, or one that was proposed; `detector` decides where it holds."""

    text: str
    detector: Detector
    origin: str  # "feature", "tag", "distilled" or "own"


@dataclass(frozen=True, slots=True)
class RuleTask:
    """All that rules are found from. `templates`: rule text by detector of a feature.

    `held_out` rankings decide which rules live and are used for nothing else; `tags` holds weight,
    sd and instruction by tag name; `proposed` are the user's own and the distilled rules.
    """

    examples: tuple[Example, ...]
    held_out: tuple[Example, ...]
    templates: Mapping[Detector, str]
    tags: Mapping[str, tuple[float, float, str]] = field(default_factory=dict)
    proposed: tuple[KnownRule, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundRule:
    """A rule with what speaks for it. `right` of `judged` held-out pairs agree with it."""

    text: str
    detector: Detector
    origin: str
    evidence: tuple[int, ...]
    right: float
    judged: int
    alive: bool


@dataclass(frozen=True, slots=True)
class RulesFound:
    """The outcome: rules with a verdict each, and where each holds.

    `holds[ranking_id][text]` is how much more the rule holds for each reply of that ranking than
    for the others there, in standard steps; for examples and held-out rankings alike.
    """

    rules: tuple[FoundRule, ...]
    holds: Mapping[int, Mapping[str, tuple[float, ...]]]
    seconds: float
