"""Files that are too large for memory, made when they are asked for and sent from the disk."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from typing import IO

from flask import send_file
from werkzeug.wrappers import Response


def made_file(write: Callable[[IO[bytes]], None], media_type: str, name: str) -> Response:
    """A file to be saved, which `write` fills; it is gone from the disk when it is sent. Its name may be in Hindi."""
    with ExitStack() as failing:
        file = failing.enter_context(tempfile.TemporaryFile())
        write(file)
        failing.pop_all()  # the answer closes it
    size = file.tell()
    file.seek(0)
    answer = send_file(file, media_type, as_attachment=True, download_name=name)
    answer.content_length = size
    return answer
