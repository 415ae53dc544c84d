"""Rules: found ones with their evidence, one's own, and the say in both."""

from __future__ import annotations

from learned_desk import LearnedDesk, teach
from learned_fixtures import buttons, part_of, show_page
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from assistant.domain.model import QueryId, Rule, RuleId
from assistant.gui.learned_parts import Entry
from assistant.gui.learned_rules import LearnedRules, rule_note
from assistant.storage.prompts import PromptOutcome, StoredPrompt

TEXT = "Answer first, then explain"


def open_rules(qtbot: QtBot, desk: LearnedDesk, rules: int) -> LearnedRules:
    part = part_of(show_page(qtbot, desk), "Rules", LearnedRules)
    qtbot.waitUntil(lambda: len(part.rows) == rules)
    return part


def stored(desk: LearnedDesk) -> tuple[Rule, ...]:
    return desk.services.store.run(lambda db: db.rules.all())


def test_a_rule_of_ones_own_is_added_reworded_banned_and_removed(
    qtbot: QtBot, desk: LearnedDesk
) -> None:
    part = open_rules(qtbot, desk, 0)
    part.own.setText(TEXT)
    qtbot.keyClick(part.own, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(part.rows) == 1)
    assert part.own.text() == ""
    assert "always used" in part.rows[0].note.text()
    buttons(part.rows[0])["Edit"].click()
    field = part.rows[0].findChild(QLineEdit)
    assert field is not None
    field.setText("Answer in one sentence first")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(desk)[0].text == "Answer in one sentence first")
    qtbot.waitUntil(lambda: "in your words" in part.rows[0].note.text())
    buttons(part.rows[0])["Ban"].click()
    qtbot.waitUntil(lambda: stored(desk)[0].banned)
    qtbot.waitUntil(lambda: "Allow" in buttons(part.rows[0]))
    buttons(part.rows[0])["Remove"].click()
    qtbot.waitUntil(lambda: stored(desk) == ())
    qtbot.waitUntil(lambda: part.rows == [])


def test_a_found_rule_shows_the_rankings_behind_it(qtbot: QtBot, desk: LearnedDesk) -> None:
    teach(desk.services, 2)
    ranking = desk.services.store.run(lambda db: db.rounds.ranked()[0].ranking)
    assert ranking is not None
    found = Rule(RuleId(0), TEXT, "feature", "length:-", (ranking.id,), 9.0, 11, alive=True)
    desk.services.store.run(lambda db: db.rules.keep_found([found], 1.0))
    part = open_rules(qtbot, desk, 1)
    assert "right in 9 of 11 held-out pairs" in part.rows[0].note.text()
    buttons(part.rows[0])["Show rankings"].click()
    qtbot.waitUntil(lambda: not part.rows[0].behind.isHidden())
    assert "What can I do on day" in part.rows[0].behind.text()


def test_a_rule_that_nothing_bears_out_says_so() -> None:
    rule = Rule(RuleId(1), TEXT, "feature", "length:-", (1, 2), 1.0, 4)
    assert "from 2 rankings" in rule_note(rule)
    assert "do not bear it out" in rule_note(rule)


def test_prompts_are_listed_with_their_scores_the_best_first(
    qtbot: QtBot, desk: LearnedDesk
) -> None:
    def prompt(text: str, value: float) -> StoredPrompt:
        return StoredPrompt(text, 1.0, (PromptOutcome(QueryId(1), value, "said"),))

    teach(desk.services, 1)
    pool = (prompt("The reader likes lists.", 0.25), prompt("The reader likes brevity.", 0.75))
    desk.services.store.run(lambda db: db.prompts.replace(pool))
    part = open_rules(qtbot, desk, 0)
    qtbot.waitUntil(lambda: len(part.prompts.findChildren(Entry)) == 2)
    first, second = part.prompts.findChildren(Entry)
    assert (first.text.text(), second.text.text()) == (pool[1].text, pool[0].text)
    assert first.note.text() == "score 75 % on 1 past query"
