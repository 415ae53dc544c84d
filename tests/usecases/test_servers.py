from __future__ import annotations

import pytest
from server_of_models import offering

from assistant.domain.errors import UsageProblem
from assistant.generation.server_address import read_address
from assistant.settings import SERVER_KEY
from assistant.usecases.models import list_models, use_model
from assistant.usecases.servers import no_server, server_in_use, use_server, warning

NOBODY = "http://127.0.0.1:1/v1"


def test_no_server_is_used_unless_the_user_says_so(services):
    assert server_in_use(services.store) is None


def test_the_only_model_that_a_server_offers_is_taken(services):
    with offering("tiny") as url:
        chosen = use_server(services.store, url=url, model="", key="secret")
    assert (chosen.model, chosen.problem) == ("tiny", "")
    found = server_in_use(services.store)
    assert found is not None
    assert (found.url, found.model) == (url, "tiny")
    assert services.store.run(lambda db: db.settings.get(SERVER_KEY)) == "secret"
    no_server(services.store)
    assert server_in_use(services.store) is None
    assert services.store.run(lambda db: db.settings.get(SERVER_KEY)) == "", "no key stays behind"


def test_of_several_models_one_must_be_named(services):
    with offering("small", "large") as url:
        with pytest.raises(UsageProblem, match="small, large"):
            use_server(services.store, url=url, model="", key="")
        assert server_in_use(services.store) is None
        assert use_server(services.store, url=url, model="large", key="").model == "large"


def test_a_server_that_is_off_can_be_chosen_all_the_same(services):
    chosen = use_server(services.store, url=NOBODY, model="tiny", key="")
    assert "cannot be reached" in chosen.problem
    assert server_in_use(services.store) is not None


def test_plain_http_to_a_public_machine_is_refused(services):
    with pytest.raises(UsageProblem, match="only https"):
        use_server(services.store, url="http://8.8.8.8/v1", model="m", key="")
    assert server_in_use(services.store) is None


def test_the_warning_says_what_leaves_and_whereto():
    near, far = (warning(read_address(url)) for url in (NOBODY, "https://example.org/v1"))
    assert "leaves this program" in near
    assert "on this machine" in near
    assert "over the network" in far
    assert "https://example.org/v1" in far


def test_a_model_of_this_machine_ends_the_use_of_a_server(services, embedded_model):
    use_server(services.store, url=NOBODY, model="tiny", key="")
    assert not any(choice.used for choice in list_models(services.store, services.paths))
    use_model(services.store, services.paths, str(embedded_model))
    assert server_in_use(services.store) is None
    assert any(choice.used for choice in list_models(services.store, services.paths))
