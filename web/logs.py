"""What the service writes to its log: where an error came from, never its message, which may hold what people wrote."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutMessages(logging.Formatter):
    """Writes the kind and the places of an exception, but neither its message nor those of its causes."""

    def formatException(self, ei: _ExcInfo) -> str:
        return "".join([*traceback.format_tb(ei[2]), ei[0].__name__ if ei[0] else ""])

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have put the whole text there
        return super().format(record)


def begin_log() -> None:
    """Write the log of the whole process to standard error."""
    handler: logging.StreamHandler[Any] = logging.StreamHandler()
    handler.setFormatter(WithoutMessages(_FORMAT))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
