"""What the message would take of the model's context, counted while it is being typed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from assistant.domain.errors import UserError
from assistant.gui.composer import Composer
from assistant.gui.language import number, tr, trn
from assistant.gui.session import Session
from assistant.gui.tasks import Lane
from assistant.usecases.measure import Measure, measure

PAUSE_MILLISECONDS = 400  # after the last key


class Foresight(QObject):
    """Counts a moment after the last change, one count at a time, and never while writing."""

    measured = Signal(object)  # Measure of what stands in the composer

    def __init__(self, composer: Composer, session: Session) -> None:
        super().__init__(composer)
        self._composer, self._session = composer, session
        self._counting = False
        self._ready = False  # the model is loaded
        self._wait = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)
        self._wait.timeout.connect(self._count)
        composer.typed.connect(self._wait.start)
        composer.drafts_chosen.connect(lambda _count: self._wait.start())

    def begin(self) -> None:
        """The model is there; what stands in the composer can be counted."""
        self._ready = True
        self._wait.start()

    def look(self) -> None:
        """Another conversation is shown, or the one shown has changed."""
        self._wait.start()

    def _count(self) -> None:
        session, composer = self._session, self._composer
        if not self._ready or session.writing:
            return
        if self._counting:
            self._wait.start()
            return
        self._counting = True
        services, text, drafts = session.at_hand, composer.whole_text(), composer.drafts()
        conversation = session.conversation

        def counted(found: Measure) -> None:
            self._counting = False
            if text == composer.whole_text() and conversation == session.conversation:
                composer.show_measure(found)
                self.measured.emit(found)

        def failed(_error: UserError) -> None:
            self._counting = False  # asking will say what is wrong

        session.tasks.run(
            Lane.BROWSE,
            lambda: measure(services, text=text, conversation_id=conversation, drafts=drafts),
            None,
            counted,
            failed,
        )


def measure_words(found: Measure) -> str:
    """The whole count, part by part."""
    earlier = number(found.conversation)
    parts = [
        tr("Conversation {count} tokens", count=earlier)
        if found.exact
        else tr("Conversation about {count} tokens", count=earlier),
        tr("this message {count}", count=number(found.query)),
        tr("documents {count}", count=number(found.documents)),
        trn(
            "guidance at most {count} for the reply",
            "guidance at most {count} for each of %n replies",
            found.replies,
            count=number(found.guidance),
        ),
    ]
    sees = tr("The model sees {count} at once.", count=number(found.context))
    room = tr("Each reply can become {count} tokens long.", count=number(found.reply))
    drops = tr("The oldest turns will be left out.") if found.dropped else ""
    return f"{', '.join(parts)}.\n{sees} {room} {drops}".rstrip()
