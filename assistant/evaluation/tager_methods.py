"""The methods of the tag experiments by name."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.errors import UsageProblem
from assistant.evaluation.premium_method import premium_maker
from assistant.evaluation.premium_prompt_method import premium_prompt_maker
from assistant.evaluation.tager import Maker
from assistant.evaluation.tager_baselines import Frequency, Population, Random, Retrieval
from assistant.evaluation.tager_exact import Exact
from assistant.evaluation.tager_no_query import OursWithoutQueries
from assistant.evaluation.tager_ours import Ours
from assistant.paths import find_paths


@dataclass(frozen=True, slots=True)
class Known:
    """A method, and the modules that it consists of."""

    make: Maker
    modules: tuple[str, ...]

    @property
    def version(self) -> str:
        """Changes with the text of the modules, so that no result outlives its method."""
        return version_of((*self.modules, *_COMMON))


def version_of(modules: Sequence[str]) -> str:
    """A digest of modules' texts."""
    digest = hashlib.sha256()
    for name in modules:
        found = importlib.util.find_spec(f"assistant.{name}")
        if found is None or found.origin is None:
            raise AssertionError(f"no module {name}")
        digest.update(Path(found.origin).read_bytes())
    return digest.hexdigest()[:12]


_COMMON = ("evaluation.users", "evaluation.tager", "evaluation.tag_task")
_BASELINES = ("evaluation.tager_baselines",)
_PREMIUM_EMBED = (
    "evaluation.premium_method",
    "personalization.losses",
    "personalization.premium_embed",
    "personalization.premium_encoders",
    "personalization.premium_fit",
    "personalization.replay",
)
_PREMIUM_PROMPT = ("evaluation.premium_prompt_method", "personalization.premium_prompt")
_MODELS = find_paths().models  # lies beside the program, wherever the user's data is
_OURS = (
    "evaluation.tager_ours",
    "personalization.query_topics",
    "personalization.ranking_gaussian",
    "personalization.sparse_posterior",
    "personalization.stages",
    "personalization.tag_choice",
    "personalization.tag_features",
    "personalization.tag_fit",
    "personalization.tag_selector",
    "personalization.tag_state",
    "personalization.taste_change",
)
METHODS = {
    "ours": Known(Ours, _OURS),
    "ours-no-query": Known(OursWithoutQueries, ("evaluation.tager_no_query", *_OURS)),
    "exact": Known(Exact, ("evaluation.tager_exact", "personalization.tag_choice")),
    "random": Known(Random, _BASELINES),
    "ralm": Known(Retrieval, _BASELINES),
    "frequency": Known(Frequency, _BASELINES),
    "population": Known(Population, _BASELINES),
    "premium-embed": Known(premium_maker(_MODELS), _PREMIUM_EMBED),
    "premium-frozen": Known(premium_maker(_MODELS, frozen=True), _PREMIUM_EMBED),
    "premium-prompt": Known(premium_prompt_maker(_MODELS), _PREMIUM_PROMPT),
}


def method_of(name: str) -> Known:
    """The method of a name; UsageProblem if there is none."""
    if name not in METHODS:
        raise UsageProblem(f"There is no method {name}; there are {', '.join(METHODS)}.")
    return METHODS[name]
