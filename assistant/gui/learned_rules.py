"""Rules with what speaks for them, the user's say in each, and the prompts of the pool."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from assistant.domain.model import Rule, RuleId
from assistant.gui.candidate_model import order_text
from assistant.gui.controls import button, label, show_breakable
from assistant.gui.language import marked, quoted, tr, trn
from assistant.gui.learned_parts import Entry, Part, Section
from assistant.gui.learned_prompts import LearnedPrompts
from assistant.gui.learned_work import LearnedWork
from assistant.storage.prompts import StoredPrompt
from assistant.usecases.distil import RULE_LENGTH
from assistant.usecases.learn_prompts import list_prompts
from assistant.usecases.rules import add_rule, edit_rule, list_rules, remove_rule, set_rule
from assistant.usecases.services import Services
from assistant.usecases.why import Behind, rankings_behind

SHOWN = 5  # rankings listed, the weightiest first
ORIGINS = {
    "feature": marked("from what your rankings say about texts"),
    "tag": marked("from a tag you like"),
    "distilled": marked("worded by the chat model from your best and worst replies"),
    "own": marked("your own"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """All that this part shows."""

    rules: tuple[Rule, ...]
    prompts: tuple[StoredPrompt, ...]


class RuleRow(Entry):
    """One rule; says what the user wants of it."""

    flagged = Signal(int, bool, bool)  # rule, pinned, banned
    reworded = Signal(int, str)
    removed = Signal(int)
    asked_behind = Signal(int, object)  # rule, ids of rankings

    def __init__(self, rule: Rule, parent: QWidget | None = None) -> None:
        super().__init__(rule.text, rule_note(rule), parent)
        self.rule = rule
        self.offer(self._choices(rule))
        self.text.setEnabled(rule.used)
        self.behind = label("", "note", wrap=True)
        self.behind.hide()
        self.column.addWidget(self.behind)
        self._edit = QLineEdit(rule.text)
        self._edit.setMaxLength(RULE_LENGTH)
        self._edit.setAccessibleName(tr("Wording of the rule; Enter keeps it"))
        self._edit.returnPressed.connect(self._keep)
        self._edit.hide()
        self.column.insertWidget(0, self._edit)

    def show_behind(self, found: tuple[Behind, ...]) -> None:
        """List the rankings that speak most for it."""
        lines = [f"• {order_text(one.order)}: {quoted(one.query)}" for one in found[:SHOWN]]
        if len(self.rule.evidence) > SHOWN:
            lines.append(trn("and %n more", "and %n more", len(self.rule.evidence) - SHOWN))
        show_breakable(self.behind, "\n".join(lines) or tr("These rankings were taken back."))
        self.behind.show()

    def _choices(self, rule: Rule) -> list[tuple[str, Callable[[], object], str]]:
        flag = self.flagged.emit
        pin = (
            (tr("Unpin"), tr("Do not pin the rule: {text}", text=rule.text))
            if rule.pinned
            else (tr("Pin"), tr("Pin the rule: {text}", text=rule.text))
        )
        ban = (
            (tr("Allow"), tr("Allow the rule: {text}", text=rule.text))
            if rule.banned
            else (tr("Ban"), tr("Ban the rule: {text}", text=rule.text))
        )
        choices: list[tuple[str, Callable[[], object], str]] = [
            (tr("Edit"), self._begin, tr("Reword the rule: {text}", text=rule.text)),
            (pin[0], lambda: flag(rule.id, not rule.pinned, False), pin[1]),
            (ban[0], lambda: flag(rule.id, False, not rule.banned), ban[1]),
            (
                tr("Remove"),
                lambda: self.removed.emit(rule.id),
                tr("Remove the rule: {text}", text=rule.text),
            ),
        ]
        if rule.evidence:
            choices.insert(
                0, (tr("Show rankings"), self._ask, tr("Rankings behind: {text}", text=rule.text))
            )
        return choices

    def _ask(self) -> None:
        if self.behind.isHidden():
            self.asked_behind.emit(self.rule.id, self.rule.evidence)
        else:
            self.behind.hide()

    def _begin(self) -> None:
        editing = self._edit.isHidden()
        self._edit.setVisible(editing)
        self.text.setVisible(not editing)
        if editing:
            self._edit.setFocus()
            self._edit.selectAll()

    def _keep(self) -> None:
        self.reworded.emit(self.rule.id, self._edit.text())


class LearnedRules(Part):
    """The rules in use, the others, a field for one's own, the prompts."""

    def __init__(self, work: LearnedWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.rows: list[RuleRow] = []
        self.rules = Section(
            tr("Rules"),
            tr(
                "Sentences that the model may be given. One that I found is used only while it "
                "predicts rankings that it was not found in better than chance."
            ),
        ).wait()
        self.own = QLineEdit()
        self.own.setPlaceholderText(tr("A rule of your own, such as “Answer first, then explain”"))
        self.own.setAccessibleName(tr("A rule of your own; Enter adds it"))
        self.own.setMaxLength(RULE_LENGTH)
        self.own.returnPressed.connect(self._add)
        row = QHBoxLayout()
        row.addWidget(self.own, 1)
        row.addWidget(button(tr("Add"), self._add, name=tr("Add the rule")))
        self.prompts = LearnedPrompts(work)
        self.column.addWidget(self.rules)
        self.column.addLayout(row)
        self.column.addWidget(self.prompts)

    def refresh(self) -> None:
        """Read rules and prompts."""
        self._work.read(_read, self._show)

    def _show(self, known: Known) -> None:
        self.rows = [self._row(rule) for rule in known.rules]
        self.rules.fill(
            self.rows
            or [label(tr("None yet: rules are looked for from 10 rankings on."), "note", wrap=True)]
        )
        self.prompts.show_prompts(known.prompts)

    def _row(self, rule: Rule) -> RuleRow:
        row = RuleRow(rule)
        row.flagged.connect(self._flag)
        row.reworded.connect(self._reword)
        row.removed.connect(self._remove)
        row.asked_behind.connect(self._find_behind)
        return row

    def _add(self) -> None:
        self._work.change(partial(add_rule, text=self.own.text()), self._added)

    def _added(self, rule: Rule) -> str:
        self.own.clear()
        return tr("“{text}” is used from now on.", text=rule.text)

    def _flag(self, rule_id: int, pinned: bool, banned: bool) -> None:
        said = tr("“{text}” is used while it holds.")
        if pinned:
            said = tr("“{text}” is always used now.")
        elif banned:
            said = tr("“{text}” is never used now.")
        self._work.change(
            partial(set_rule, rule_id=RuleId(rule_id), pinned=pinned, banned=banned),
            lambda rule: said.format(text=rule.text),
        )

    def _reword(self, rule_id: int, text: str) -> None:
        self._work.change(
            partial(edit_rule, rule_id=RuleId(rule_id), text=text),
            lambda rule: tr("It reads “{text}” now.", text=rule.text),
        )

    def _remove(self, rule_id: int) -> None:
        self._work.change(
            partial(remove_rule, rule_id=RuleId(rule_id)),
            lambda rule: tr(
                "“{text}” is removed; ban a rule so that it is not found again.", text=rule.text
            ),
        )

    def _find_behind(self, rule_id: int, rankings: tuple[int, ...]) -> None:
        def found(behind: tuple[Behind, ...]) -> None:
            for row in self.rows:
                if row.rule.id == rule_id:
                    row.show_behind(behind)

        self._work.read(partial(rankings_behind, rankings=rankings), found)


def rule_note(rule: Rule) -> str:
    """Where a rule comes from, what speaks for it, and whether it is used."""
    found = tr(ORIGINS.get(rule.origin, rule.origin))
    parts = [tr("came with a profile") if rule.profile else found]
    if rule.edited:
        parts.append(tr("in your words"))
    if rule.evidence:
        parts.append(trn("from %n ranking", "from %n rankings", len(rule.evidence)))
    if rule.judged:
        parts.append(
            trn(
                "right in {right} of %n held-out pair",
                "right in {right} of %n held-out pairs",
                rule.judged,
                right=f"{rule.right:.0f}",
            )
        )
    if rule.banned:
        use = tr("banned")
    elif rule.pinned:
        use = tr("pinned: always used")
    else:
        use = tr("used") if rule.alive else tr("not used: held-out rankings do not bear it out yet")
    return " · ".join([*parts, use])


def _read(services: Services) -> Known:
    return Known(list_rules(services), list_prompts(services))
