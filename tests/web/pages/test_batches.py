"""The pages of batches: accepted from files, ZIPs and folders, followed, downloaded, deleted."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.web.conftest import Browser, made
from translator.documents.plain import read_plain
from translator.documents.writing import WRITERS
from web.batches import PassedOver
from web.briefs import Accepted
from web.database import connect
from web.parts import attached
from web.queue import Queue

NOTE = "संयुक्त कार्य समूह की बैठक हुई।\nवे 5 मिनट मिले।".encode()
HTMX = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    root = tmp_path_factory.mktemp("root")
    (root / "अप्रैल").mkdir()
    (root / "अप्रैल" / "a.txt").write_bytes(NOTE)
    (root / "अप्रैल" / "photo.jpg").write_bytes(b"\xff")
    made_app = made(tmp_path_factory.mktemp("service"), folders=str(root))
    yield made_app
    attached(made_app).workers.stop()


def packed(files: dict[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return archive.getvalue()


def sent(client: Browser, *files: tuple[str, bytes], **fields: str) -> TestResponse:
    return client.form("/batches", files=[(io.BytesIO(content), name) for name, content in files], **fields)


def done(app: Flask, answer: TestResponse) -> str:
    """The id of a batch that was accepted, when all of it is translated."""
    assert answer.status_code == 303, answer.get_data(as_text=True)
    batch_id = answer.location.rpartition("/")[2]
    end = time.monotonic() + 60
    while attached(app).batches.batch(batch_id).is_open:
        assert time.monotonic() < end, "not done after 60 s"
        time.sleep(0.05)
    return batch_id


def browser(app: Flask) -> Browser:
    client = app.test_client()
    assert isinstance(client, Browser)
    return client


@pytest.fixture(scope="module")
def batch_id(app: Flask) -> str:
    """A batch that is done: two notes of one name in folders, and two files that cannot be read."""
    pack = packed({"नोट/बैठक.txt": NOTE, "नोट/बैठक.md": NOTE, "नोट/=1.jpg": b"\xff"})
    return done(app, sent(browser(app), ("pack.zip", pack), ("../c.txt", NOTE), ("no.zip", b"PK"), name="अप्रैल"))


def test_the_page_shows_every_document_and_what_was_passed_over(client: Browser, batch_id: str) -> None:
    page = client.get(f"/batches/{batch_id}").get_data(as_text=True)
    for words in (
        "<h1>अप्रैल</h1>",
        "नोट/बैठक.txt",
        "नोट/बैठक.md",
        ">c.txt<",
        "3 of 3 documents done",
        "no.zip",
        "not a ZIP",
        "=1.jpg",
    ):
        assert words in page
    assert "hx-trigger" not in page
    assert 'http-equiv="refresh"' not in page
    assert page.count('href="/briefs/') == 3
    assert f"/batches/{batch_id}" in client.get("/batches").get_data(as_text=True)


def test_the_results_are_a_zip_with_folders_and_a_report(client: Browser, batch_id: str) -> None:
    with client.get(f"/batches/{batch_id}/results?kind=html&kind=md") as answer:
        assert answer.mimetype == "application/zip"
        assert "%E0%A4%85" in answer.headers["Content-Disposition"]
        assert answer.content_length == len(answer.data)
        archived = answer.data
    with zipfile.ZipFile(io.BytesIO(archived)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        stems = ["नोट/बैठक", "नोट/बैठक (2)", "c"]
        assert names == [*(stem + WRITERS[kind].suffix for stem in stems for kind in ("html", "md")), "report.csv"]
        assert all(info.flag_bits & 0x800 for info in archive.infolist() if not info.filename.isascii())
        assert "Joint Working Group" in archive.read("c.html").decode()
        report = archive.read("report.csv")
    assert report.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(report.decode("utf-8-sig"))))
    assert [(row["document"], row["file"], row["state"]) for row in rows] == [
        ("नोट/बैठक.txt", "नोट/बैठक", "done"),
        ("नोट/बैठक.md", "नोट/बैठक (2)", "done"),
        ("c.txt", "c", "done"),
        ("नोट/=1.jpg", "", "passed over"),
        ("no.zip", "", "passed over"),
    ]
    assert rows[2]["sentences"] == "2"
    assert int(rows[2]["terms pinned"]) >= 1
    assert rows[4]["reason"]


@pytest.mark.parametrize(("query", "status"), [("", 400), ("?kind=exe", 404), ("?kind=md&kind=../x", 404)])
def test_results_in_no_known_format_are_refused(client: Browser, batch_id: str, query: str, status: int) -> None:
    assert client.get(f"/batches/{batch_id}/results{query}").status_code == status


def test_a_folder_on_the_server_is_a_batch(app: Flask, client: Browser) -> None:
    assert '<option value="अप्रैल">' in client.get("/batches").get_data(as_text=True)
    batch = attached(app).batches.batch(done(app, client.form("/batches", folder="अप्रैल")))
    assert (batch.name, batch.documents, [file.name for file in batch.passed_over]) == ("अप्रैल", 1, ["photo.jpg"])


@pytest.mark.parametrize(
    ("files", "fields", "words"),
    [
        ([], {}, "There is no file"),
        ([("a.jpg", b"x"), ("b.zip", b"PK")], {}, "None of the files can be read. a.jpg: Files of type .jpg"),
        ([("a.txt", NOTE)], {"folder": "अप्रैल"}, "the one or the other"),
        ([], {"folder": "../"}, "leads out of the folder"),
        ([], {"folder": "nowhere"}, "no such folder"),
        ([("a.txt", NOTE)], {"units": "dozens"}, "Units are"),
    ],
)
def test_what_cannot_be_a_batch_is_told(
    app: Flask, client: Browser, files: list[tuple[str, bytes]], fields: dict[str, str], words: str
) -> None:
    before = attached(app).batches.count()
    answer = sent(client, *files, **fields)
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)
    assert attached(app).batches.count() == before


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A service without workers and without a folder for batches."""
    return made(tmp_path_factory.mktemp("idle"), workers=0)


