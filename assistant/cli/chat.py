"""attune chat: the same round as in the window, in a terminal, over and over."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from assistant.cli.best import best_lines
from assistant.cli.replies import reply_lines, show_round, why_lines
from assistant.cli.rounds import outcome_lines, store_ranking
from assistant.cli.session import Session, cancelled_by_interrupt, read_line, readable, session_of
from assistant.domain.errors import UsageProblem, UserError
from assistant.domain.model import ConversationId, QueryId, Round
from assistant.storage.database import open_in_memory
from assistant.usecases.ask import ask
from assistant.usecases.rank import skip
from assistant.usecases.services import Services
from assistant.usecases.temporary import temporary_services
from assistant.usecases.undo import undo
from assistant.usecases.why import why

RANK = "/rank"
HELP = (
    "Rank like B>A=C, B (best only) or none (all bad); an empty line skips. "
    "/undo, /why and /quit work everywhere. "
    "Where only the best reply is shown, /rank shows all of them."
)


def add_commands(program: typer.Typer) -> None:
    """Put this module's command into the program."""
    program.command()(chat)


def chat(
    context: typer.Context,
    temporary: Annotated[
        bool, typer.Option("--temporary", help="Store nothing and learn nothing")
    ] = False,
) -> None:
    """Chat here: several replies, your ranking, and the next query is answered by it."""
    session = session_of(context)
    session.say(HELP)
    with session.services() as services, closing(open_in_memory()) as memory:
        if temporary:
            session.note("Nothing of this conversation is stored or learned from.")
            services = temporary_services(services, memory)
        talk = _Talk(session, services)
        talk.go_on()
    session.finish({"conversation_id": talk.conversation, "query_ids": talk.asked})


class _Talk:
    """One conversation in a terminal."""

    def __init__(self, session: Session, services: Services) -> None:
        self.conversation: ConversationId | None = None
        self.asked: list[QueryId] = []
        self._session = session
        self._services = services

    def go_on(self) -> None:
        """Rounds until /quit or the end of the input."""
        while (text := self._read("You> ")) is not None:
            if not text:
                continue
            try:
                if not (self._rank_last() if text == RANK else self._round(text)):
                    return
            except UserError as error:
                self._session.note(str(error))

    def _round(self, text: str) -> bool:
        """One query with its ranking; False at /quit."""
        with cancelled_by_interrupt() as cancel:
            events = ask(
                self._services,
                text=readable(text),
                conversation_id=self.conversation,
                cancel=cancel,
            )
            round_ = show_round(self._session, events, stream=False).round
        self.conversation = round_.conversation_id
        self.asked.append(round_.query_id)
        if round_.chosen is not None:
            self._session.say(best_lines(self._services, round_))
            return True
        return self._ranking(round_)

    def _ranking(self, round_: Round) -> bool:
        """Ask for an order until one can be read; False at the end of the input."""
        letters = ", ".join(candidate.letter for candidate in round_.candidates)
        while (text := self._read(f"Your order of {letters}> ")) is not None:
            if not text:
                skip(self._services, query_id=round_.query_id)
                return True
            try:
                saved, _, _ = store_ranking(self._services, round_.query_id, text)
            except UsageProblem as error:
                self._session.note(str(error))
                continue
            for line in outcome_lines(saved):
                self._session.say(line)
            return True
        return False

    def _read(self, prompt: str) -> str | None:
        """The next line that is no command for anywhere; None at /quit or the end of the input."""
        while (line := read_line(prompt)) is not None and line != "/quit":
            if not line.startswith("/") or line == RANK:
                return line
            try:
                self._command(line)
            except UserError as error:
                self._session.note(str(error))
        return None

    def _command(self, line: str) -> None:
        """/undo and /why speak of the last query."""
        if line not in ("/undo", "/why"):
            raise UsageProblem(f"There is no {line}; there are /undo, /why, /rank and /quit.")
        if line == "/undo":
            undo(self._services, query_id=self._last())
            self._session.say("Taken back.")
            return
        for told in why_lines(why(self._services, query_id=self._last())):
            self._session.say(told)

    def _rank_last(self) -> bool:
        """Show all replies to the last query and ask for their order; False at the end."""
        query_id = self._last()
        round_ = self._services.store.run(lambda db: db.rounds.get(query_id))
        for candidate in round_.candidates:
            self._session.say(reply_lines(candidate))
        return self._ranking(round_)

    def _last(self) -> QueryId:
        """The query asked last; UsageProblem if there is none."""
        if not self.asked:
            raise UsageProblem("Nothing was asked yet; write what you would like to know.")
        return self.asked[-1]
