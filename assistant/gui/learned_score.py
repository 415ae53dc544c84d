"""How well I guess: what was expected before each ranking, against what the user then said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from assistant.domain.model import Rule
from assistant.domain.statistics import Share
from assistant.gui.controls import label
from assistant.gui.language import figure, marked, sentence, tr, trn
from assistant.gui.learned_chart import Chart, ChartPoint
from assistant.gui.learned_parts import ONE_MOMENT, Entry, Part, Section
from assistant.gui.learned_work import LearnedWork
from assistant.gui.status_line import ENOUGH_PAIRS, score_sentence
from assistant.personalization.learner import PlacePull, Taste
from assistant.usecases.agent import AGENT
from assistant.usecases.guesses import WINDOW, CoursePoint, Sureness, course, guesses
from assistant.usecases.profile import Score, profile
from assistant.usecases.rules import list_rules
from assistant.usecases.services import Services
from assistant.usecases.training_log import KeptState, training_log

CHART_HEIGHT = 200
ENOUGH_GUESSES = 10  # rankings from which on it is told how sure the program was
EVEN = 0.5  # the share where the place plays no part
NAMES = {  # of the predictors, in the order shown
    "selector": marked("the tags of a reply and what it is about"),
    "scorer": marked("the manner of a reply"),
    "both": marked("both together"),
    "prior": marked("nothing learned about you"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """All that this part shows."""

    rankings: int
    score: Score
    course: tuple[CoursePoint, ...]
    tastes: tuple[Taste, ...]
    agents: tuple[KeptState, ...]
    rules: tuple[Rule, ...]
    place: PlacePull | None
    sure: Sureness


class LearnedScore(Part):
    """The share with its interval, its course, and who guesses how well."""

    def __init__(self, work: LearnedWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.sentence = label(tr(ONE_MOMENT), wrap=True)
        self.chart = Chart(CHART_HEIGHT, ticks=True)
        self.chart_note = label("", "note", wrap=True)
        self.chart.hide()
        self.whole = Section(
            tr("How well I guess your order"),
            tr(
                "Before you rank, I store the order I expect. What you then say decides whether "
                "I was right; so every figure here is about replies I had not seen you rank. Where "
                "I had picked one out for you to read, your ranking is left out."
            ),
        )
        self.whole.fill([self.sentence, self.chart, self.chart_note])
        self.makers = Section(tr("Who guesses how well")).wait()
        self.tastes = Section(tr("What I think you like in a text")).wait()
        self.place = Section(tr("Whether the place on the screen sways you")).wait()
        self.held_out = Section(tr("Before and after, on rankings kept apart")).wait()
        for section in (self.whole, self.makers, self.tastes, self.place, self.held_out):
            self.column.addWidget(section)

    def refresh(self) -> None:
        """Read everything; the course is computed on the way, not on the window's thread."""
        self._work.read(_read, self._show)

    def _show(self, known: Known) -> None:
        self.sentence.setText(score_sentence(known.score))
        self._show_course(known)
        lines = [*maker_lines(known.score), *sure_lines(known.sure)]
        self.makers.fill([label(line, wrap=True) for line in lines])
        self.makers.setVisible(known.score.learned.n > 0)
        self.tastes.fill(
            [Entry(sentence(taste.words), taste_note(taste)) for taste in known.tastes]
            or [label(tr("Nothing is clear yet."), "note")]
        )
        self.place.fill([label(place_line(known.place), wrap=True)])
        held = (rules_line(known.rules), agent_line(known.agents))
        self.held_out.fill([label(line, wrap=True) for line in held])

    def _show_course(self, known: Known) -> None:
        if len(known.course) < 2:
            missing = max(0, WINDOW + 1 - known.rankings)
            self.chart.hide()
            self.chart_note.setText(
                trn(
                    "The course over time is shown from {window} rankings with an expected order "
                    "on; %n ranking to go.",
                    "The course over time is shown from {window} rankings with an expected order "
                    "on; %n rankings to go.",
                    missing,
                    window=WINDOW + 1,
                )
                if missing
                else ""
            )
            return
        points = [ChartPoint(point.rankings, *_bounds(point.learned)) for point in known.course]
        beside = [(point.rankings, point.unlearned.value or 0.0) for point in known.course]
        said = tr(
            "Share of pairs guessed right in the last {window} rankings, with its 95 % "
            "interval; dashed: the same with nothing learned about you.",
            window=WINDOW,
        )
        self.chart.show_course(points, beside, said, unit=" %", scale=100)
        self.chart_note.setText(said)


def maker_lines(score: Score) -> list[str]:
    """Each predictor's share with its interval."""
    if score.learned.n < ENOUGH_PAIRS:
        return [
            tr(
                "Too few pairs to compare ({n} of {enough}).",
                n=score.learned.n,
                enough=ENOUGH_PAIRS,
            )
        ]
    return [
        f"{_begun(tr(NAMES[name]))}: {share_words(score.predictors[name])}"
        for name in NAMES
        if name in score.predictors and score.predictors[name].n
    ]


