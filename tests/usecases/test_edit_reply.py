"""An edited reply goes into the next prompts; what was written stays, and is what is learned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from makers import AskRound, MakeServices

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem
from assistant.domain.model import Order, Round
from assistant.generation.backend import Turn
from assistant.generation.scripted import ScriptedBackend
from assistant.usecases import history
from assistant.usecases.edit_reply import edit_reply
from assistant.usecases.examples import example_of
from assistant.usecases.keep_writing import keep_writing
from assistant.usecases.measure import measure
from assistant.usecases.pairs_file import export_pairs
from assistant.usecases.plan import turns_of
from assistant.usecases.rank import choose_reply, rank
from assistant.usecases.services import Services


def ranked(services: Services, ask_round: AskRound) -> Round:
    round_ = ask_round(services, drafts=2)
    list(rank(services, query_id=round_.query_id, order=Order((("B",), ("A",)))))
    return services.store.run(lambda db: db.rounds.get(round_.query_id))


def prompt(services: Services, round_: Round) -> tuple[Turn, ...]:
    return services.store.run(lambda db: turns_of(db, round_.conversation_id))


def test_the_edited_text_is_what_the_model_sees_from_then_on(
    services: Services, ask_round: AskRound
) -> None:
    round_ = ranked(services, ask_round)
    edited = edit_reply(services, query_id=round_.query_id, letter="B", text=" Mine.\n")
    assert prompt(services, round_)[-1] == Turn("assistant", "Mine.")
    later = ask_round(services, text="And then?", conversation_id=round_.conversation_id)
    turns = services.store.run(lambda db: turns_of(db, later.conversation_id, until=later.query_id))
    assert Turn("assistant", "Mine.") in turns
    assert edited.candidate("B").said == "Mine."
    assert edited.candidate("B").text == round_.candidate("B").text


def test_every_version_stays_and_can_be_gone_on_with(
    services: Services, ask_round: AskRound
) -> None:
    round_ = ranked(services, ask_round)
    for text in ("One.", "Two."):
        edit_reply(services, query_id=round_.query_id, letter="B", text=text)
    back = choose_reply(services, query_id=round_.query_id, letter="B", version=1)
    assert (back.candidate("B").edits, back.candidate("B").said) == (("One.", "Two."), "One.")
    back = choose_reply(services, query_id=round_.query_id, letter="B")
    assert back.candidate("B").said == round_.candidate("B").text
    with pytest.raises(UsageProblem, match=r"versions 0 .* to 2, not 3"):
        choose_reply(services, query_id=round_.query_id, letter="B", version=3)


def test_learning_and_the_ranking_stay_about_what_was_written(
    services: Services, ask_round: AskRound, tmp_path: Path
) -> None:
    round_ = ranked(services, ask_round)
    before = example_of(round_)
    edited = edit_reply(services, query_id=round_.query_id, letter="B", text="Mine.")
    assert edited.ranking == round_.ranking
    assert example_of(edited) == before
    file = tmp_path / "pairs.jsonl"
    export_pairs(services, file=file)
    pair = json.loads(file.read_text().splitlines()[0])
    assert pair["chosen"][0]["content"] == round_.candidate("B").text


def test_editing_a_reply_goes_on_with_it(services: Services, ask_round: AskRound) -> None:
    round_ = ranked(services, ask_round)
    edited = edit_reply(services, query_id=round_.query_id, letter="A", text="Mine.")
    assert edited.chosen == edited.candidate("A").id


def test_a_text_that_is_there_already_makes_no_new_version(
    services: Services, ask_round: AskRound
) -> None:
    round_ = ranked(services, ask_round)
    edit_reply(services, query_id=round_.query_id, letter="B", text="Mine.")
    same = round_.candidate("B").text
    back = edit_reply(services, query_id=round_.query_id, letter="B", text=same)
    assert (back.candidate("B").version, len(back.candidate("B").edits)) == (0, 1)


def test_what_is_no_reply_is_refused(services: Services, ask_round: AskRound) -> None:
    round_ = ask_round(services, drafts=1)
    with pytest.raises(UsageProblem, match="1 to 200,000 characters"):
        edit_reply(services, query_id=round_.query_id, letter="A", text="  ")
    with pytest.raises(UsageProblem, match="no reply D"):
        edit_reply(services, query_id=round_.query_id, letter="D", text="Mine.")


def test_edited_words_are_found_and_exported_with_a_mark(
    services: Services, ask_round: AskRound
) -> None:
    round_ = ranked(services, ask_round)
    edit_reply(services, query_id=round_.query_id, letter="B", text="Rhubarb pie.")
    hits = history.find(services, text="rhubarb")
    assert [hit.query_id for hit in hits] == [round_.query_id]
    shown = history.show(services, conversation_id=round_.conversation_id)
    assert "**Reply B (edited by you):** Rhubarb pie." in history.as_markdown(shown)


def test_a_single_reply_is_measured_as_it_was_edited(
    services: Services, ask_round: AskRound
) -> None:
    round_ = ask_round(services, drafts=1)
    before = measure(services, text="And?", conversation_id=round_.conversation_id)
    edit_reply(services, query_id=round_.query_id, letter="A", text="word " * 200)
    after = measure(services, text="And?", conversation_id=round_.conversation_id)
    assert after.conversation > before.conversation + 100


def test_an_edited_reply_is_not_gone_on_with_by_the_model(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    services = make_services(ScriptedBackend(["word " * 30]))
    round_ = ask_round(services, drafts=1, max_tokens=8)
    edit_reply(services, query_id=round_.query_id, letter="A", text="Mine.")
    with pytest.raises(UsageProblem, match="edited by you"):
        list(keep_writing(services, query_id=round_.query_id, letter="A", cancel=CancelToken()))
