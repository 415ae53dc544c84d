"""PREMIUM-Prompt: the chat model infers tag sets from the last few rankings; no model in here.

From PREMIUM, section 3: the model sees the tag library, the last five interactions and the query,
and every sampled set is one draft's. Grammars built from the library let only its tags come out.
Deviations: a set is written tag by tag, each held to a grammar of the tags that are still free, so
that no tag comes twice; replies are left out and the model does not explain itself first, because
a small local model's context and time are short.
`write` is how the caller reaches a model: texts for (tail, grammar) pairs behind one prompt.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.domain.model import Origin, Tag, TagKind
from assistant.personalization.learner import ChosenTags, Example, Policy

HISTORY = 5  # interactions the model is shown (s)
MOST_TAGS = 300  # that the model is offered of a larger library: about 1,000 tokens
NAME_TOKENS = 16  # longer than any tag's name
QUERY_LETTERS = 200  # of an earlier query
SYSTEM = "You guess what a reader likes from how the reader ranked earlier texts."


@dataclass(frozen=True, slots=True)
class Ask:
    """One tag to be written: what stands behind the prompt, and what may come out."""

    tail: str
    grammar: str


Write = Callable[[str, Sequence[Ask]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Inference:
    """What all tags of one query are asked with."""

    query: str
    prompt: str
    write: Write
    chance: random.Random

    def add_one(self, sets: list[list[Tag]], offered: Sequence[Tag], room: int) -> None:
        """One tag more for each set with room; chance decides where the model gave none."""
        kinds = {tag.kind for tag in offered}
        wanting = []
        for chosen in sets:
            free = still_free(offered, chosen)
            if free and sum(tag.kind in kinds for tag in chosen) < room:
                wanting.append((chosen, free))
        asks = [Ask(tail(self.query, free[0].kind, c), tag_grammar(free)) for c, free in wanting]
        texts = self.write(self.prompt, asks) if asks else ()
        for (chosen, free), text in zip(wanting, texts, strict=True):
            named = read_tag(text, free)
            chosen.append(named if named else self.chance.choice(free))


def infer_tag_sets(
    library: Sequence[Tag],
    query: str,
    history: Sequence[Example],
    policy: Policy,
    write: Write,
    chance: random.Random,
) -> tuple[ChosenTags, ...]:
    """A tag set for each draft as the model writes them, the last one maybe plain.

    The propensity is a rough one: the share of the sampled sets that are the same.
    """
    offered = offer(library, history, chance)
    inference = _Inference(query, history_prompt(offered, history), write, chance)
    share = policy.plain_share if policy.drafts >= 3 else 0.0
    plain = chance.random() < share
    written = policy.drafts - int(plain)
    sets: list[list[Tag]] = [[tag for tag in library if tag.pinned] for _ in range(written)]
    for kind, room in ((TagKind.INTEREST, policy.interests), (TagKind.STYLE, policy.styles)):
        of_kind = [tag for tag in offered if tag.kind is kind]
        for _ in range(room):
            inference.add_one(sets, of_kind, room)
    names = [tuple(tag.name for tag in chosen) for chosen in sets]
    alike = Counter(frozenset(chosen) for chosen in names)
    found = [
        ChosenTags(chosen, Origin.EXPLOIT, alike[frozenset(chosen)] / written) for chosen in names
    ]
    if found and share:
        found[-1] = replace(found[-1], propensity=found[-1].propensity * (1 - share))
    return (*found, *([ChosenTags((), Origin.PLAIN, share)] if plain else []))


def offer(
    library: Sequence[Tag], history: Sequence[Example], chance: random.Random
) -> tuple[Tag, ...]:
    """The tags the model may choose from, in the library's order; banned ones never.

    Of a large library all that were shown lately, and others by chance.
    """
    allowed = [tag for tag in library if not tag.banned]
    if len(allowed) <= MOST_TAGS:
        return tuple(allowed)
    shown = {name for example in history for reply in example.replies for name in reply.tags}
    first = [i for i, tag in enumerate(allowed) if tag.name in shown][:MOST_TAGS]
    others = [i for i in range(len(allowed)) if i not in set(first)]
    drawn = chance.sample(others, MOST_TAGS - len(first))
    return tuple(allowed[i] for i in sorted([*first, *drawn]))


def history_prompt(offered: Sequence[Tag], history: Sequence[Example]) -> str:
    """Library and rankings in words; the same for all drafts and queries until the next ranking."""
    lines = [
        "Each text was written along a few tags, drawn partly by chance. A tag is not liked "
        "because it was used: a tag that is often among the texts put first is probably liked, "
        "one that is often among those put last is probably not.",
        "",
    ]
    for kind, title in ((TagKind.INTEREST, "Interests"), (TagKind.STYLE, "Styles")):
        names = [tag.name for tag in offered if tag.kind is kind]
        if names:
            lines.append(f"{title}: {', '.join(names)}.")
    lines += ["", "Earlier rankings, best first:"]
    for example in history[-HISTORY:]:
        lines += ["", f"Query: {_shortened(example.query)}", *_ranked(example)]
    return "\n".join(lines)


def tail(query: str, kind: TagKind, chosen: Sequence[Tag]) -> str:
    """The new query, what is chosen already, and the request for one tag more."""
    thing = "interest" if kind is TagKind.INTEREST else "style"
    taken = ", ".join(tag.name for tag in chosen)
    already = f"Chosen already: {taken}.\n" if taken else ""
    return (
        f"New query: {_shortened(query)}\n{already}Name one {thing} from the list that the reader "
        "probably likes and that goes with the new query. Write only its name."
    )


def tag_grammar(tags: Sequence[Tag]) -> str:
    """GBNF of which only the names of these tags come out."""
    return "root ::= " + " | ".join(_literal(tag.name) for tag in tags)


def read_tag(text: str, tags: Sequence[Tag]) -> Tag | None:
    """The tag that was written; of a name cut short the only one it can be, or None."""
    written = text.strip().casefold()
    exact = [tag for tag in tags if tag.name.casefold() == written]
    begun = [tag for tag in tags if written and tag.name.casefold().startswith(written)]
    if exact:
        return exact[0]
    return begun[0] if len(begun) == 1 else None


def still_free(tags: Sequence[Tag], chosen: Sequence[Tag]) -> list[Tag]:
    """Those of the tags that can join a set: not in it, and no opposite in it."""
    names = {tag.name for tag in chosen}
    return [tag for tag in tags if tag.name not in names and tag.opposite not in names]


def _ranked(example: Example) -> list[str]:
    """One line for each place of a ranking."""
    if not example.tiers:
        return [f"none was good: {_sets(example, range(len(example.replies)))}"]
    lines = [f"{place}. {_sets(example, tier)}" for place, tier in enumerate(example.tiers, 1)]
    return [*lines, f"worse: {_sets(example, example.rest)}"] if example.rest else lines


def _sets(example: Example, replies: Sequence[int]) -> str:
    """The tag sets of some replies."""
    return " / ".join(", ".join(example.replies[i].tags) or "no tags" for i in replies)


def _shortened(query: str) -> str:
    """A query on one line, of a bearable length."""
    line = " ".join(query.split())
    return line if len(line) <= QUERY_LETTERS else line[: QUERY_LETTERS - 1] + "…"


def _literal(name: str) -> str:
    """A text as GBNF quotes it."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
