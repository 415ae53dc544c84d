"""Pictures of the page “What I have learned about you”; used by pictures.py.

The rankings are made through the program, by a made-up user who likes short replies; rules and
versions, which take minutes to learn, are put into the data file as they would stand there.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from picture_studio import Studio, until

if TYPE_CHECKING:
    from assistant.domain.model import Round
    from assistant.gui.learned_page import LearnedPage
    from assistant.storage.database import Database
    from assistant.usecases.services import Services

ROUNDS, OWN_TASTE, SEED = 40, 0.8, 4  # OWN_TASTE: how often the made-up user follows it
SUBJECTS = ("cook", "read", "plant", "repair", "visit", "draw", "learn", "write")
WAIT_MILLISECONDS = 900
DAY = 86400.0
NARROW, HALF_HD = (400, 800), (960, 540)


def learned(studio: Studio, *, prefix: str) -> None:
    """Every part of the page, and one while something is learned."""
    services = studio.session.services
    _teach(services)
    services.store.run(lambda db: _plant(db, services.clock()))
    _refresh(studio)
    page = _open(studio)
    for name in page.parts:
        _turn(page, name)
        _wait()
        studio.shot(f"{prefix}learned-{name.lower().replace(' ', '-')}")
    _while_learning(studio, page, f"{prefix}learned-training")
    _turn(page, "Tags")
    studio.window.resize(*NARROW)
    _wait()
    studio.shot(f"{prefix}learned-narrow")


def learned_double(studio: Studio) -> None:
    """Half a full-HD screen at 200 %."""
    _teach(studio.session.services)
    _refresh(studio)
    studio.window.resize(*HALF_HD)
    page = _open(studio)
    for name in ("Tags", "How well I guess"):
        _turn(page, name)
        _wait()
        studio.shot(f"double-learned-{name.lower().replace(' ', '-')}")


def _refresh(studio: Studio) -> None:
    """All of that went past the window: let it count the rankings anew, and wait for that."""
    studio.session.learned.emit()
    desk = studio.window.desk
    assert desk is not None, "the program is open"
    desk.shelf.refresh()
    until(lambda: studio.window.status.rankings.text().startswith(f"{ROUNDS} "))


def _open(studio: Studio) -> LearnedPage:
    """The page, opened as the sidebar does it."""
    desk = studio.window.desk
    assert desk is not None, "the program is open"
    desk.learned.open()
    assert desk.learned.page is not None, "it was just opened"
    return desk.learned.page


def _turn(page: LearnedPage, name: str) -> None:
    """Turn to a part by its name."""
    from assistant.gui.language import tr

    page.tabs.setCurrentIndex(list(page.parts).index(tr(name)))


def _while_learning(studio: Studio, page: LearnedPage, name: str) -> None:
    """The same part while a run is held at a step."""
    desk = studio.window.desk
    assert desk is not None, "the program is open"
    trainer = desk.learned.trainer
    _turn(page, "Learning now")
    steps: list[object] = []
    trainer.changed.connect(lambda: steps.append(trainer.running))
    trainer.learn("scorer")
    trainer.hold(True)
    until(lambda: len(steps) > 2)
    studio.shot(name)
    trainer.stop()
    until(lambda: trainer.running is None)


def _teach(services: Services) -> None:
    """Rankings of a user who likes short replies most of the time."""
    from assistant.domain.cancel import CancelToken
    from assistant.domain.events import RoundFinished
    from assistant.domain.model import Order
    from assistant.usecases.ask import ask
    from assistant.usecases.rank import rank

    chance = random.Random(SEED)
    for number in range(ROUNDS):
        text = f"What can I {SUBJECTS[number % len(SUBJECTS)]} on day {number + 1}?"
        *_, last = ask(services, text=text, drafts=3, max_tokens=24, cancel=CancelToken())
        assert isinstance(last, RoundFinished), "every round ends"
        letters = _ranked(last.round, chance)
        order = Order(tuple((letter,) for letter in letters))
        for _ in rank(services, query_id=last.round.query_id, order=order):
            pass


def _ranked(round_: Round, chance: random.Random) -> list[str]:
    """The letters as that user ranks them: what was asked to be brief or outdoors first."""

    def liking(letter: str) -> float:
        tags = round_.candidate(letter).guidance.tags
        liked = sum(tag in ("Brief", "Outdoors", "Direct", "Steps") for tag in tags)
        own = liked if chance.random() < OWN_TASTE else 0.0
        return own + chance.random() / 2

    return sorted((c.letter for c in round_.candidates), key=liking, reverse=True)


def _plant(db: Database, now: float) -> None:
    """What slow learning leaves behind: rules, versions of the agent, runs, a tag to review."""
    from assistant.domain.model import Rule, RuleId, Tag, TagKind

    ids = [r.ranking.id for r in db.rounds.ranked() if r.ranking]
    rules = [
        Rule(RuleId(0), "Say the main thing in the first sentence", "feature", "first:+",
             tuple(ids[:14]), 9.0, 11, alive=True),
        Rule(RuleId(0), "Keep it under five sentences", "feature", "length:-",
             tuple(ids[5:16]), 8.0, 11, alive=True),
        Rule(RuleId(0), "Use numbered steps", "tag", "steps:+", tuple(ids[9:13]), 5.0, 11),
    ]  # fmt: skip
    db.rules.keep_found(rules, now)
    db.rules.add("Write British English", "own", "meaning", now, pinned=True)
    db.tags.add_own(
        Tag(
            "Bell ringing",
            TagKind.INTEREST,
            "Draw on bell ringing.",
            origin="import:5f3c",
            banned=True,
        )
    )
    scores = ((0.58, 0.52), (0.66, 0.58))
    for age, (after, before) in enumerate(scores):
        metrics = {"held_out": after, "held_out_before": before, "judged": 11.0}
        then = now - (len(scores) - age) * 3 * DAY
        run = db.training_runs.start("agent", then)
        kept = db.snapshots.activate(
            "agent", b"%d" % age, 25 + 12 * age, metrics, then + 300, trial=age == 1, keep=4
        )
        told = f"{100 * after:.0f} % of held-out pairs instead of {100 * before:.0f} %"
        db.training_runs.finish(run, "accepted", kept, then + 310, told)
    run = db.training_runs.start("agent", now - DAY)
    reason = "Worse than the active one on held-out rankings (55 % instead of 66 %)."
    db.training_runs.finish(run, "refused", None, now - DAY + 280, reason)


def _wait() -> None:
    """Let the program's threads work: an event loop of its own lets go of the interpreter."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(WAIT_MILLISECONDS, loop.quit)
    loop.exec()
