"""What learns, as values and protocols; standard library only.

`Personalizer` is the seam between the program and everything that learns: `worker.LearnerClient`
speaks it to the learner process, `service.LearnerService` implements it inside that process.
`Learner` is the seam between that service and one learning method; every method passes
tests/contracts/test_learners.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.model import Origin, Tag, TagWeight

if TYPE_CHECKING:
    from assistant.personalization.tasks import Outcome, Task

INTERVAL = 1.96  # standard deviations on either side of a 95 % interval
PREMIUM_EMBED = "premium-embed"  # the selector whose networks take minutes to train
EMBEDDER = "all-MiniLM-L6-v2"  # whose vectors are meant wherever a vector is stored


@dataclass(frozen=True, slots=True)
class Reply:
    """What a learner may know of a candidate; `length` is in characters."""

    tags: tuple[str, ...]
    place: int = 0
    length: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """One ranking to learn from. Tiers hold indices into `replies`, best first, ties together.

    `rest` holds those known only to be worse than all tiers; no tier at all means all are bad.
    """

    ranking_id: int
    query: str
    replies: tuple[Reply, ...]
    tiers: tuple[tuple[int, ...], ...]
    rest: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """How tag sets are composed for one query."""

    drafts: int
    interests: int = 2
    styles: int = 1
    plain_share: float = 0.2  # probability that one of at least three drafts has no guidance


@dataclass(frozen=True, slots=True)
class ChosenTags:
    """A tag set for one draft, why it was chosen, and how likely this choice was."""

    tags: tuple[str, ...]
    origin: Origin
    propensity: float


@dataclass(frozen=True, slots=True)
class Choice:
    """Tag sets for the drafts of one query.

    `vectors` are texts embedded on the way, to keep; the query's is always among them.
    """

    sets: tuple[ChosenTags, ...]
    vectors: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Update:
    """A learner's state after an update: safetensors bytes, rankings known, seconds it took."""

    learner: str
    weights: bytes
    rankings: int
    seconds: float
    metrics: Mapping[str, float] = field(default_factory=dict)
    others: tuple[Update, ...] = ()  # of the learners updated along with it


@dataclass(frozen=True, slots=True)
class Selected:
    """Which tag selector the user chose, and its state as it was kept (b"" for none)."""

    name: str = "bayesian"
    state: bytes = b""


DEFAULT = Selected()


REASONS = 3  # named for a reply
LEAST_REASON = 0.02  # nats: a smaller part is not worth naming


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature's part in a prediction: positive speaks for the reply, in nats."""

    key: str
    words: str
    amount: float


@dataclass(frozen=True, slots=True)
class Taste:
    """A preference in words. `own` is how far the user's rankings moved it from the crowd's."""

    key: str
    words: str
    weight: float
    sd: float
    own: float


@dataclass(frozen=True, slots=True)
class PlacePull:
    """How the place of a reply on the screen sways the user, whatever is in it.

    `weight` is the utility of each place further to the right, in nats: below 0, the left is
    favoured. `rankings` is how many of them speak of places at all.
    """

    weight: float
    sd: float
    rankings: int

    def shares(self) -> tuple[float, float, float]:
        """How often, of two equally good neighbours, the left one is put first: the expected
        share, with the ends of its 95 % interval."""
        reach = INTERVAL * self.sd
        value, low, high = (
            1 / (1 + exp(w)) for w in (self.weight, self.weight + reach, self.weight - reach)
        )
        return value, low, high


class Personalizer(Protocol):
    """Everything that learns, as the use cases see it. Not thread-safe; pause from any thread."""

    def start(
        self,
        library: Sequence[Tag],
        examples: Mapping[int, Example],
        vectors: Mapping[str, bytes],
        selected: Selected = DEFAULT,
    ) -> None:
        """Take over the tags, the examples by query id, and the vectors known by text."""

    def begin_choice(self, query: str, policy: Policy, seed: int) -> Callable[[], Choice]:
        """Begin to choose tag sets; calling what is returned waits for them."""

    def expect(self, query: str, replies: Sequence[Reply]) -> dict[str, tuple[float, ...]]:
        """Utility of each reply by predictor: what was learned, and "prior" for nothing learned.

        "both" is the sum of "selector" and "scorer", and what is shown as expected.
        """

    def update(self, query_id: int, example: Example | None) -> Update:
        """Learn a query's ranking in place of any earlier one, or (None) as if it never was."""

    def weights(self) -> tuple[TagWeight, ...]:
        """What is known of every tag, in the library's order."""

    def weights_after(self, count: int) -> tuple[TagWeight, ...]:
        """What was known of every tag from the first `count` examples alone, by their age.

        () for a selector that would take too long to learn them anew.
        """

    def explain(self, tags: Sequence[str]) -> tuple[TagWeight, ...]:
        """What is known of some tags, with the rankings behind it, most influential first, and
        with the weights for each topic of queries where topics matter."""

    def place_pull(self) -> PlacePull | None:
        """How the place shown sways the user; None for a selector that does not measure it."""

    def reasons(self, query: str, replies: Sequence[Reply]) -> tuple[tuple[Reason, ...], ...]:
        """For each reply the features of its text that speak most for or against it."""

    def tastes(self) -> tuple[Taste, ...]:
        """The clear preferences in style, the strongest first."""

    def train(self, cancel: CancelToken, only: str = "") -> Iterator[Progress | Update]:
        """Build the states anew from all examples, step by step; an Update ends each learner's.

        `only` names one learner ("selector" or "scorer"); empty: all.
        """

    def run_task(self, task: Task, cancel: CancelToken) -> Iterator[Progress | Outcome]:
        """Carry out a slow training run step by step; ends with its outcome unless cancelled."""

    def write_agent(self, state: bytes, source: Path, sha256: str, cache: Path) -> Path:
        """A trained adapter as a file that the engine can load."""

    def vectors(self, texts: Sequence[str]) -> Mapping[str, bytes]:
        """The vector of each text (little-endian float32, of length one); none is remembered."""

    def pause(self, paused: bool) -> None:
        """Hold training at its next step while the user waits for replies, or let it go on."""

    def close(self) -> None:
        """End the process behind it, if there is one."""


class Learner(Protocol):
    """One learning method: a state that is a pure function of its library and its examples."""

    name: str

    def learn(self, examples: Mapping[int, Example], cancel: CancelToken) -> Iterator[Progress]:
        """Fit to exactly these examples, a Progress at each step; stops when cancelled."""

    def dump(self) -> bytes:
        """The state as a safetensors file; equal states give equal bytes."""

    def load(self, state: bytes) -> None:
        """Take over a dumped state; ValueError if it does not fit this library."""

    def utilities(self, query: str, replies: Sequence[Reply]) -> tuple[float, ...]:
        """Expected utility of each reply, in nats; only differences mean something."""
