"""What the processor and the memory allocator are good for. Both decide whether a run takes hours or days."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

_UNITS = ("amx_bf16", "avx512_bf16")


def has_bf16(cpuinfo: str) -> bool:
    """Whether a processor, as /proc/cpuinfo tells of it, multiplies bf16 in hardware.

    Without such units a product of bf16 matrices is a plain loop, fifty times slower than fp32.

    >>> has_bf16("flags : fpu avx2 avx512_bf16"), has_bf16("flags : fpu avx2")
    (True, False)
    """
    flags = {word for line in cpuinfo.splitlines() if line.startswith("flags") for word in line.split()}
    return not flags.isdisjoint(_UNITS)


def working_type() -> torch.dtype:
    """The type of weights and gradients that is fastest here: bf16 or fp32. The masters are fp32 in any case."""
    import torch

    return torch.bfloat16 if has_bf16(_read(Path("/proc/cpuinfo"))) else torch.float32


def allocator_advice(maps: str, libraries: list[str]) -> str | None:
    """What to do for a faster allocator, given the libraries that this process has mapped and those that are installed.

    glibc gives freed tensors back to the kernel at once, and the page faults eat most of a step: 473 target pieces a second
    against 3,632 with tcmalloc.

    >>> allocator_advice("/usr/lib/libtcmalloc_minimal.so.4", []) is None
    True
    >>> allocator_advice("/usr/lib/libc.so.6", ["/usr/lib/libtcmalloc_minimal.so.4"])
    'tcmalloc is not loaded: training is up to seven times slower. Start with LD_PRELOAD=/usr/lib/libtcmalloc_minimal.so.4'
    """
    if "tcmalloc" in maps:
        return None
    how = f"Start with LD_PRELOAD={libraries[0]}" if libraries else "Install it (Debian: libtcmalloc-minimal4) and preload it"
    return f"tcmalloc is not loaded: training is up to seven times slower. {how}"


def advice() -> str | None:
    """`allocator_advice` for this process; None where nothing is known of its memory."""
    maps = _read(Path("/proc/self/maps"))
    return allocator_advice(maps, sorted(map(str, Path("/usr/lib").glob("*/libtcmalloc_minimal.so.4")))) if maps else None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
