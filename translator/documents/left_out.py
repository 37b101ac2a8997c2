"""What a reader had to leave out of a document, in words for the one who reads the brief."""

from __future__ import annotations

from collections.abc import Mapping

LEFT_OUT = "left out"  # the name of this in the metadata of a document


def left_out(counts: Mapping[str, int]) -> dict[str, str]:
    """The metadata of a document that lacks these things, each named in the singular; none if nothing is lacking.

    >>> left_out({"picture": 2, "comment": 1, "chart": 0})
    {'left out': '2 pictures, 1 comment.'}
    """
    said = [f"{count} {what}{'s' if count > 1 else ''}" for what, count in counts.items() if count]
    return {LEFT_OUT: ", ".join(said) + "."} if said else {}


def notice(metadata: Mapping[str, str]) -> str:
    """What a brief says of the document that it lacks; "" if it lacks nothing.

    >>> notice(left_out({"picture": 2}))
    'Not in this brief: 2 pictures. Look at the original for it.'
    """
    return f"Not in this brief: {metadata[LEFT_OUT]} Look at the original for it." if metadata.get(LEFT_OUT) else ""
