"""Every setting, declared once: type, default, bounds and help together.

Values are stored in the data file; dialogs, help texts and checks are derived from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from assistant.domain.errors import UsageProblem

T = TypeVar("T", bool, int, float, str)


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One thing the user can set. `minimum` and `maximum` bound numbers, `choices` bound texts.

    A `secret` value is stored like any other but never shown.
    """

    key: str
    default: T
    help: str
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    secret: bool = False

    def check(self, value: object) -> T:
        """`value` as this setting's type; UsageProblem naming what is allowed if it is not."""
        converted = self._converted(value)
        if self.choices and converted not in self.choices:
            raise UsageProblem(f"“{self.key}” takes one of {', '.join(self.choices)}.")
        if isinstance(converted, (int, float)) and not isinstance(converted, bool):
            low, high = self.minimum, self.maximum
            above = low is None or converted >= low  # written so that "nan" is refused too
            if not (above and (high is None or converted <= high)):
                raise UsageProblem(f"“{self.key}” takes a number from {low:g} to {high:g}.")
        return converted

    def _converted(self, value: object) -> T:
        """`value` in the type of the default."""
        kind: type[T] = type(self.default)
        try:
            if kind is bool and str(value).lower() not in ("true", "false"):
                raise ValueError(value)
            if kind is bool:
                return kind(str(value).lower() == "true")
            return kind(str(value))
        except ValueError:
            names = {bool: "true or false", int: "a whole number", float: "a number"}
            wanted = names.get(kind, "a text")
            raise UsageProblem(f"“{self.key}” takes {wanted}, not “{value}”.") from None


