"""A checkpoint as a folder that transformers' MarianMTModel loads.

DeepNorm has LN(αx + f(x)) where Marian has LN(x + f(x)); since a layer norm does not see the scale of its input, dividing the
output of each residual branch by α makes them the same.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from training.embedded import Checkpoint

_NORMS = {
    "enc": {"r1.ln": "self_attn_layer_norm", "r2.ln": "final_layer_norm"},
    "dec": {"r1.ln": "self_attn_layer_norm", "r2.ln": "encoder_attn_layer_norm", "r3.ln": "final_layer_norm"},
}
_ATTENTION = {"att": "self_attn", "cross": "encoder_attn"}
_PARTS = {"qkv": "qkv", "kv": "kv", "q": "q"}  # which projections lie one on another in a matrix
_NEVER = -1e4  # bias of the pieces that English cannot need


def write_marian_folder(checkpoint: Checkpoint, pieces: list[str], sentencepiece: Path, folder: Path) -> None:
    """Write config, weights and tokenizer. `pieces` is the vocabulary without <pad>, which comes last and is zero."""
    from transformers import MarianConfig, MarianMTModel

    shape = checkpoint.shape
    size = shape["V"]
    config = MarianConfig(
        vocab_size=size,
        decoder_vocab_size=size,
        d_model=shape["d"],
        encoder_layers=shape["el"],
        decoder_layers=shape["dl"],
        encoder_ffn_dim=shape["f"],
        decoder_ffn_dim=shape["f"],
        encoder_attention_heads=shape["h"],
        decoder_attention_heads=shape["h"],
        activation_function="relu",
        scale_embedding=True,
        share_encoder_decoder_embeddings=True,
        max_position_embeddings=shape["maxlen"],
        pad_token_id=size - 1,
        eos_token_id=0,
        bos_token_id=None,
        decoder_start_token_id=size - 1,
        forced_eos_token_id=0,
    )
    model = MarianMTModel(config)
    missing, unexpected = model.load_state_dict(_state(checkpoint), strict=False)
    missing = [name for name in missing if "embed_positions" not in name]
    if missing or unexpected:
        raise ValueError(f"the checkpoint does not fit Marian: {missing or unexpected}")
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(sentencepiece, folder / name)
    vocabulary = {piece: number for number, piece in enumerate([*pieces, "<pad>"])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    tokenizer = {
        "tokenizer_class": "MarianTokenizer",
        "source_lang": "hi",
        "target_lang": "en",
        "model_max_length": shape["maxlen"],
    }
    special = {"eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    (folder / "tokenizer_config.json").write_text(json.dumps({**tokenizer, **special}), encoding="utf-8")


def _state(checkpoint: Checkpoint) -> dict[str, Any]:
    """The weights under the names of transformers."""
    import torch

    shape = checkpoint.shape
    weights = {name: torch.from_numpy(array.copy()) for name, array in checkpoint.weights.items()}
    alpha = {"enc": 0.81 * (shape["el"] ** 4 * shape["dl"]) ** (1 / 16), "dec": (3 * shape["dl"]) ** 0.25}
    embedding = weights.pop("emb")
    bias = torch.full((1, shape["V"]), _NEVER)
    bias[0, : shape["N"]] = weights.pop("bias")
    places = ("model.shared", "model.encoder.embed_tokens", "model.decoder.embed_tokens", "lm_head")
    state = {f"{place}.weight": embedding for place in places} | {"final_logits_bias": bias}
    for name, weight in weights.items():
        part, layer, *module, leaf = name.split(".")
        where = f"model.{'encoder' if part == 'enc' else 'decoder'}.layers.{layer}."
        path = ".".join(module)
        if path in _NORMS[part]:
            state[f"{where}{_NORMS[part][path]}.{leaf}"] = weight
        elif path in ("fc1", "fc2"):
            state[f"{where}{path}.{leaf}"] = weight / alpha[part] if path == "fc2" else weight
        elif module[1] == "out":
            state[f"{where}{_ATTENTION[module[0]]}.out_proj.{leaf}"] = weight / alpha[part]
        else:
            letters = _PARTS[module[1]]
            for letter, matrix in zip(letters, weight.chunk(len(letters), 0), strict=True):
                state[f"{where}{_ATTENTION[module[0]]}.{letter}_proj.{leaf}"] = matrix
    return state
