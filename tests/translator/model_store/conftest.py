"""A folder of models of each test's own, small real models of each kind, and a hub on this machine."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from training.embedded import read_checkpoint
from training.marian_folder import write_marian_folder
from translator.engines.compact import EMBEDDED
from translator.model_store import shelf

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder of models."""
    folder = tmp_path / "models"
    monkeypatch.setenv(shelf.VARIABLE, str(folder))
    return folder


@pytest.fixture(scope="session")
def marian_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The embedded model as transformers keeps a MarianMT model."""
    made = tmp_path_factory.mktemp("marian") / "small-marian"
    pieces = json.loads((EMBEDDED / "shared_vocabulary.json").read_text(encoding="utf-8"))
    write_marian_folder(read_checkpoint(EMBEDDED), pieces, EMBEDDED / "sentencepiece.model", made)
    return made


@dataclass
class Hub:
    """What a hub on this machine has, by repository and path, and how it behaves."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    status: int = 200
    gated: bool = False
    cut_after: int | None = None
    """Bytes after which the first download breaks off."""
    stated: dict[str, str] = field(default_factory=dict)
    ranges: list[str] = field(default_factory=list)
    """The parts of files that were asked for."""


@pytest.fixture
def hub() -> Iterator[Hub]:
    """A server that answers as the hub does to who asks for a file: its commit, its size, its sum, and any part of it."""
    served = Hub()

    class Answer(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def _answer(self, with_body: bool) -> None:
            asked = re.fullmatch(r"/(?:datasets/)?(.+)/resolve/[^/]+/(.+)", self.path)
            content = served.files.get(asked[2]) if asked else None
            if served.gated or content is None or served.status != 200:
                self.send_response(403 if served.gated else served.status if served.status != 200 else 404)
                if served.status == 200:
                    self.send_header("X-Error-Code", "GatedRepo" if served.gated else "EntryNotFound")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            assert asked
            start = 0
            if part := self.headers.get("Range"):
                served.ranges.append(part)
                start = int(part.removeprefix("bytes=").partition("-")[0])
            self.send_response(206 if start else 200)
            self.send_header("X-Repo-Commit", COMMIT)
            self.send_header("ETag", f'"{served.stated.get(asked[2]) or hashlib.sha256(content).hexdigest()}"')
            self.send_header("Accept-Ranges", "bytes")
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
            self.send_header("Content-Length", str(len(content) - start))
            self.end_headers()
            if not with_body:
                return
            if served.cut_after is not None and len(content) > served.cut_after:
                self.wfile.write(content[start : served.cut_after])
                self.wfile.flush()
                served.cut_after = None
                served.status = 503
                self.close_connection = True
                return
            self.wfile.write(content[start:])

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        served.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()
