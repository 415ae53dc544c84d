"""A loaded model with its contexts: the chat's, and two that are made when first needed.

Contract: the agent's context (with the adapter, if there is one) and the scoring context hold
nothing that cannot be evaluated again; `rest` gives their memory back. An adapter that is refused
leaves the one before in use. Used inside the engine's child process only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from assistant.domain.errors import ContextTooLong, ModelProblem, UsageProblem
from assistant.generation.adapters import Adapter, load_adapter
from assistant.generation.backend import (
    AGENT_CONTEXT,
    SCORING_CONTEXT,
    EngineOptions,
    GenerationEvent,
    GenerationRequest,
    Lines,
    ModelInfo,
    ScoringTask,
    Turn,
)
from assistant.generation.copies import Fingerprint, fast_copy
from assistant.generation.gguf import Header, read_header
from assistant.generation.lines import write_lines
from assistant.generation.llama import Weights, convert, cpu_features
from assistant.generation.llama_context import Context, Shape
from assistant.generation.open_draft import Switch
from assistant.generation.prompt import ChatTemplate, Segment, cells_for
from assistant.generation.scoring import PACK_TOKENS, Case, Scorer, top_tokens
from assistant.generation.templates import choose_template
from assistant.generation.writing import Writer

_SCORING_SEQUENCES = 33  # the shared one and up to 32 cases or continuations side by side


class Loaded:
    """A model ready to write and to score."""

    def __init__(
        self,
        info: ModelInfo,
        header: Header,
        chat: Context,
        template: ChatTemplate,
        aborted: Callable[[], bool],
        adapter: Path | None,
    ) -> None:
        self.info, self.writer = info, Writer(chat, template, info.context)
        self._header, self._weights, self._template = header, chat.weights, template
        self._shape, self._aborted = chat.shape, aborted
        self._adapter_path = adapter
        self._adapter: Adapter | None = None
        self._agent: Context | None = None
        self._scoring: Context | None = None
        self._last_lines: tuple[GenerationRequest, list[list[GenerationEvent]]] | None = None

    def adapt(self, path: Path | None) -> None:
        """Let the agent use another adapter, or none; the old one stays if this is refused."""
        adapter = load_adapter(self._weights, path, self._header) if path is not None else None
        self._close_agent()  # a context computes with the adapters that were there before it
        if self._adapter is not None:
            self._adapter.close()
        self._adapter, self._adapter_path = adapter, path
        self._last_lines = None

    def write(self, request: GenerationRequest, switch: Switch) -> Iterator[list[GenerationEvent]]:
        """All drafts of the request, one list of events a step, by the chat model or the agent."""
        if request.agent and request.lines is not None:
            return self._write_lines(request, request.lines, switch)
        writer = self.writer
        if request.agent:
            context = self._agent_context()
            writer = Writer(context, self._template, context.cells)
        return writer.write(request, switch)

    def _write_lines(
        self, request: GenerationRequest, lines: Lines, switch: Switch
    ) -> Iterator[list[GenerationEvent]]:
        """Lines of the agent; of a query that was read ahead they are there already."""
        if self._last_lines is None or self._last_lines[0] != request:
            prompt, end = self._prompt(request.turns), self.tokens(self._template.end, True)
            steps = list(write_lines(self._agent_context(), prompt, lines, self.tokens, end))
            if switch.cancelled():
                yield from steps
                return
            self._last_lines = (request, steps)
        yield from self._last_lines[1]

    def rest(self) -> None:
        """Give back the memory of what is made anew when it is needed again."""
        self._close_agent()
        if self._scoring is not None:
            self._scoring.close()
            self._scoring = None

    def score(self, task: ScoringTask) -> tuple[tuple[float, ...], ...]:
        """The log-probability of each continuation of each case."""
        if len(task.cases) != len(task.continuations):
            raise UsageProblem(
                f"There are {len(task.cases)} cases to score but continuations of "
                f"{len(task.continuations)}; give one list of continuations to each case."
            )
        cases = [
            Case(self._prompt(task.shared + turns), [self.tokens(text) for text in texts])
            for turns, texts in zip(task.cases, task.continuations, strict=True)
        ]
        return tuple(map(tuple, Scorer(self._scoring_context()).score(cases)))

    def _prompt(self, turns: tuple[Turn, ...]) -> list[int]:
        if not turns:
            raise UsageProblem("There is nothing to score after; give at least one turn.")
        return self._weights.tokenise(self._template.render(turns, True), True)

    def tokens(self, text: str, special: bool = False) -> list[int]:
        """The tokens of a text."""
        return self._weights.tokenise((Segment(text, special),), False) if text else []

    def top_tokens(self, tokens: Sequence[int], agent: bool) -> tuple[int, ...]:
        """The likeliest next token after each of the tokens."""
        if not all(0 <= token < self._weights.vocabulary for token in tokens):
            raise UsageProblem("A number is none of the model's tokens; take those of `tokenise`.")
        context = self._agent_context() if agent else self._scoring_context()
        room = min(AGENT_CONTEXT, context.cells)
        if len(tokens) > room:
            raise ContextTooLong(
                f"{len(tokens)} tokens cannot be compared at once; give {room} at most."
            )
        return tuple(top_tokens(context, tokens))

    def _agent_context(self) -> Context:
        if self._agent is None:
            if self._adapter is None and self._adapter_path is not None:
                self._adapter = load_adapter(self._weights, self._adapter_path, self._header)
            self._agent = self._side_context(self._shape, AGENT_CONTEXT, self._shape.sequences)
            if self._adapter is not None:
                self._adapter.use_in(self._agent)
        return self._agent

    def _scoring_context(self) -> Context:
        if self._scoring is None:
            # Nothing is decoded here: large batches, and attention that makes no table of them.
            shape = replace(self._shape, micro_batch=PACK_TOKENS, flash_attention=True)
            self._scoring = self._side_context(shape, SCORING_CONTEXT, _SCORING_SEQUENCES)
        return self._scoring

    def _side_context(self, like: Shape, most: int, sequences: int) -> Context:
        cells = min(most, self._header.context or most)
        outputs = _SCORING_SEQUENCES  # llama.cpp wants one per sequence at least
        shape = replace(like, cells=cells, sequences=sequences, outputs=outputs)
        return Context(self._weights, shape, self._aborted)

    def _close_agent(self) -> None:
        if self._agent is not None:
            self._agent.close()
            self._agent = None


def load(
    path: Path,
    options: EngineOptions,
    *,
    known_sha256: str,
    adapter: Path | None,
    threads: int,
    aborted: Callable[[], bool],
) -> Loaded:
    """Check, perhaps convert, and load the model. ModelProblem if it cannot be done.

    `adapter` is loaded when the agent is first asked.
    """
    header = read_header(path)
    fingerprint = Fingerprint(path, known_sha256)  # computed beside the loading
    template = choose_template(header.template)
    context = _context_size(header, options)
    file = fast_copy(
        header,
        fingerprint,
        options,
        features=cpu_features,
        convert=partial(convert, threads=threads),
    )
    chat = Context(
        Weights(file), _chat_shape(options, context, header.unscaled_context, threads), aborted
    )
    info = ModelInfo(
        name=header.name,
        path=path,
        sha256=fingerprint.result(),
        architecture=header.architecture,
        context=context,
        size_bytes=header.size_bytes,
        template=template.name,
        copy_type=file.suffixes[-2][1:].upper() if file != path else "",
    )
    return Loaded(info, header, chat, template, aborted, adapter)


def _chat_shape(options: EngineOptions, context: int, unscaled: int, threads: int) -> Shape:
    return Shape(
        cells=cells_for(context, unscaled),
        sequences=options.sequences,
        outputs=options.sequences,
        batch=options.batch,
        micro_batch=options.micro_batch,
        threads=threads,
        flash_attention=options.flash_attention,
    )


def _context_size(header: Header, options: EngineOptions) -> int:
    if options.context < 64:
        raise ModelProblem(
            f"A context of {options.context} tokens is too small; ask for 64 or more."
        )
    return min(options.context, header.context or options.context)
