"""A server of the user's own: off, behind its warning, switched in the running program."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from window_steps import ready

from assistant.gui.server_card import ServerCard
from assistant.gui.start import Program
from assistant.settings import SERVER_KEY, SERVER_URL
from assistant.usecases.servers import known_server
from tests.usecases.server_of_models import offering


@pytest.fixture
def url() -> Iterator[str]:
    with offering("tiny") as address:
        yield address


def card_of(qtbot: QtBot, program: Program) -> ServerCard:
    ready(qtbot, program)
    program.window.models_wanted.emit()
    page = program.window.desk.pages.models
    qtbot.waitUntil(lambda: bool(page.cards) or not page.server.isHidden())
    return page.server


def stored_url(program: Program) -> str:
    return program.store.run(lambda db: db.settings.get(SERVER_URL))


def test_it_is_off_and_nothing_is_used_before_the_warning_is_ticked(
    qtbot: QtBot, start, url: str
) -> None:
    program = start()
    card = card_of(qtbot, program)
    assert card.state.text() == "Off"
    card.add_button.click()
    form = card.form
    assert not form.use_button.isEnabled()
    form.address.setText("nowhere")
    assert not form.tick.isEnabled()
    form.address.setText(url)
    assert url in form.warning.text()
    assert "leaves this program" in form.warning.text()
    assert not form.use_button.isEnabled()
    form.tick.setChecked(True)
    assert form.use_button.isEnabled()
    form.address.setText(url + "/other")
    assert not form.use_button.isEnabled(), "another address is another consent"
    assert stored_url(program) == ""


def test_a_server_is_used_rests_is_used_again_and_is_removed(qtbot: QtBot, start, url: str) -> None:
    program = start()
    card = card_of(qtbot, program)
    renewed = []
    program.window.desk.model_changed.connect(lambda: renewed.append(True))
    card.add_button.click()
    card.form.address.setText(url)
    card.form.key.setText("secret")
    card.form.tick.setChecked(True)
    card.form.use_button.click()
    qtbot.waitUntil(lambda: card.state.text().startswith("In use"))
    assert renewed, "the running program writes with it"
    assert card.where.text() == f"tiny at {url}"
    assert stored_url(program) == url
    card.rest_button.click()
    qtbot.waitUntil(lambda: card.state.text() == "Off")
    assert stored_url(program) == ""
    assert known_server(program.store).url == url
    card.use_button.click()
    assert card.form.address.text() == url
    assert not card.form.use_button.isEnabled(), "the warning is ticked each time"
    card.form.tick.setChecked(True)
    card.form.use_button.click()
    qtbot.waitUntil(lambda: stored_url(program) == url)
    qtbot.waitUntil(lambda: card.remove_button.isVisible() and card.form is None)
    card.remove_button.click()
    qtbot.waitUntil(lambda: known_server(program.store) is None)
    assert program.store.run(lambda db: db.settings.get(SERVER_KEY)) == ""
    qtbot.waitUntil(lambda: card.add_button.isVisible())
    qtbot.wait(50)


def test_what_the_server_refuses_is_said_in_the_form(qtbot: QtBot, start) -> None:
    with offering("small", "large") as url:
        program = start()
        card = card_of(qtbot, program)
        card.add_button.click()
        card.form.address.setText(url)
        card.form.tick.setChecked(True)
        card.form.use_button.click()
        qtbot.waitUntil(lambda: "small, large" in card.form.problem.text())
        assert card.form.use_button.isEnabled()
    assert stored_url(program) == ""


def test_every_field_has_a_name_for_screen_readers(qtbot: QtBot, start) -> None:
    card = card_of(qtbot, start())
    card.add_button.click()
    form = card.form
    names = [part.accessibleName() for part in (form.address, form.model, form.key, form.tick)]
    assert all(names)
    assert len(set(names)) == len(names)


def test_the_line_at_the_bottom_says_when_text_leaves(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    assert program.window.status.network.text() == "network: none"
    program.window.status.show_network(server=True)
    assert "server" in program.window.status.network.text()
