"""The real window on a real data file: ask, rank by key, undo, and what is on disk then."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_steps import ask, ready, stored, turn_wheel

from assistant.domain.errors import ModelProblem
from assistant.domain.model import Finish, Order
from assistant.generation.scripted import ScriptedBackend


def test_ask_rank_by_key_and_undo_are_stored(qtbot: QtBot, start) -> None:
    program = start()
    window = program.window
    ready(qtbot, program)
    assert window.conversation.empty.isVisible()
    ask(qtbot, program, "How do I relax?")
    assert list(window.round_view.cards) == ["A", "B", "C"]
    assert all(card.isVisible() for card in window.round_view.cards.values())
    assert window.round_view.strip.expected.text() == ""
    qtbot.keyClick(window.round_view.cards["A"], Qt.Key.Key_2)
    qtbot.waitUntil(lambda: window.round_view.strip.saved.text() == "Saved")
    (round_,) = stored(program)
    assert round_.ranking is not None
    assert round_.ranking.order == Order((("B",),), ("A", "C"))
    assert round_.expected is not None
    assert window.round_view.strip.expected.text().startswith("I expected")
    assert "Continue with B" in window.round_view.strip.go_button.text()
    qtbot.waitUntil(lambda: window.status.rankings.text() == "1 ranking")
    qtbot.keyClick(window.round_view.cards["A"], Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: stored(program)[0].ranking is None)
    qtbot.waitUntil(lambda: window.round_view.model.order() is None)


def test_keys_move_tie_and_reject(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "How do I relax?")
    view = program.window.round_view
    view.cards["C"].setFocus()
    qtbot.keyClick(view.cards["C"], Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert view.model.letters() == ("A", "C", "B")
    view.cards["C"].setFocus()
    qtbot.keyClick(view.cards["C"], Qt.Key.Key_T)
    qtbot.waitUntil(lambda: view.model.order() == Order((("A", "C"), ("B",))))
    qtbot.keyClick(view.cards["C"], Qt.Key.Key_X)
    qtbot.waitUntil(
        lambda: (r := stored(program)[0].ranking) is not None and r.order.all_bad, timeout=3000
    )


def test_letters_typed_into_the_message_never_rank(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "one")
    qtbot.keyClicks(program.window.composer.edit, "abx1")
    assert program.window.composer.edit.toPlainText() == "abx1"
    assert program.window.round_view.model.order() is None


def test_going_on_without_ranking_counts_as_skipped_and_folds(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "one")
    ask(qtbot, program, "two")
    first, second = stored(program)
    assert first.skipped
    assert first.ranking is None
    assert not second.skipped
    assert len(program.window.conversation.past) == 1


def test_best_while_writing_stops_the_rest_and_is_stored(qtbot: QtBot, start) -> None:
    program = start(ScriptedBackend(["word " * 400] * 3, delay=0.005))
    ready(qtbot, program)
    ask(qtbot, program, "Tell me much", wait=False)
    view = program.window.round_view
    qtbot.waitUntil(lambda: "C" in view.cards and len(view.cards["C"].body.text()) > 20)
    view.cards["C"].best_button.click()
    qtbot.waitUntil(lambda: view.strip.saved.text() == "Saved")
    (round_,) = stored(program)
    assert round_.ranking is not None
    assert round_.ranking.order.best == "C"
    assert {c.finish for c in round_.candidates} == {Finish.STOPPED}


def test_below_900_pixels_cards_become_tabs(qtbot: QtBot, start) -> None:
    program = start(width=1280)
    ready(qtbot, program)
    ask(qtbot, program, "one")
    window = program.window
    assert window.round_view.tabs.isHidden()
    window.resize(640, 700)
    qtbot.waitUntil(lambda: window.round_view.tabs.isVisible())
    assert [card.isVisible() for card in window.round_view.cards.values()].count(True) == 1
    window.round_view.tabs.setCurrentIndex(2)
    assert window.round_view.cards["C"].isVisible()


def test_the_wheel_over_the_tabs_of_the_cards_scrolls_the_page(qtbot: QtBot, start) -> None:
    program = start(width=640, height=360)
    ready(qtbot, program)
    ask(qtbot, program, "one")
    window = program.window
    tabs, bar = window.round_view.tabs, window.conversation.verticalScrollBar()
    qtbot.waitUntil(tabs.isVisible)
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 0)
    tabs.setCurrentIndex(1)
    turn_wheel(tabs, 1)
    assert tabs.currentIndex() == 1
    assert bar.value() < bar.maximum()


def test_a_failure_is_a_sentence_and_can_be_tried_again(qtbot: QtBot, start) -> None:
    backend = ScriptedBackend()
    program = start(backend)
    ready(qtbot, program)
    qtbot.waitUntil(program.window.top.model.isVisible)
    backend._failure = ModelProblem("The model file was taken away; choose another.")
    ask(qtbot, program, "one", wait=False)
    banner = program.window.banner
    qtbot.waitUntil(banner.isVisible)
    assert banner.text.text() == "The model file was taken away; choose another."
    backend._failure = None
    banner.buttons[0].click()
    qtbot.waitUntil(lambda: len(program.window.round_view.cards) == 3)
    qtbot.waitUntil(lambda: not program.window.composer.send_button.isHidden())
    assert len(stored(program)) == 1


def test_everything_is_found_again_after_a_restart(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "How do I relax?")
    qtbot.keyClick(program.window.round_view.cards["A"], Qt.Key.Key_C)
    qtbot.waitUntil(lambda: program.window.round_view.strip.saved.text() == "Saved")
    program.window.close()
    again = start()
    ready(qtbot, again)
    sidebar = again.window.sidebar
    qtbot.waitUntil(lambda: sidebar.list.rows.titles() == ("How do I relax?",))
    sidebar.list.setCurrentIndex(sidebar.list.rows.index(1))  # behind the heading "Today"
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(again.window.round_view.cards) == 3)
    order = again.window.round_view.model.order()
    assert order is not None
    assert order.best == "C"


def test_a_deleted_conversation_can_be_brought_back(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "one")
    sidebar = program.window.sidebar
    qtbot.waitUntil(lambda: sidebar.list.rows.titles() == ("one",))
    sidebar.list.setCurrentIndex(sidebar.list.rows.index(1))
    sidebar.list.setFocus()
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: sidebar.list.rows.titles() == ())
    assert sidebar.undo.text.text() == "Deleted “one”."
    sidebar.undo.undo_button.click()
    qtbot.waitUntil(lambda: sidebar.list.rows.titles() == ("one",))


def test_automatic_leaves_the_number_of_replies_to_the_program(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    program.window.composer.set_drafts(0)
    ask(qtbot, program, "one")
    assert len(program.window.round_view.cards) == 3  # nothing can be foretold yet


def test_after_taking_back_by_the_button_the_next_key_ranks(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "What now?")
    window = program.window
    window.round_view.model.choose_best("A")
    qtbot.waitUntil(lambda: window.round_view.strip.saved.text() == "Saved")
    window.round_view.strip.undo_button.setFocus()
    window.round_view.strip.undo_button.click()
    qtbot.waitUntil(lambda: stored(program)[0].ranking is None)
    qtbot.waitUntil(lambda: window.focusWidget() in window.round_view.cards.values())


def test_an_order_is_taken_back_even_before_it_is_said_to_be_saved(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "What now?")
    said: list[str] = []
    program.window.session.saved.connect(lambda _round, words: said.append(words))
    program.window.round_view.model.choose_best("A")
    program.window.session.undo()
    qtbot.waitUntil(lambda: said == ["Saved", "Taken back"])
    (round_,) = stored(program)
    assert round_.ranking is None
    qtbot.waitUntil(lambda: program.window.round_view.model.order() is None)
