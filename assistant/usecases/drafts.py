"""How many replies to write when the user leaves it to the program.

One is enough where the best one can be foretold: where, in the rankings of late, the reply with the
most promising guidance did come first. Every fifth query still gets the full number, so that a
change of taste is noticed. Fewer replies also mean less waiting.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.domain.model import Origin, QueryId, Round
from assistant.settings import QUESTIONS, REPLIES, SHOW_BEST

if TYPE_CHECKING:
    from assistant.storage.database import Database

LATEST = 20  # rankings looked at
ENOUGH = 8  # of these, before anything is concluded
PRIOR_WINS, PRIOR_ROUNDS = 1.0, 3.0  # one win in three: the best of three by chance
ONE, TWO = 0.8, 0.6  # probabilities of a win from which one or two replies are enough
CHECK_EVERY = 5
AUTOMATIC = 0  # as the number of replies: the program decides
FULL = REPLIES.default  # replies that it writes at most
CHOICE = 2  # the fewest that one can be chosen from


def drafts_for(db: Database, query_id: QueryId, asked_at: float, wanted: int | None = None) -> int:
    """How many replies to write when so many are wanted; None means what the settings say.

    Whoever wants a number gets it; the settings' number is one reply once as many rankings were
    asked for on the day of the query as are allowed.
    """
    if wanted is None and _asked_enough(db, query_id, asked_at):
        return 1
    number = db.settings.get(REPLIES) if wanted is None else wanted
    if number != AUTOMATIC:
        return number
    if query_id % CHECK_EVERY == 0:
        return FULL
    likely = win_probability(db.rounds.ranked())
    if likely is None or likely < TWO:
        return FULL
    return 1 if likely >= ONE else 2


def drafts_and_best(
    db: Database, query_id: QueryId, asked_at: float, wanted: int | None, best: bool | None
) -> tuple[int, bool]:
    """How many replies to write, and whether only the best of them is shown; None is as it is set.

    To choose the best from they are two at least, however many rankings were asked for on the day:
    here none is asked for.
    """
    if not (db.settings.get(SHOW_BEST) if best is None else best):
        return drafts_for(db, query_id, asked_at, wanted), False
    number = db.settings.get(REPLIES) if wanted is None else wanted
    number = drafts_for(db, query_id, asked_at, number)
    return CHOICE if number == 1 else number, True


def _asked_enough(db: Database, query_id: QueryId, moment: float) -> bool:
    """Whether the day's rankings were asked for before this query."""
    most = db.settings.get(QUESTIONS)
    if not most:
        return False
    asked_at = datetime.fromtimestamp(moment).astimezone()
    midnight = asked_at.replace(hour=0, minute=0, second=0, microsecond=0)
    return db.unranked.asked_since(midnight.timestamp(), query_id) >= most


def most_drafts(db: Database, wanted: int | None = None) -> int:
    """How many replies there may be, whatever is foretold."""
    number = db.settings.get(REPLIES) if wanted is None else wanted
    if number == 1 and db.settings.get(SHOW_BEST):
        return CHOICE
    return FULL if number == AUTOMATIC else number


def win_probability(ranked: Sequence[Round]) -> float | None:
    """Probability that the most promising reply comes first; None with too few rankings."""
    won = [win for round_ in ranked if (win := _win(round_)) is not None][-LATEST:]
    if len(won) < ENOUGH:
        return None
    return (sum(won) + PRIOR_WINS) / (len(won) + PRIOR_ROUNDS)


def _win(round_: Round) -> float | None:
    """Whether the most promising reply came first, a tie counting in part; None if untold.

    A plain reply promises nothing: it stands for what is not known yet.
    """
    promising = [
        c.letter for c in round_.candidates if c.origin is Origin.EXPLOIT and not c.guidance.plain
    ]
    if round_.ranking is None or len(round_.candidates) < 2 or not promising:
        return None
    order = round_.ranking.order
    if order.all_bad:
        return 0.0
    return float(promising[0] in order.tiers[0]) / len(order.tiers[0])
