"""What the processor and the allocator are asked."""

from __future__ import annotations

import pytest

from training.processor import allocator_advice, has_bf16

_TCMALLOC = "/usr/lib/x/libtcmalloc_minimal.so.4"


@pytest.mark.parametrize(
    ("cpuinfo", "has"),
    [
        ("flags\t\t: fpu sse avx512_bf16 vnni", True),
        ("processor : 0\nflags : amx_bf16\nprocessor : 1", True),
        ("flags : fpu avx2 avx512f", False),
        ("model name : avx512_bf16 in name only\nflags : fpu", False),
        ("", False),
    ],
)
def test_bf16_is_a_matter_of_the_flags(cpuinfo: str, has: bool) -> None:
    assert has_bf16(cpuinfo) == has


@pytest.mark.parametrize(
    ("maps", "libraries", "says"),
    [
        (f"7f r-xp {_TCMALLOC}", [_TCMALLOC], None),
        ("7f r-xp /lib/libc.so.6", [_TCMALLOC], f"LD_PRELOAD={_TCMALLOC}"),
        ("7f r-xp /lib/libc.so.6", [], "libtcmalloc-minimal4"),
    ],
)
def test_the_advice_says_what_to_do(maps: str, libraries: list[str], says: str | None) -> None:
    advice = allocator_advice(maps, libraries)
    assert (advice is None) if says is None else says in str(advice)
