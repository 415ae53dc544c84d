"""Models of a few hundred kilobytes with random weights, one per architecture."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np

WIDTH, HEADS, KV_HEADS, HEAD, HIDDEN, LAYERS = 64, 4, 2, 16, 128, 2

CHATML = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
GEMMA = (
    "{% for m in messages %}<start_of_turn>{{ m.role }}\n{{ m.content }}<end_of_turn>\n{% endfor %}"
)
OWN = "{% for m in messages %}({{ m.role }}) {{ m.content }}\n{% endfor %}(assistant)"
TEMPLATES = {"qwen2": CHATML, "gemma3": GEMMA, "qwen3": CHATML, "llama": OWN}


def write_tiny_model(path: Path, architecture: str) -> None:
    """A model that llama.cpp loads and that writes nonsense."""
    writer, random = gguf.GGUFWriter(path, architecture), np.random.default_rng(5)
    writer.add_name(f"Tiny {architecture}")
    writer.add_context_length(512)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_key_length(HEAD)
    writer.add_value_length(HEAD)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_dimension_count(HEAD)
    if architecture == "gemma3":
        writer.add_sliding_window(32)
    vocabulary = _add_byte_tokens(writer)
    writer.add_chat_template(TEMPLATES[architecture])
    for name, shape in _shapes(architecture, vocabulary).items():
        scale = 0.0 if name.endswith("norm.weight") else 0.4
        weights = random.normal(0 if scale else 1, scale, shape).astype(np.float32)
        writer.add_tensor(name, weights)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_byte_tokens(writer: gguf.GGUFWriter) -> int:
    """The 256 bytes, in the printable form that byte-level BPE gives them, and two ends."""
    shown = [b for b in range(256) if 33 <= b <= 126 or 161 <= b <= 172 or b >= 174]
    hidden = [b for b in range(256) if b not in shown]
    letters = {b: chr(b) for b in shown} | {b: chr(256 + i) for i, b in enumerate(hidden)}
    tokens = [letters[b] for b in range(256)] + ["<|im_end|>", "<|im_start|>"]
    kinds = [gguf.TokenType.NORMAL] * 256 + [gguf.TokenType.CONTROL] * 2
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges(["a b"])
    writer.add_bos_token_id(256)
    writer.add_eos_token_id(256)
    writer.add_add_bos_token(False)
    return len(tokens)


def _shapes(architecture: str, vocabulary: int) -> dict[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {
        "token_embd.weight": (vocabulary, WIDTH),
        "output_norm.weight": (WIDTH,),
    }
    for layer in range(LAYERS):
        block = {
            "attn_norm.weight": (WIDTH,),
            "attn_q.weight": (HEADS * HEAD, WIDTH),
            "attn_k.weight": (KV_HEADS * HEAD, WIDTH),
            "attn_v.weight": (KV_HEADS * HEAD, WIDTH),
            "attn_output.weight": (WIDTH, HEADS * HEAD),
            "ffn_norm.weight": (WIDTH,),
            "ffn_gate.weight": (HIDDEN, WIDTH),
            "ffn_up.weight": (HIDDEN, WIDTH),
            "ffn_down.weight": (WIDTH, HIDDEN),
        }
        if architecture == "qwen2":
            sizes = {"q": HEADS * HEAD, "k": KV_HEADS * HEAD, "v": KV_HEADS * HEAD}
            block |= {f"attn_{part}.bias": (size,) for part, size in sizes.items()}
        if architecture in ("gemma3", "qwen3"):
            block |= {"attn_q_norm.weight": (HEAD,), "attn_k_norm.weight": (HEAD,)}
        if architecture == "gemma3":
            block |= {"post_attention_norm.weight": (WIDTH,), "post_ffw_norm.weight": (WIDTH,)}
        shapes |= {f"blk.{layer}.{name}": shape for name, shape in block.items()}
    return shapes
