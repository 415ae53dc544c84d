"""Types of the fixtures in conftest, for the tests that name them."""

from __future__ import annotations

from collections.abc import Callable

from assistant.domain.model import Round
from assistant.usecases.services import Services

MakeServices = Callable[..., Services]
AskRound = Callable[..., Round]
