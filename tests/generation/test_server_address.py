from __future__ import annotations

import pytest

from assistant.domain.errors import ServerProblem, UsageProblem
from assistant.generation.server_address import private_place, read_address


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("http://localhost:8080", "http://localhost:8080/v1"),
        ("http://localhost:8080/v1/", "http://localhost:8080/v1"),
        ("http://127.0.0.1:1234/v1/chat/completions", "http://127.0.0.1:1234/v1"),
        ("http://192.168.1.20", "http://192.168.1.20/v1"),
        ("http://100.64.0.7:8000/v1", "http://100.64.0.7:8000/v1"),
        ("http://[::1]:8080/api", "http://[::1]:8080/api"),
        ("http://box.local:8080", "http://box.local:8080/v1"),
        ("https://example.org/openai/v1", "https://example.org/openai/v1"),
        (" https://EXAMPLE.org ", "https://example.org/v1"),
    ],
)
def test_addresses_are_read_as_people_type_them(typed, url):
    assert read_address(typed).url == url
    assert read_address(url).url == url


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("localhost:8080", "must begin with http"),
        ("", "must begin with http"),
        ("ftp://localhost", "must begin with http"),
        ("http://", "must begin with http"),
        ("http://localhost:99999", "no address"),
        ("http://user:key@localhost", "--key"),
        ("http://localhost/v1?x=1", "behind its path"),
        ("http://localhost/v 1", "signs"),
        ("http://8.8.8.8/v1", "only https"),
        ("http://[2001:4860:4860::8888]/v1", "only https"),
        ("http://[::ffff:8.8.8.8]/v1", "only https"),
    ],
)
def test_other_addresses_are_refused_with_the_reason(typed, reason):
    with pytest.raises(UsageProblem, match=reason):
        read_address(typed)


def test_only_this_machine_is_local():
    assert read_address("http://localhost").local
    assert read_address("http://127.0.0.1").local
    assert not read_address("http://192.168.1.2").local
    assert not read_address("https://example.org").local


def test_a_name_is_looked_up_when_it_is_connected_to():
    assert private_place(read_address("http://localhost:80")) in ("127.0.0.1", "::1")
    with pytest.raises(ServerProblem, match="no machine named"):
        private_place(read_address("http://no-such-machine.invalid"))