def test_2000_files_are_taken_at_once(idle: Flask) -> None:
    client = browser(idle)
    token = client.get("/").get_data(as_text=True).partition('csrf-token" content="')[2].partition('"')[0]
    files = [FileStorage(io.BytesIO(NOTE), f"{number}.txt") for number in range(2000)]
    boundary, body = encode_multipart({"csrf_token": token, "files": files})
    answer = client.post("/batches", data=body, content_type=f"multipart/form-data; boundary={boundary}")
    assert answer.status_code == 303
    part = client.get(answer.location, headers=HTMX).get_data(as_text=True)
    assert part.startswith('<div id="batch"')
    assert 'hx-trigger="every 2s"' in part
    assert "0 of 2000 documents" in part
    assert ("page=2" in part, ">Next<" in part, ">Previous<" in part) == (True, True, False)
    assert ">Previous<" in client.get(f"{answer.location}?page=2").get_data(as_text=True)
    assert '<noscript><meta http-equiv="refresh"' in client.get(answer.location).get_data(as_text=True)
    assert client.form(f"{answer.location}/delete").status_code == 303


def test_without_a_root_no_folder_can_be_named(idle: Flask) -> None:
    client = browser(idle)
    assert "folder on the server" not in client.get("/batches").get_data(as_text=True)
    assert "No folder on the server" in client.form("/batches", folder=".").get_data(as_text=True)


def test_what_is_not_done_is_in_the_report_and_what_failed_can_be_tried_again(idle: Flask) -> None:
    service, client = attached(idle), browser(idle)
    documents = [Accepted(read_plain("बैठक।", name), b"x") for name in ("+1.txt", "2.txt")]
    batch_id = service.batches.accept("x", [*documents, PassedOver("@x", "=1")], "asha")
    queue = Queue(connect(service.settings.database_url), service.news)
    work = queue.take("here 1")
    assert work
    queue.fail(work.number, "No engine.")
    with client.get(f"/batches/{batch_id}/results?kind=md") as answer, zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist() == ["report.csv"]
        rows = list(csv.reader(io.StringIO(archive.read("report.csv").decode("utf-8-sig"))))
    assert rows[1:] == [
        ["'+1.txt", "", "failed", "1", "", "", "", "No engine."],
        ["2.txt", "", "waiting", "1", "", "", "", ""],
        ["'@x", "", "passed over", "", "", "", "", "'=1"],
    ]
    page = client.get(f"/batches/{batch_id}").get_data(as_text=True)
    assert "failed: No engine." in page
    assert "Try failed ones again" in page
    assert client.form(f"/batches/{batch_id}/again").status_code == 303
    assert "Try failed ones again" not in client.get(f"/batches/{batch_id}").get_data(as_text=True)


def test_a_viewer_reads_only(idle: Flask) -> None:
    accounts, batch = attached(idle).accounts, attached(idle).batches.all()[0]
    accounts.add("asha", "a long password of hers", "admin")
    accounts.add("ravi", "a long password of his", "viewer")
    key = {"Authorization": f"Bearer {accounts.make_key('ravi', 'test')[1]}"}
    client = idle.test_client()
    for path in ("/batches", f"/batches/{batch.id}"):
        page = client.get(path, headers=key)
        assert page.status_code == 200
        assert 'method="post" action="/batches' not in page.get_data(as_text=True)
    for path in ("/batches", f"/batches/{batch.id}/again", f"/batches/{batch.id}/delete"):
        assert client.post(path, headers=key).status_code == 403
    assert attached(idle).batches.batch(batch.id) == batch


def test_a_deleted_batch_is_gone_and_the_audit_log_says_so(app: Flask, client: Browser) -> None:
    batch_id = done(app, sent(client, ("a.txt", NOTE)))
    assert client.form(f"/batches/{batch_id}/delete").status_code == 303
    for path in ("", "/results?kind=md"):
        assert client.get(f"/batches/{batch_id}{path}").status_code == 404
    assert client.form(f"/batches/{batch_id}/delete").status_code == 404
