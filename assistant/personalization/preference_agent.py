"""The preference agent: a small model with a LoRA adapter. The only module that imports peft.

Contract: the base stays frozen; adapter, losses and optimiser are fp32, and the base's products
run in BF16 where the processor computes it natively (in the engine they do, too) or in fp32.
Nothing is fetched: the model is built from its configuration, the weights come from the cache.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import safetensors.torch
import torch
import transformers
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict
from tokenizers import Tokenizer
from torch import Tensor

from assistant.personalization.agent_batches import Row, padded
from assistant.personalization.agent_task import AgentOptions
from assistant.personalization.gguf_base import Base
from assistant.personalization.gguf_names import LINEAR

_CLASSES = {
    "llama": ("LlamaConfig", "LlamaForCausalLM"),
    "qwen2": ("Qwen2Config", "Qwen2ForCausalLM"),
}
_NO_KEYS_HERE = {"qwen2": {"head_dim"}}  # what the family's configuration does not know


class PreferenceAgent:
    """A loaded base with one adapter, new until `load` is called. `exact` computes in fp32."""

    def __init__(self, base: Base, options: AgentOptions, *, exact: bool = False) -> None:
        self.half = not exact and computes_bf16()
        self.options = options
        self.tokenizer = Tokenizer.from_file(str(base.tokenizer))
        model = _load_base(base, torch.bfloat16 if self.half else torch.float32)
        with torch.random.fork_rng(devices=[]), warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # peft asks transformers an old name
            torch.manual_seed(options.seed)
            self._model = get_peft_model(model, _lora(options))
        self._body = model.model
        self._head = model.lm_head
        self.parameters = [p for p in self._model.parameters() if p.requires_grad]

    def log_probs(self, row: Row) -> Tensor:
        """Log-probability of each wanted token of a row, shape (wanted,)."""
        count, row = len(row.wanted), padded(row)
        ids, positions = (torch.from_numpy(a)[None] for a in (row.ids, row.positions))
        with torch.autocast("cpu", torch.bfloat16, enabled=self.half):
            hidden = self._body(
                inputs_embeds=self._body.embed_tokens(ids).float(),
                position_ids=positions,
                attention_mask=torch.from_numpy(row.seen)[None, None],
                use_cache=False,
            ).last_hidden_state[0]
            logits = self._head(hidden[torch.from_numpy(row.places)])
        wanted = torch.from_numpy(row.wanted)
        losses = torch.nn.functional.cross_entropy(logits.float(), wanted, reduction="none")
        return -losses[:count]

    def write(self, prompt: list[int], most: int, end: int) -> list[int]:
        """The most probable continuation, token by token, until `end`."""
        written: list[int] = []
        memory: Any = None
        ids = prompt
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=self.half):
            while len(written) < most:
                found = self._body(
                    inputs_embeds=self._body.embed_tokens(torch.tensor([ids])).float(),
                    past_key_values=memory,
                    use_cache=True,
                )
                memory = found.past_key_values
                token = int(self._head(found.last_hidden_state[0, -1]).argmax())
                if token == end:
                    break
                written.append(token)
                ids = [token]
        return written

    @contextmanager
    def untrained(self) -> Iterator[None]:
        """The base without its adapter, inside the block."""
        with self._model.disable_adapter():
            yield

    def dump(self) -> bytes:
        """The adapter as a safetensors file, in peft's names."""
        state = get_peft_model_state_dict(self._model, save_embedding_layers=False)
        tensors = {name: value.detach().float().contiguous() for name, value in state.items()}
        return safetensors.torch.save(tensors, {"alpha": str(self.options.alpha)})

    def load(self, state: bytes) -> None:
        """Take over a dumped adapter; ValueError if it was not made for this base and rank."""
        tensors = safetensors.torch.load(state)
        own = get_peft_model_state_dict(self._model, save_embedding_layers=False)
        if {k: v.shape for k, v in tensors.items()} != {k: v.shape for k, v in own.items()}:
            raise ValueError("the adapter belongs to another base or has another rank")
        if not all(bool(torch.isfinite(value).all()) for value in tensors.values()):
            raise ValueError("the adapter has values that are not finite")
        set_peft_model_state_dict(self._model, tensors)

    def largest_change(self) -> float:
        """The largest change of a layer by the adapter, as a share of the layer's own norm."""
        changes = []
        for layer in self._model.modules():
            if hasattr(layer, "lora_A"):
                down, up = layer.lora_A["default"].weight, layer.lora_B["default"].weight
                inner = (up.T @ up) * (down @ down.T)  # trace of a product, without the product
                change = layer.scaling["default"] * inner.sum().clamp(min=0).sqrt()
                changes.append(change / layer.base_layer.weight.float().norm())
        return float(torch.stack(changes).max().detach())


def plain_model(base: Base, options: AgentOptions) -> Any:  # noqa: ANN401 (peft is untyped)
    """The base in fp32 with an adapter, as peft gives it: the baseline of measurements."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return get_peft_model(_load_base(base, torch.float32), _lora(options))


def computes_bf16() -> bool:
    """Whether this processor multiplies BF16 natively; elsewhere it is slower than fp32."""
    found = torch.cpu.get_capabilities()
    return bool(found.get("avx512_bf16") or found.get("amx_bf16") or found.get("bf16"))


def _lora(options: AgentOptions) -> LoraConfig:
    """An adapter on every linear layer of every block."""
    return LoraConfig(
        r=options.rank,
        lora_alpha=options.alpha,
        lora_dropout=0.0,
        target_modules=[inner.split(".")[1] for inner in LINEAR.values()],
        task_type="CAUSAL_LM",
    )


def _load_base(base: Base, dtype: torch.dtype) -> Any:  # noqa: ANN401 (transformers is untyped)
    """The model with its cached weights, frozen, never initialised at random."""
    config_name, model_name = _CLASSES[base.architecture]
    unknown = _NO_KEYS_HERE.get(base.architecture, set()) | {"model_type"}
    keys = {key: value for key, value in base.config.items() if key not in unknown}
    config = getattr(transformers, config_name)(**keys, attn_implementation="sdpa")
    with torch.device("meta"):
        model = getattr(transformers, model_name)(config)
    weights = safetensors.torch.load_file(base.weights)
    for name in list(weights):
        kind = dtype if weights[name].ndim > 1 else torch.float32
        weights[name] = weights.pop(name).to(kind)
    model.load_state_dict(weights, strict=False, assign=True)
    model.model.rotary_emb = type(model.model.rotary_emb)(config)  # its buffers are in no file
    model.tie_weights()
    if any(parameter.is_meta for parameter in model.parameters()):
        raise ValueError("the cached base lacks weights of its architecture")
    return model.requires_grad_(False).eval()
