"""The embedded int8 model back into weights to train on, for a machine that has no training state.

    python -m training.embedded run/state.pt TOKENS

writes a state that the training continues as if it had seen TOKENS target pieces. Reads CTranslate2's binary format (version 6)
and undoes what the export did: int8 rows are divided by their scales, the branch outputs are multiplied by DeepNorm's α again.
What int8 lost stays lost; a few minutes of training make up for it.
"""

from __future__ import annotations

import json
import re
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

_EMBEDDED = Path(__file__).parent.parent / "translator" / "models" / "compact"
_VERSION = 6
_TYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)
_NEVER = -9999.0  # bias of the pieces that English cannot need
_LONGEST = 512  # positions that the model has been built for


@dataclass(frozen=True)
class Checkpoint:
    """Shape and weights under the names of the training code: {d, f, el, dl, h, V, N, norm, maxlen} and name → array."""

    shape: dict[str, Any]
    weights: dict[str, Array]


def read_checkpoint(folder: Path) -> Checkpoint:
    """The weights of a CTranslate2 folder that holds one of our DeepNorm models. Raises ValueError for any other."""
    variables = _read_variables(folder / "model.bin")
    vocabulary = json.loads((folder / "shared_vocabulary.json").read_text(encoding="utf-8"))
    embedding = _matrix(variables, "decoder/embeddings")
    bias = variables["decoder/projection/bias"].astype(np.float32)
    layers = {
        part: 1 + max(map(int, re.findall(rf"{part}/layer_(\d+)/", " ".join(variables)))) for part in ("encoder", "decoder")
    }
    alpha = {
        "encoder": 0.81 * (layers["encoder"] ** 4 * layers["decoder"]) ** (1 / 16),
        "decoder": (3 * layers["decoder"]) ** 0.25,
    }
    width = embedding.shape[1]
    outputs = int((bias > _NEVER).sum())
    weights: dict[str, Array] = {
        "emb": np.concatenate([embedding, np.zeros((1, width), np.float32)]),  # the last row is <pad>: zero
        "bias": bias[:outputs],
    }
    for part, blocks in _BLOCKS.items():
        for layer in range(layers[part]):
            for ours, (theirs, branch) in blocks.items():
                place, scale = f"{part}/layer_{layer}/{theirs}", alpha[part] if branch else 1.0
                name = f"{part[:3]}.{layer}.{ours}"
                if theirs.endswith("layer_norm"):
                    weights[f"{name}.weight"], weights[f"{name}.bias"] = variables[f"{place}/gamma"], variables[f"{place}/beta"]
                else:
                    weights[f"{name}.weight"] = _matrix(variables, place) * scale
                    weights[f"{name}.bias"] = variables[f"{place}/bias"].astype(np.float32) * scale
    shape = {
        "V": len(vocabulary) + 1,
        "N": outputs,
        "d": width,
        "f": weights["enc.0.fc1.weight"].shape[0],
        "el": layers["encoder"],
        "dl": layers["decoder"],
        "h": int(variables["encoder/num_heads"]),
        "norm": "deep",
        "maxlen": _LONGEST,
    }
    return Checkpoint(shape, {name: array.astype(np.float32) for name, array in weights.items()})


# Our name → (CTranslate2's name, whether it is the output of a residual branch).
_ATTENTION = {
    "att.qkv": ("self_attention/linear_0", False),
    "att.out": ("self_attention/linear_1", True),
    "r1.ln": ("self_attention/layer_norm", False),
    "fc1": ("ffn/linear_0", False),
    "fc2": ("ffn/linear_1", True),
}
_BLOCKS = {
    "encoder": {**_ATTENTION, "r2.ln": ("ffn/layer_norm", False)},
    "decoder": {
        **_ATTENTION,
        "cross.q": ("attention/linear_0", False),
        "cross.kv": ("attention/linear_1", False),
        "cross.out": ("attention/linear_2", True),
        "r2.ln": ("attention/layer_norm", False),
        "r3.ln": ("ffn/layer_norm", False),
    },
}


def _matrix(variables: dict[str, Array], name: str) -> Array:
    weight = variables[f"{name}/weight"].astype(np.float32)
    scale = variables.get(f"{name}/weight_scale")
    return weight if scale is None else weight / scale.reshape(-1, 1)


def _read_variables(path: Path) -> dict[str, Array]:
    with path.open("rb") as file:
        (version,) = _unpack(file, "<I")
        if version != _VERSION:
            raise ValueError(f"{path}: CTranslate2 format {version} is not {_VERSION}; convert the model anew.")
        _read_name(file)
        _unpack(file, "<I")  # revision of the specification
        (count,) = _unpack(file, "<I")
        variables = dict(_read_variable(file) for _ in range(count))
        (aliases,) = _unpack(file, "<I")
        for _ in range(aliases):
            alias, name = _read_name(file), _read_name(file)
            variables[alias] = variables[name]
    return variables


def _read_variable(file: BinaryIO) -> tuple[str, Array]:
    name = _read_name(file)
    (rank,) = _unpack(file, "<B")
    shape = _unpack(file, f"<{rank}I")
    kind, size = _unpack(file, "<BI")
    return name, np.frombuffer(file.read(size), dtype=_TYPES[kind]).reshape(shape)


def _read_name(file: BinaryIO) -> str:
    (length,) = _unpack(file, "<H")
    return file.read(length).rstrip(b"\0").decode()


def _unpack(file: BinaryIO, form: str) -> tuple[Any, ...]:
    return struct.unpack(form, file.read(struct.calcsize(form)))


def main(target: Path, tokens: float) -> None:
    """Write the embedded model as a training state."""
    import torch  # here alone: reading needs numpy only

    checkpoint = read_checkpoint(_EMBEDDED)
    weights = {name: torch.from_numpy(array) for name, array in checkpoint.weights.items()}
    torch.save({"m": weights, "ema": weights, "cfg": checkpoint.shape, "tok": tokens, "step": 0}, target)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m training.embedded run/state.pt TOKENS")
    main(Path(sys.argv[1]), float(sys.argv[2]))
