"""Pictures of what is done with replies later: compared, gone on with, ranked; server and about.

And of the window at the sizes where it could fail: very narrow, very wide, very large text.
"""

from __future__ import annotations

from picture_studio import QUERY, Studio, ask, rank, settle, teach, until

TINY, SMALL, NARROW, HUGE = (320, 640), (900, 600), (640, 800), (3840, 2160)
LARGEST = 3.0  # size of text
ADDRESS = "http://192.168.1.20:8080/v1"


def later(studio: Studio, *, prefix: str) -> None:
    """Each page as a user comes to it."""
    from assistant.domain.network import NetworkCount

    window = studio.window
    window.network = NetworkCount()
    desk = window.desk
    assert desk is not None, "the program is open"
    teach(studio)
    ask(studio, "What can I cook with lentils?")
    ask(studio, QUERY)
    rank(studio)
    _cut_off(studio, prefix)
    desk.unlearned.show(_shown(studio), "B")
    until(lambda: desk.unlearned.page is not None)
    page = desk.unlearned.page
    assert page is not None, "it was opened"
    until(lambda: not page.stop_button.isVisible())
    studio.shot(f"{prefix}unlearned")
    window.pages.go_back()
    window.unranked_wanted.emit()
    queue = desk.unranked.page
    assert queue is not None, "it was opened"
    until(lambda: bool(queue.view.cards))
    queue.view.model.choose_best("B")
    until(lambda: queue.view.round is not None and queue.view.round.ranking is not None)
    studio.shot(f"{prefix}unranked")
    window.pages.go_back()
    window.about_wanted.emit()
    studio.shot(f"{prefix}about")
    _server(studio, prefix)


def sizes(studio: Studio) -> None:
    """The round and the pages, very narrow, small, and very wide."""
    window = studio.window
    desk = window.desk
    assert desk is not None, "the program is open"
    teach(studio)
    ask(studio, "What can I cook with lentils?")
    ask(studio, QUERY)
    rank(studio)
    for name, size in (("tiny", TINY), ("small", SMALL), ("huge", HUGE)):
        window.resize(*size)
        _pages(studio, name)


def large_text(studio: Studio) -> None:
    """Text at 300 %, in a window of the usual size and a narrow one."""
    from assistant.settings import FONT_SCALE

    desk = studio.window.desk
    assert desk is not None, "the program is open"
    ask(studio, QUERY)
    rank(studio)
    desk.preferences.change({FONT_SCALE: LARGEST})
    until(lambda: studio.window.sidebar.isHidden())
    settle()
    settle()
    _pages(studio, "large-text")
    studio.window.resize(*NARROW)
    _pages(studio, "large-text-narrow")


def _pages(studio: Studio, name: str) -> None:
    """The round, and every page beside it."""
    window = studio.window
    desk = window.desk
    assert desk is not None, "the program is open"
    window.pages.go_back()
    studio.shot(f"{name}-round")
    desk.unlearned.show(_shown(studio), "B")
    until(lambda: desk.unlearned.page is not None and window.pages.page() is desk.unlearned.page)
    page = desk.unlearned.page
    assert page is not None, "it was opened"
    until(lambda: not page.stop_button.isVisible())
    studio.shot(f"{name}-unlearned")
    for wanted, called in (
        (window.models_wanted, "models"),
        (window.unranked_wanted, "unranked"),
        (window.about_wanted, "about"),
        (window.shortcuts_wanted, "keys"),
    ):
        wanted.emit()
        _read(studio)
        studio.shot(f"{name}-{called}")
    desk.learned.open()
    _read(studio)
    studio.shot(f"{name}-learned")
    desk.pages.open_settings()
    settle()
    dialog = desk.pages.settings
    assert dialog is not None, "it was opened"
    dialog.resize(min(dialog.width(), window.width()), min(dialog.height(), window.height()))
    studio.shot(f"{name}-settings", dialog.grab())
    dialog.reject()
    window.pages.go_back()
    window.toggle_why()
    studio.shot(f"{name}-why")
    window.toggle_why()
    window.toggle_sidebar()
    studio.shot(f"{name}-sidebar")
    window.toggle_sidebar()


def _read(studio: Studio) -> None:
    """Let the page that was opened be filled."""
    from assistant.gui.tasks import Lane

    studio.session.tasks.submit(Lane.BROWSE, lambda: None).result()
    settle()
    studio.session.tasks.submit(Lane.BROWSE, lambda: None).result()
    settle()


def _cut_off(studio: Studio, prefix: str) -> None:
    """Replies that reached the longest length allowed."""
    studio.window.round_view.proceed.emit()
    ask(studio, "And at the weekend?", whole=False)
    view = studio.window.round_view
    until(lambda: bool(studio.session.round and studio.session.round.candidates))
    until(lambda: min(len(card.body.text()) for card in view.cards.values()) > 60)
    studio.session.stop()
    until(lambda: not studio.session.writing)
    studio.shot(f"{prefix}stopped")
    rank(studio)


def _server(studio: Studio, prefix: str) -> None:
    """The form of a server with its warning."""
    studio.window.models_wanted.emit()
    desk = studio.window.desk
    page = desk.pages.models if desk is not None else None
    assert page is not None, "it was opened"
    until(lambda: bool(page.cards))
    settle()
    page.server.add_button.click()
    assert page.server.form is not None, "it was opened"
    page.server.form.address.setText(ADDRESS)
    page.area.verticalScrollBar().setValue(page.area.verticalScrollBar().maximum())
    studio.shot(f"{prefix}server")


def _shown(studio: Studio):  # noqa: ANN202 - a QueryId, whose module is loaded later
    """The query of the round shown."""
    assert studio.session.round is not None, "a round is shown"
    return studio.session.round.query_id