def sure_lines(sure: Sureness) -> list[str]:
    """How often the reply expected first came first, and how often that had been said."""
    if sure.rankings < ENOUGH_GUESSES:
        return []
    return [
        trn(
            "The reply I expected to come first did so in {share:.0f} % of %n ranking; I had been "
            "{said:.0f} % sure.",
            "The reply I expected to come first did so in {share:.0f} % of %n rankings; I had been "
            "{said:.0f} % sure on average.",
            sure.rankings,
            share=100 * sure.came_first / sure.rankings,
            said=100 * sure.said / sure.rankings,
        )
    ]


def share_words(share: Share) -> str:
    """A share with its interval and what it counts."""
    if share.value is None or share.low is None or share.high is None:
        return tr("not counted yet")
    low, high = 100 * share.low, 100 * share.high
    return trn(
        "{value:.0f} % ({low:.0f}–{high:.0f}) of %n pair",
        "{value:.0f} % ({low:.0f}–{high:.0f}) of %n pairs",
        share.n,
        value=100 * share.value,
        low=low,
        high=high,
    )


def _begun(words: str) -> str:
    """The words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def taste_note(taste: Taste) -> str:
    """How strong a taste is (its words say in which direction), and how much is the user's own."""
    own = (
        tr("mostly from your rankings")
        if abs(taste.own) > abs(taste.weight) / 2
        else (tr("mostly what people in general prefer"))
    )
    return f"{figure(abs(taste.weight), '.2f')} ± {figure(taste.sd, '.2f')}, {own}"


def place_line(pull: PlacePull | None) -> str:
    """How often the left of two equally good replies is put first, and what follows from it."""
    if pull is None:
        return tr("The way of choosing tags that is set does not measure it.")
    if not pull.rankings:
        return tr("Nothing is known yet: replies are shuffled, and I compare once you have ranked.")
    value, low, high = pull.shares()
    share = trn(
        "Of two replies that you like alike, you put the left one first {value:.0f} % of the time "
        "({low:.0f}–{high:.0f}, from %n ranking).",
        "Of two replies that you like alike, you put the left one first {value:.0f} % of the time "
        "({low:.0f}–{high:.0f}, from %n rankings).",
        pull.rankings,
        value=100 * value,
        low=100 * low,
        high=100 * high,
    )
    if low <= EVEN <= high:
        verdict = tr("That is no clear pull to either side.")
    elif value > EVEN:
        verdict = tr("So the left draws you; I leave that out of what I take for your taste.")
    else:
        verdict = tr("So the right draws you; I leave that out of what I take for your taste.")
    return f"{share} {verdict}"


def rules_line(rules: Sequence[Rule]) -> str:
    """How the rules in use did on held-out rankings; without them it would be one half."""
    used = [rule for rule in rules if rule.used and rule.judged]
    if not used:
        return tr("No rule has been borne out by held-out rankings yet.")
    right, judged = sum(rule.right for rule in used), sum(rule.judged for rule in used)
    return trn(
        "The rules in use were right in {right:.0f} of %n held-out pair ({share:.0f} %); "
        "without rules it would be 50 %.",
        "The rules in use were right in {right:.0f} of %n held-out pairs ({share:.0f} %); "
        "without rules it would be 50 %.",
        judged,
        right=right,
        share=100 * right / judged,
    )


def agent_line(agents: Sequence[KeptState]) -> str:
    """How the agent in use did on held-out rankings, against the one before it."""
    active = next((state for state in agents if state.active), None)
    if active is None:
        return tr("No agent is in use.")
    before, after = (active.metrics.get(name) for name in ("held_out_before", "held_out"))
    judged = int(active.metrics.get("judged", 0))
    if before is None or after is None:
        return trn(
            "The agent in use was judged on %n held-out ranking: too few.",
            "The agent in use was judged on %n held-out rankings: too few.",
            judged,
        )
    return trn(
        "The agent in use gets {after:.0f} % of the pairs in %n held-out ranking right, "
        "the one before it {before:.0f} %.",
        "The agent in use gets {after:.0f} % of the pairs in %n held-out rankings right, "
        "the one before it {before:.0f} %.",
        judged,
        after=100 * after,
        before=100 * before,
    )


def _bounds(share: Share) -> tuple[float, float, float]:
    value = share.value or 0.0
    return value, value if share.low is None else share.low, share.high or value


def _read(services: Services) -> Known:
    known, found, log = profile(services), guesses(services), training_log(services)
    agents = tuple(state for state in log.states if state.learner == AGENT)
    return Known(
        rankings=len(found),
        score=known.score,
        course=course(found),
        tastes=known.tastes,
        agents=agents,
        rules=list_rules(services),
        place=known.place,
        sure=known.sure,
    )
