"""From an order typed or dragged to preferences: pure functions of values."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Order, Prediction


def parse_order(text: str, letters: tuple[str, ...]) -> Order:
    """Read "B>A=C", "B" (best only) or "none" (all bad) against the letters shown.

    Letters not named are known only to be worse than those named.
    UsageProblem if a letter is unknown or named twice, or if nothing is said.
    """
    cleaned = "".join(text.upper().split())
    shown = ", ".join(letters)
    if cleaned == "NONE":
        return Order(rest=letters)
    tiers = tuple(tuple(tier.split("=")) for tier in cleaned.split(">"))
    named = [letter for tier in tiers for letter in tier]
    if "" in named:
        raise UsageProblem(
            f"The ranking “{text}” cannot be read; write the letters {shown} "
            "like “B>A=C”, “B” or “none”."
        )
    for letter in named:
        if letter not in letters:
            raise UsageProblem(
                f"There is no reply {letter} to this query; the replies are {shown}."
            )
        if named.count(letter) > 1:
            raise UsageProblem(
                f"The ranking “{text}” names {letter} twice; name each of {shown} at most once."
            )
    return Order(tiers=tiers, rest=tuple(letter for letter in letters if letter not in named))


def format_order(order: Order) -> str:
    """The order as typed: "B>A=C", "B" or "none"; the inverse of parse_order."""
    if order.all_bad:
        return "none"
    return ">".join("=".join(tier) for tier in order.tiers)


def preferences_of(order: Order) -> tuple[tuple[str, str], ...]:
    """All (preferred, other) pairs that the order states; ties and unordered pairs state none."""
    if order.all_bad:
        return ()
    levels = [*order.tiers, order.rest] if order.rest else list(order.tiers)
    return tuple(
        (winner, loser)
        for upper, lower in combinations(levels, 2)
        for winner in upper
        for loser in lower
    )


def shown(predictions: Sequence[Prediction]) -> Prediction | None:
    """The prediction that speaks for the program: "both", else whatever has learned something."""
    learned = [p for p in predictions if p.predictor != "prior"]
    return next((p for p in learned if p.predictor == "both"), learned[0] if learned else None)


def order_by_utility(utilities: dict[str, float]) -> Order:
    """The order that utilities predict: highest first, exactly equal ones tied."""
    tiers: dict[float, list[str]] = {}
    for letter, utility in sorted(utilities.items()):
        tiers.setdefault(utility, []).append(letter)
    return Order(tiers=tuple(tuple(tiers[u]) for u in sorted(tiers, reverse=True)))


def agreement(order: Order, utilities: dict[str, float]) -> float | None:
    """Share of the order's pairs that the utilities get right, an equal pair counting one half.

    None if the order states no pair.
    """
    pairs = preferences_of(order)
    if not pairs:
        return None
    right = 0.0
    for winner, loser in pairs:
        difference = utilities[winner] - utilities[loser]
        right += 0.5 if difference == 0 else float(difference > 0)
    return right / len(pairs)
