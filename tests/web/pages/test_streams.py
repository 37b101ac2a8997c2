"""Many pages of briefs may be open; what is left of the threads answers everyone else."""

from __future__ import annotations

from pathlib import Path

from tests.web.conftest import made
from translator.documents.plain import read_plain
from web.briefs import Accepted
from web.parts import attached


def test_where_too_many_streams_are_open_one_tells_what_there_is_and_ends(tmp_path: Path) -> None:
    app = made(tmp_path, workers=0, threads=9)  # one stream
    brief_id = attached(app).briefs.accept([Accepted(read_plain("वे मिले।", "note"), b"")], "asha")[0]
    client = app.test_client()
    first = client.get(f"/briefs/{brief_id}/events", buffered=False)
    stream = iter(first.response)
    assert next(stream) == b"retry: 1000\n\n"
    second = client.get(f"/briefs/{brief_id}/events")  # a stream that stayed would never end: no one translates
    assert second.get_data() == b"retry: 1000\n\n"
    first.close()
    third = iter(client.get(f"/briefs/{brief_id}/events", buffered=False).response)
    assert [next(third), next(third)] == [b"retry: 1000\n\n", b": nothing new\n\n"]
