"""An agent that came with a profile is kept, judged, used and given up like one trained here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import safetensors.numpy
from agent_homes import MADE, exported, home, use_own
from planted import TinyBackend, plant
from profile_homes import Home

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import TrainingFailed, UsageProblem
from assistant.domain.events import Progress
from assistant.storage.archive import read_archive
from assistant.usecases.agent import (
    AGENT,
    VERSIONS,
    AgentVersion,
    agent_versions,
    base_agent,
    model_mark,
    previous_agent,
)
from assistant.usecases.profile_file import (
    export_profile,
    import_profile,
    imports,
    preview_import,
    remove_import,
)
from assistant.usecases.services import Services
from assistant.usecases.switch_agent import IMPORTED, Switched, hindrances, switch_on
from tests.personalization.adapter_states import adapter_for


def switch(services: Services, version: int) -> Switched:
    *_, last = switch_on(services, version=version, cancel=CancelToken())
    assert isinstance(last, Switched)
    return last


def imported(services: Services) -> AgentVersion:
    (version,) = [version for version in agent_versions(services) if version.origin]
    return version


def active(services: Services) -> list[tuple[int, bool]]:
    return [(v.id, v.trial) for v in agent_versions(services) if v.active]


def latest(services: Services) -> str:
    found = services.store.run(lambda db: db.training_runs.latest(IMPORTED))
    assert found is not None
    return found[0]


def test_an_agent_makes_the_round_trip_exactly(make_home: Home, tmp_path: Path) -> None:
    old, new = home(make_home, "old"), home(make_home, "new")
    first, second = exported(old, tmp_path / "a.attune"), tmp_path / "b.attune"
    offer = preview_import(new, file=first).adapter
    assert offer is not None
    assert (offer.rankings, offer.created_at, offer.known, offer.hindrance) == (30, MADE, False, "")
    import_profile(new, file=first)
    version = imported(new)
    assert (version.active, version.rankings, version.created_at) == (False, 30, MADE)
    assert hindrances(new) == {version.id: ""}
    export_profile(new, file=second)
    assert "adapter.safetensors" not in read_archive(second), "what is off is not passed on"
    verdict = switch(new, version.id).verdict
    assert verdict is not None
    assert verdict.accepted
    assert active(new) == [(version.id, True)], "without rankings of one's own it is on trial"
    assert latest(new) == "accepted"
    export_profile(new, file=second)
    ours, theirs = read_archive(first), read_archive(second)
    assert theirs["adapter.safetensors"] == ours["adapter.safetensors"]
    facts = [json.loads(parts["manifest.json"])["adapter"] for parts in (ours, theirs)]
    assert facts[0] == facts[1]
    assert facts[0]["model_sha256"] == old.backend.info().sha256
    again = import_profile(old, file=second).adapter
    assert again is not None
    assert again.known
    assert len(agent_versions(old)) == 1


def test_nothing_of_this_machine_is_in_the_file(make_home: Home, tmp_path: Path) -> None:
    old = home(make_home, "old")
    content = b"".join(read_archive(exported(old, tmp_path / "a.attune")).values())
    assert str(tmp_path).encode() not in content
    assert b"pickle" not in content


def test_what_was_in_use_before_comes_back_by_one_step_and_by_removing_the_import(
    make_home: Home, tmp_path: Path
) -> None:
    old, new = home(make_home, "old"), home(make_home, "new")
    file = exported(old, tmp_path / "a.attune")
    backend = new.backend
    assert isinstance(backend, TinyBackend)
    use_own(new, adapter_for(backend.file, size=2e-3))
    profile = import_profile(new, file=file).profile
    own = use_own(new, adapter_for(backend.file, size=3e-3), trial=True)
    theirs = imported(new).id
    switch(new, theirs)
    assert active(new) == [(theirs, True)]
    assert previous_agent(new).id == own
    switch(new, theirs)
    base_agent(new)
    assert previous_agent(new).id == own, "one that came with a profile is never gone back to"
    new.store.run(lambda db: db.snapshots.reactivate(own, AGENT, trial=True))
    switch(new, theirs)
    remove_import(new, profile=profile)
    assert active(new) == [(own, True)]
    assert imports(new) == {}


def test_one_that_would_change_the_model_too_much_never_comes_into_use(
    make_home: Home, tmp_path: Path
) -> None:
    old, new = home(make_home, "old"), home(make_home, "new")
    import_profile(new, file=exported(old, tmp_path / "a.attune", size=30.0))
    verdict = switch(new, imported(new).id).verdict
    assert verdict is not None
    assert not verdict.accepted
    assert "changes the model too much" in verdict.reason
    assert active(new) == []
    assert latest(new) == "refused"


def test_own_rankings_decide_where_there_are_enough(make_home: Home, tmp_path: Path) -> None:
    old, new = home(make_home, "old"), home(make_home, "new")
    import_profile(new, file=exported(old, tmp_path / "a.attune"))
    new.store.run(lambda db: plant(db, 90))
    verdict = switch(new, imported(new).id).verdict
    assert verdict is not None
    assert verdict.judged >= 12
    assert verdict.reason.startswith(("Better", "Not better"))
    assert bool(active(new)) is verdict.accepted


def test_one_for_another_model_is_kept_and_says_which_it_needs(
    make_home: Home, tmp_path: Path
) -> None:
    old, new = home(make_home, "old"), make_home("new")
    change = import_profile(new, file=exported(old, tmp_path / "a.attune"))
    assert change.adapter is not None
    name = old.backend.info().name
    assert change.adapter.hindrance.startswith(f"It was made for the model {name}")
    version = imported(new)
    with pytest.raises(UsageProblem, match="choose that model"):
        switch(new, version.id)
    assert active(new) == []
    assert hindrances(new)[version.id] == change.adapter.hindrance


def test_one_of_another_rank_is_kept_but_not_used(make_home: Home, tmp_path: Path) -> None:
    old, new = home(make_home, "old"), home(make_home, "new")
    import_profile(new, file=exported(old, tmp_path / "a.attune", rank=4))
    with pytest.raises(UsageProblem, match="rank 4"):
        switch(new, imported(new).id)


def test_an_agent_that_lacks_layers_is_given_up_when_it_is_tried(
    make_home: Home, tmp_path: Path
) -> None:
    old, new = home(make_home, "old"), home(make_home, "new")
    import_profile(new, file=exported(old, tmp_path / "a.attune"))
    version = imported(new).id
    state = safetensors.numpy.load(new.store.run(lambda db: db.snapshots.get(version)).weights)
    less = dict(sorted(state.items())[2:])
    weights = safetensors.numpy.save(less, {"alpha": "16"})
    metrics = {"model": model_mark(new.backend.info().sha256), "rank": 8.0, "alpha": 16.0}
    new.store.run(
        lambda db: db.tables.execute(
            "UPDATE snapshots SET weights = ?, sha256 = ?, metrics = ? WHERE id = ?",
            [
                weights,
                __import__("hashlib").sha256(weights).hexdigest(),
                json.dumps(metrics),
                version,
            ],
        )
    )
    with pytest.raises(TrainingFailed, match="cannot be used with this model"):
        switch(new, version)
    assert latest(new) == "failed"


def test_a_cancelled_test_changes_nothing(make_home: Home, tmp_path: Path) -> None:
    old, new = home(make_home, "old"), home(make_home, "new")
    import_profile(new, file=exported(old, tmp_path / "a.attune"))
    cancel = CancelToken()
    for step in switch_on(new, version=imported(new).id, cancel=cancel):
        if isinstance(step, Progress):
            cancel.cancel()
        else:
            assert step.verdict is None
    assert active(new) == []
    assert latest(new) == "cancelled"


def test_training_does_not_push_imported_versions_out(make_home: Home, tmp_path: Path) -> None:
    old, new = home(make_home, "old"), home(make_home, "new")
    import_profile(new, file=exported(old, tmp_path / "a.attune"))
    version = imported(new).id
    for number in range(VERSIONS + 2):
        use_own(new, b"own %d" % number)
    versions = agent_versions(new)
    assert imported(new).id == version
    assert len(versions) == VERSIONS + 1


def test_only_what_came_with_a_profile_is_switched_on(make_home: Home) -> None:
    services = home(make_home, "home")
    own = use_own(services, b"own")
    for number in (own, 99):
        with pytest.raises(UsageProblem, match="came with a profile"):
            switch(services, number)