REPLIES = Setting(
    "replies",
    3,
    "Replies written for each query (0: three, fewer once the best one can be foretold)",
    minimum=0,
    maximum=4,
)
QUESTIONS = Setting(
    "questions_a_day",
    0,
    "Rankings asked for in a day; after that, one reply is written for each query (0: no limit)",
    minimum=0,
    maximum=1000,
)
SHOW_BEST = Setting(
    "show_best",
    False,
    "Show only the reply you would probably prefer (two are written at least; you can still rank "
    "them)",
)
MAX_TOKENS = Setting("max_tokens", 384, "Longest reply, in tokens", minimum=8, maximum=8192)
TEMPERATURE = Setting("temperature", 0.8, "How freely words are drawn", minimum=0, maximum=2)
TOP_P = Setting(
    "top_p", 0.95, "Draw from the likeliest words up to this share", minimum=0.01, maximum=1
)
TOP_K = Setting("top_k", 40, "Draw from this many words (0: all)", minimum=0, maximum=1000)
MIN_P = Setting(
    "min_p", 0.05, "Leave out words this much less likely than the best", minimum=0, maximum=1
)
REPEAT_PENALTY = Setting(
    "repeat_penalty", 1.05, "How much repeating words is avoided (1: not)", minimum=1, maximum=2
)
EMPHASIS = Setting(
    "emphasis",
    0.5,
    "How much replies keep to the query and its guidance (0: as the model alone would; otherwise "
    "each word is weighed twice, so writing takes longer)",
    minimum=0,
    maximum=2,
)
CONTEXT = Setting("context", 4096, "Tokens the model sees at once", minimum=512, maximum=131072)
THREADS = Setting("threads", 0, "Threads for writing (0: one per core)", minimum=0, maximum=256)
MODEL = Setting("model", "", "Path of the chat model (empty: the embedded one)")
SYSTEM_TEXT = Setting(
    "system_text",
    "You are a helpful assistant. Answer the user's question directly.",
    "What the model is told before every conversation",
)
PER_MODEL: tuple[Setting[int] | Setting[float] | Setting[str], ...] = (
    TEMPERATURE,
    TOP_P,
    TOP_K,
    MIN_P,
    REPEAT_PENALTY,
    EMPHASIS,
    MAX_TOKENS,
    CONTEXT,
    SYSTEM_TEXT,
)  # what can be set differently for one model
SERVER_URL = Setting("server_url", "", "Address of a text-generation server (empty: none)")
SERVER_KNOWN = Setting("server_known", "", "Address of the server that was used last")
SERVER_MODEL = Setting("server_model", "", "Name of the model on that server")
SERVER_KEY = Setting("server_key", "", "Key that the server asks for", secret=True)
DOCUMENT_TOKENS = Setting(
    "document_tokens",
    600,
    "Tokens of attached documents put into a prompt, a quarter of the context at most (0: none; "
    "each hundred delay the replies by about half a second)",
    minimum=0,
    maximum=8192,
)
LEARNING = Setting("learning", True, "Learn from rankings")
IDLE_LEARNING = Setting("learn_when_idle", True, "Learn longer things while nothing is asked")
MAINS_ONLY = Setting("learn_on_mains_only", True, "Learn longer things only when not on battery")
SELECTOR = Setting(
    "selector",
    "bayesian",
    "What chooses the tags, from the next start on (premium-embed trains two networks: seconds "
    "after every few rankings, minutes after an undo; premium-prompt asks the chat model: "
    "seconds with every query)",
    choices=("bayesian", "premium-embed", "premium-prompt"),
)
INTERESTS = Setting(
    "interests_per_reply",
    1,
    "Interests put into a prompt (2 or more only suit models that do not lose the query over them)",
    minimum=0,
    maximum=4,
)
STYLES = Setting("styles_per_reply", 1, "Styles put into a prompt", minimum=0, maximum=4)
PLAIN_SHARE = Setting(
    "plain_share",
    0.2,
    "Share of queries with one reply that has no guidance, once guidance helps (0: all have some)",
    minimum=0,
    maximum=1,
)
PROMPTS = Setting(
    "prompt_pool",
    False,
    "Put the prompt that did best on similar queries into one reply (learned by `learn --only "
    "prompts`, which takes minutes; each reply starts a few hundredths of a second later)",
)
EXEMPLARS = Setting(
    "exemplars",
    False,
    "Show the model replies you ranked first for similar queries (the replies start up to half a "
    "second later)",
)
THEME = Setting("theme", "system", "Colours of the window", choices=("system", "light", "dark"))
LANGUAGE = Setting(
    "language",
    "system",
    "Language of the window, from the next start on",
    choices=("system", "english", "german"),
)
FONT_SCALE = Setting("font_scale", 1.0, "Size of text", minimum=0.75, maximum=3.0)
REDUCED_MOTION = Setting("reduced_motion", False, "No animations")
NOTIFY = Setting(
    "notify", True, "Tell when a long reply or learning has ended while you are in another window"
)
PROFILE_ID = Setting("profile_id", "", "Tells your profile from others' (made at the first export)")
GATE_SALT = Setting(
    "gate_salt", "", "Fixes which rankings are kept from training (made once for a data file)"
)
WINDOW_STATE = Setting("window_state", "", "Place and size of the window, as it was left")
UNSENT = Setting("unsent", "", "Messages that were begun and not sent")
WELCOMED = Setting("welcomed", False, "The pages of the first start were shown")
SPEEDS = Setting("speeds", "", "How fast each model wrote last")

ALL: tuple[Setting[bool] | Setting[int] | Setting[float] | Setting[str], ...] = (
    REPLIES,
    QUESTIONS,
    SHOW_BEST,
    MAX_TOKENS,
    TEMPERATURE,
    TOP_P,
    TOP_K,
    MIN_P,
    REPEAT_PENALTY,
    EMPHASIS,
    CONTEXT,
    THREADS,
    MODEL,
    SERVER_URL,
    SERVER_KNOWN,
    SERVER_MODEL,
    SERVER_KEY,
    DOCUMENT_TOKENS,
    SYSTEM_TEXT,
    LEARNING,
    IDLE_LEARNING,
    MAINS_ONLY,
    SELECTOR,
    INTERESTS,
    STYLES,
    PLAIN_SHARE,
    PROMPTS,
    EXEMPLARS,
    THEME,
    LANGUAGE,
    FONT_SCALE,
    REDUCED_MOTION,
    NOTIFY,
    WINDOW_STATE,
    UNSENT,
    WELCOMED,
    SPEEDS,
    GATE_SALT,
    PROFILE_ID,
)
