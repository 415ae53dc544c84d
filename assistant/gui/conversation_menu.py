"""What can be done with a conversation, as a menu; the same from the list and from its title."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from assistant.domain.model import Conversation
from assistant.gui.language import tr

MOST_DELETED = 15  # offered in the menu; the command line lists all


@dataclass(frozen=True, slots=True)
class Wishes:
    """Who carries out what the user chooses."""

    pin: Callable[[Conversation, bool], object]
    rename: Callable[[Conversation], object]
    file: Callable[[Conversation, str], object]
    file_in_new: Callable[[Conversation], object]
    learn: Callable[[Conversation, bool], object]
    copy: Callable[[Conversation], object]
    export: Callable[[Conversation], object]
    print: Callable[[Conversation], object]
    delete: Callable[[Conversation], object]


def conversation_menu(
    one: Conversation, folders: Sequence[str], wishes: Wishes, parent: QWidget
) -> QMenu:
    """The menu, which goes when it is closed."""
    menu = QMenu(parent)
    menu.setAccessibleName(tr("Conversation {title}", title=one.title))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.addAction(tr("Unpin") if one.pinned else tr("Pin"), _then(wishes.pin, one, not one.pinned))
    menu.addAction(tr("Rename…\tF2"), _then(wishes.rename, one))
    menu.addMenu(_folder_menu(one, folders, wishes, menu))
    learn = QAction(tr("Learn from this conversation"), menu, checkable=True, checked=one.learn)
    learn.triggered.connect(_then(wishes.learn, one, not one.learn))
    menu.addAction(learn)
    menu.addSeparator()
    menu.addAction(tr("Copy chat"), _then(wishes.copy, one))
    menu.addAction(tr("Export…"), _then(wishes.export, one))
    menu.addAction(tr("Print…"), _then(wishes.print, one))
    menu.addSeparator()
    menu.addAction(tr("Delete\tDel"), _then(wishes.delete, one))
    return menu


def fill_deleted(
    menu: QMenu, deleted: Sequence[Conversation], bring_back: Callable[[Conversation], object]
) -> None:
    """The latest deleted conversations, each of which comes back when it is chosen."""
    for one in deleted[:MOST_DELETED]:
        title = one.title.replace("&", "&&")
        menu.addAction(tr("Bring back “{title}”", title=title), _then(bring_back, one))
    if len(deleted) > MOST_DELETED:
        more = tr("Earlier ones: attune conversations list --deleted")
        menu.addAction(more).setEnabled(False)
    if not deleted:
        menu.addAction(tr("Nothing was deleted in the last 30 days.")).setEnabled(False)


def _folder_menu(
    one: Conversation, folders: Sequence[str], wishes: Wishes, parent: QWidget
) -> QMenu:
    """The folders there are, none, and a new one."""
    menu = QMenu(tr("Move to folder"), parent)
    for folder in ("", *folders):
        name = folder.replace("&", "&&") or tr("No folder")
        action = QAction(name, menu, checkable=True, checked=one.folder == folder)
        action.triggered.connect(_then(wishes.file, one, folder))
        menu.addAction(action)
    menu.addSeparator()
    menu.addAction(tr("New folder…"), _then(wishes.file_in_new, one))
    return menu


def _then(work: Callable[..., object], *arguments: object) -> Callable[[], None]:
    """`work` with these arguments, whatever the menu's signal brings along."""

    def call() -> None:
        work(*arguments)

    return call
