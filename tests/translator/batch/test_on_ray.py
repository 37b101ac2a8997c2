"""A real cluster of two nodes on this machine, and the same notes done without it. The memory that Ray asks for is kept small."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

ray = pytest.importorskip("ray", reason="Ray is not here; the extra dwibhashi[ray] brings it")

import psutil  # noqa: E402  Ray brings its own
from click.testing import CliRunner  # noqa: E402
from ray.cluster_utils import Cluster  # noqa: E402

from glossary.agreed import built_in  # noqa: E402
from translator.batch import Order, Outcome, Selection, run  # noqa: E402
from translator.batch.on_ray import ClusterError, Job, Recipe, memory_for, notes_at, run_on_ray  # noqa: E402
from translator.batch.places import Store, place_at  # noqa: E402
from translator.batch.values import EVERYTHING  # noqa: E402
from translator.cli import main  # noqa: E402
from translator.errors import DocumentError  # noqa: E402
from translator.pipeline import Translator  # noqa: E402

pytestmark = pytest.mark.filterwarnings(r"ignore::DeprecationWarning:ray\.", r"ignore::FutureWarning:ray\.")

FORMATS = ("json", "md")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d\+00:00| UTC)")
_OBJECTS = 100 * 2**20  # bytes for the objects of a node


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a head with one core, and a second node with another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        node = {"num_cpus": 1, "object_store_memory": _OBJECTS, "include_dashboard": False, "node_ip_address": "127.0.0.2"}
        nodes = Cluster(initialize_head=True, head_node_args=node)
        nodes.add_node(num_cpus=1, object_store_memory=_OBJECTS, node_ip_address="127.0.0.3")
        try:
            yield nodes.address
        finally:
            nodes.shutdown()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    (folder / "inner").mkdir(parents=True)
    for number in range(20):
        place = folder / ("inner" if number % 2 else ".") / f"note{number}.txt"
        text = f"भारत और कजाकिस्तान ने {number + 2} बैठकें कीं। संयुक्त कार्य समूह की बैठक {number + 1} मई 2024 को हुई।\n"
        place.write_text(text, encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\xff\xff")
    (folder / "week.zip").write_bytes(packed("x.txt", "in/y.md", content="बैठक 3 मई 2024 को हुई।"))
    (folder / "broken.zip").write_bytes(packed("x.txt")[:-9])
    (folder / "photo.jpg").write_bytes(b"")
    return folder


def test_a_cluster_makes_the_same_briefs_even_if_a_worker_dies_and_none_twice(
    cluster: str, notes: Path, tmp_path: Path, translator: Translator
) -> None:
    run(Order(notes, tmp_path / "here", FORMATS), translator)
    killed: list[int] = []
    nodes: set[int] = set()

    def kill_one(outcome: Outcome) -> None:
        running = workers()
        nodes.update(running.values())
        if not killed:
            killed.extend([*running][:1])
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    first = run_on_ray(cluster, Job(str(notes), str(tmp_path / "there"), FORMATS), Recipe(built_in()), kill_one)

    assert killed
    assert len(nodes) == 2
    assert str(first) == "22 translated, 0 unchanged, 2 failed"
    assert [path.name for path in first.passed_over] == ["photo.jpg"]
    assert first.having("failed")[0].error.startswith(f"{notes / 'bad.txt'}: byte 0")
    assert briefs(tmp_path / "there") == briefs(tmp_path / "here")
    assert ledger(tmp_path / "there") == ledger(tmp_path / "here")

    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "there").rglob("*.json")}
    (notes / "bad.txt").write_text("बैठक हुई।", encoding="utf-8")
    again = run_on_ray(cluster, Job(notes.as_uri(), (tmp_path / "there").as_uri(), FORMATS), Recipe(built_in()))

    assert str(again) == "1 translated, 22 unchanged, 1 failed"
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps
    assert str(run(Order(notes, tmp_path / "there", FORMATS), translator)) == "0 translated, 23 unchanged, 1 failed"


def packed(*names: str, content: str = "") -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return file.getvalue()


def test_in_a_store_hidden_files_and_briefs_are_no_notes() -> None:
    store = Store(f"memory://{uuid.uuid4().hex}/notes")
    for name in ("a.txt", "inner/b.md", "photo.jpg", ".hidden.txt", ".git/c.txt", "briefs/a.html", "briefs2/d.txt"):
        store.write(name, b"")
    out = place_at(f"{store}/briefs")
    store.write("w.zip", packed("c.txt", "p.jpg", "in/e.txt"))
    store.write("broken.zip", b"PK")

    def found(selection: Selection = EVERYTHING) -> tuple[list[str], list[str]]:
        notes, others = notes_at(store, out, selection)
        return [note.name for note in notes], others

    inner = ["broken.zip", "inner/b.md", "w.zip/c.txt", "w.zip/in/e.txt"]
    assert found() == (sorted(["a.txt", "briefs2/d.txt", *inner]), ["photo.jpg", "w.zip/p.jpg"])
    assert found(Selection(exclude=("inner", "*.zip"))) == (["a.txt", "briefs2/d.txt"], ["photo.jpg"])
    with pytest.raises(DocumentError, match="the notes are in there"):
        notes_at(place_at(f"{store}/inner"), store)


def test_what_is_missing_is_named(notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job(str(notes), str(tmp_path / "out"))
    with pytest.raises(ClusterError, match=r"127\.0\.0\.1:9: no cluster answers there"):
        run_on_ray("127.0.0.1:9", job, Recipe(built_in()))
    with pytest.raises(DocumentError, match="no such folder"):
        run_on_ray("127.0.0.1:9", Job(str(tmp_path / "none"), str(tmp_path / "out")), Recipe(built_in()))
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ClusterError, match=r"pip install 'dwibhashi\[ray\]'"):
        run_on_ray("local", job, Recipe(built_in()))
    assert not (tmp_path / "out").exists()


def test_the_nodes_of_a_cluster_need_a_memory_that_they_can_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DWIBHASHI_DATABASE_URL", f"sqlite:///{tmp_path / 'own.sqlite'}")
    assert memory_for("local") == f"sqlite:///{tmp_path / 'own.sqlite'}"
    with pytest.raises(ClusterError, match="--no-memory"):
        memory_for("head.example.org:6379")
    monkeypatch.setenv("DWIBHASHI_DATABASE_URL", "postgresql://dwibhashi@db.example.org/dwibhashi")
    assert memory_for("head.example.org:6379") == "postgresql://dwibhashi@db.example.org/dwibhashi"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["s3://records/notes", "--out", "briefs"], "URLs are for --ray"),
        (["notes", "--out", "s3://records/briefs"], "URLs are for --ray"),
        (["notes", "--out", "briefs", "--watch", "--ray", "local"], "--watch is for a folder of this machine"),
    ],
)
def test_what_one_machine_or_a_cluster_cannot_do_is_wrong_use(arguments: list[str], message: str) -> None:
    wrong = CliRunner().invoke(main, ["batch", *arguments])
    assert wrong.exit_code == 2
    assert message in wrong.stderr


def test_the_command_line_loads_no_ray() -> None:
    program = "import sys, translator.cli, translator.batch; sys.exit('ray' in sys.modules or 'fsspec' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


def workers() -> dict[int, int]:
    """The processes of this cluster that hold a model, each with that of its node."""
    found = {}
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # it has just gone
            if "MapWorker" in " ".join(process.cmdline()):
                found[process.pid] = process.ppid()
    return found


def briefs(folder: Path) -> dict[str, str]:
    """What is in each brief, but for the time at which it was made."""
    contents: dict[str, str] = {}
    for path in sorted(path for path in folder.rglob("*.*") if path.suffix in (".json", ".md") and path.is_file()):
        contents[path.relative_to(folder).as_posix()] = _TIME.sub("", path.read_text(encoding="utf-8"))
    return contents


def ledger(folder: Path) -> list[str]:
    lines = (folder / ".dwibhashi" / "ledger.jsonl").read_text(encoding="utf-8").splitlines()
    return sorted(json.dumps(json.loads(line)) for line in lines)
