"""A batch on a Ray cluster: the driver lists the notes and keeps the ledger, actors of Ray Data that hold the model do the rest.

An actor takes its notes out of the place where they lie into a folder of its own, has them done as on one machine
(translator.batch.work), and puts the briefs where they belong. Ray is imported only when it is asked for.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import logging
import math
import os
import socket
import tempfile
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from glossary.database import default_url
from glossary.model import Glossary
from glossary.termbase import exists
from translator.batch.index import write_index
from translator.batch.ledger import FOLDER, Entry, Ledger, entry_of, line_of
from translator.batch.notes import INDEX, Note, is_note, names_of, no_notes, notes_in, notes_of_file, selected
from translator.batch.places import Folder, Store, is_plain, place_at, shown
from translator.batch.running import Done, made_with, nobody
from translator.batch.store_ledger import StoreLedger
from translator.batch.values import EVERYTHING, Order, Outcome, Report, Selection
from translator.batch.work import Task, Work, clear_drafts
from translator.documents.archives import is_archive
from translator.documents.writing import WRITERS
from translator.engines.compact import CompactEngine
from translator.errors import DocumentError, DwibhashiError
from translator.memory.store import Memory
from translator.pipeline import Style, Translator

LOCAL = "local"  # the address of a cluster that is started on this machine, for this run
_OBJECTS = 256 * 2**20  # bytes for what travels, which is names and lines
_TOGETHER = 32  # notes of a block: they fill the engine's batches, and are done again if their actor dies
_SHARES = 8  # blocks for each actor, where there are few notes: the last ones are not waited for long
_PATIENCE = 10.0  # seconds for a connection to the head
_RETRIES = 3  # times that a block is given to another actor


class ClusterError(DwibhashiError):
    """A cluster that is not there, or cannot do what is asked of it."""


@dataclass(frozen=True)
class Job:
    """Which notes are to become which briefs: as `Order` has it, but `folder` and `out` are paths or URLs of fsspec.

    `actors` is how many there are at most, each with one core; as many as the cluster has cores when it starts if it is None.
    """

    folder: str
    out: str
    formats: tuple[str, ...] = ("html",)
    selection: Selection = EVERYTHING
    style: str = ""
    resume: bool = True
    actors: int | None = None

    def outputs(self, name: str) -> tuple[str, ...]:
        """The files of the brief of this name."""
        return tuple(name + WRITERS[kind].suffix for kind in self.formats)


@dataclass(frozen=True)
class Recipe:
    """All that an actor needs for its translator. The terms themselves travel, so that all nodes pin the same ones.

    `memory` is the URL of the database with the approved sentences, which every node must reach; None for no memory.
    """

    glossary: Glossary
    domains: tuple[str, ...] = ()
    style: Style | None = None
    memory: str | None = None

    def translator(self) -> Translator:
        """A translator with one thread."""
        memory = Memory(self.memory) if self.memory else None
        return Translator(CompactEngine(threads=1), self.glossary, self.domains, self.style, memory)


def memory_for(address: str) -> str | None:
    """The URL of the user's memory; None if there is none. Raises ClusterError if it is a file, and the cluster is elsewhere."""
    if not exists():
        return None
    url = default_url()
    if address != LOCAL and make_url(url).get_backend_name() == "sqlite":
        raise ClusterError(
            "The memory is a file of this machine, and the nodes of the cluster cannot read it. "
            "Keep it in PostgreSQL (docs/operations.md), or say --no-memory."
        )
    return url


def run_on_ray(address: str, job: Job, recipe: Recipe, done: Done = nobody) -> Report:
    """Translate every note that is new or has changed on the cluster at `address`; `done` hears of each as it is finished.

    What was passed over is named by its path below the folder.

    Raises ClusterError if Ray is not installed or does not answer, and DocumentError as a batch on one machine does.
    """
    began = time.monotonic()
    folder, out = place_at(job.folder), place_at(job.out)
    job = replace(job, folder=str(folder), out=str(out))
    notes, passed_over = notes_at(folder, out, job.selection)
    if not notes:
        raise no_notes(folder)
    outcomes: dict[str, Outcome] = {}
    with _cluster(address), Ledger(out.path) if isinstance(out, Folder) else StoreLedger(out) as ledger:
        if isinstance(out, Folder):
            clear_drafts(out.path)
        briefs = names_of([note.name for note in notes], {entry.note: entry.name for entry in ledger.latest()})
        rows = [_row(note, briefs[note.name], ledger.find(note.name)) for note in notes]
        try:
            for entry, new in _done_on_cluster(rows, job, recipe):
                _require_shared(out, entry)
                if new:
                    ledger.record(entry)
                outcome = _outcome(entry, new)
                outcomes[outcome.note] = outcome
                done(outcome)
        finally:
            if isinstance(out, Folder):
                order = Order(Path(job.folder), out.path, job.formats)
                out.write(f"{INDEX}.html", write_index(order, ledger.latest()))
    left_out = tuple(Path(name) for name in passed_over)
    return Report(tuple(outcomes[note.name] for note in notes), left_out, time.monotonic() - began)


def _require_shared(out: Folder | Store, entry: Entry) -> None:
    """Raises ClusterError if the briefs of a note, which a node has written, are not to be seen here."""
    if isinstance(out, Folder) and not all(map(out.has, entry.outputs)):
        raise ClusterError(
            f"{out}: the nodes have disks of their own. Choose a folder that all machines share, or an object store."
        )


def _outcome(entry: Entry, new: bool) -> Outcome:
    status: Any = "failed" if entry.error else "translated" if new else "unchanged"
    return Outcome(entry.note, status, entry.figures, entry.outputs, entry.error)


def notes_at(folder: Folder | Store, out: Folder | Store, selection: Selection = EVERYTHING) -> tuple[list[Note], list[str]]:
    """The notes of a place, and the names of the files that are none; hidden ones and `out` are left out.

    Raises DocumentError as translator.batch.notes.notes_in does.
    """
    if isinstance(folder, Folder):
        apart = out.path if isinstance(out, Folder) else folder.path / FOLDER
        notes, others = notes_in(folder.path, apart, selection)
        return [*notes], [path.relative_to(folder.path).as_posix() for path in others]
    if f"{folder}/".startswith(f"{out}/"):
        raise DocumentError(f"{out}: the notes are in there. Choose another place with --out.")
    aside = f"{str(out).removeprefix(f'{folder}/')}/"
    names = [name for name in shown(folder.names()) if not name.startswith(aside)]
    found = [note for name in names for note in _notes_of(folder, name) if selected(note.name, selection)]
    good = [note for note in found if is_plain(note.name) and is_note(note)]
    return good, sorted({note.name for note in found} - {note.name for note in good})


def _notes_of(store: Store, name: str) -> Iterable[Note]:
    """The note that an object is; a ZIP is fetched, for its list of files."""
    if not is_archive(name):
        return [Note(name, name)]
    try:
        return notes_of_file(name, store.read(name), f"{store}/{name}")
    except Exception as error:  # each kind of store has errors of its own
        return [Note(name, name, problem=_unread(store, name, error))]


def _unread(place: Folder | Store, name: str, error: Exception) -> str:
    return f"{place}/{name}: it cannot be read ({error}). Check your rights."


def _row(note: Note, name: str, known: Entry | None) -> dict[str, str]:
    """A note on its way to an actor. JSON of ASCII letters: a file's name may hold what UTF-8 and Arrow do not (PEP 383)."""
    return {"note": json.dumps(asdict(note)), "name": json.dumps(name), "known": line_of(known).decode() if known else ""}


def _note(row: Mapping[str, str]) -> Note:
    return Note(**json.loads(row["note"]))


class Actor:
    """A process on a node, with its model: rows of notes in, lines of the ledger out. An error of one note is in its line."""

    def __init__(self, job: Job, recipe: Recipe) -> None:
        self._job = job
        self._folder, self._out = place_at(job.folder), place_at(job.out)
        self._translator = recipe.translator()
        self._made_with = made_with(Order(Path(), Path(), style=job.style), self._translator)

    def __call__(self, rows: Mapping[str, Sequence[str]]) -> dict[str, list[Any]]:
        """Finish the notes of a block; `new` is whether the line belongs into the ledger."""
        notes, names = (Note(**json.loads(note)) for note in rows["note"]), map(json.loads, rows["name"])
        known = (entry_of(line.encode()) for line in rows["known"])
        with tempfile.TemporaryDirectory(prefix="dwibhashi-") as folder:
            finished = list(self._finish([*zip(notes, names, known, strict=True)], Path(folder)))
        return {
            "line": [line_of(entry).decode() for entry, _ in finished],
            "new": [new for _, new in finished],
        }

    def _finish(self, asked: Sequence[tuple[Note, str, Entry | None]], folder: Path) -> Iterator[tuple[Entry, bool]]:
        here = Order(folder / "notes", folder / "briefs", self._job.formats, style=self._job.style, resume=False)
        tasks = []
        for note, name, known in asked:
            entry = Entry(note.name, name, "", self._made_with, self._job.outputs(name))
            try:
                content = b"" if note.problem else self._folder.read(note.file)
                content = note.taken_from(content, f"{self._folder}/{note.file}")
                entry = replace(entry, sha256=hashlib.sha256(content).hexdigest())
                if known and self._job.resume and self._is_done(known, entry):
                    yield known, False
                    continue
                task = Task(Note(note.name, note.name), here.folder / note.name, name, None)
                task.file.parent.mkdir(parents=True, exist_ok=True)
                task.file.write_bytes(content)
                tasks.append(task)
            except DocumentError as error:
                yield replace(entry, outputs=(), error=str(error)), True
            except Exception as error:  # each kind of store has errors of its own
                yield replace(entry, outputs=(), error=_unread(self._folder, note.name, error)), True
        for finished in Work(here, self._translator, self._made_with)(tasks):
            yield self._delivered(finished.entry, here), True

    def _is_done(self, known: Entry, entry: Entry) -> bool:
        return known.answers(entry.sha256, entry.made_with, entry.outputs) and all(map(self._out.has, entry.outputs))

    def _delivered(self, entry: Entry, here: Order) -> Entry:
        if entry.error:  # it names the copy on this node; the user knows the note by another place
            message = entry.error.replace(str(here.folder), str(self._folder)).replace(str(here.out), str(self._out))
            return replace(entry, error=message)
        try:
            for output in entry.outputs:
                self._out.write(output, (here.out / output).read_bytes())
        except Exception as error:
            return replace(
                entry, outputs=(), error=f"{self._out}/{entry.name}: it cannot be written ({error}). Check your rights."
            )
        return entry


def _done_on_cluster(rows: Sequence[dict[str, str]], job: Job, recipe: Recipe) -> Iterator[tuple[Entry, bool]]:
    """Every note, as it is finished. Those whose actor died again and again are tried once more, each by itself."""
    left = {_note(row).name: row for row in rows}
    for most in (_TOGETHER, 1):
        for line in _lines([*left.values()], job, recipe, most):
            entry = entry_of(line["line"].encode())
            if entry and left.pop(entry.note, None):
                yield entry, bool(line["new"])
        if not left:
            return
    for row in left.values():
        note = _note(row).name
        message = (
            f"{job.folder}/{note}: the process that translated it died each time. Look at the note, and at the nodes' memory."
        )
        yield Entry(note, json.loads(row["name"]), "", "", error=message), True


def _lines(rows: Sequence[dict[str, str]], job: Job, recipe: Recipe, most: int) -> Iterator[dict[str, Any]]:
    """What the actors hand back for these rows, in any order, with at most so many notes in a block."""
    ray = _ray()
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.max_errored_blocks = -1  # what is missing in the end is seen and tried again
    actors = job.actors or max(1, int(ray.cluster_resources().get("CPU", 1)))
    size = max(1, min(most, math.ceil(len(rows) / (actors * _SHARES))))
    blocks = ray.data.from_items([*rows], override_num_blocks=math.ceil(len(rows) / size))
    with warnings.catch_warnings():  # Ray 2.60 warns that 2.64 will know no end of retries; pyproject.toml stays below that
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset = blocks.map_batches(
            Actor,
            batch_size=None,
            batch_format="numpy",
            fn_constructor_args=(job, recipe),
            compute=ray.data.ActorPoolStrategy(size=min(actors, blocks.num_blocks())),
            num_cpus=1,
            max_task_retries=_RETRIES,
        )
    try:
        yield from dataset.iter_rows()
    except ray.exceptions.RayError as error:
        reason = str(error).strip().splitlines()[-1]
        raise ClusterError(
            f"The cluster gave up ({reason}). Install the same dwibhashi on every node, and run it again to go on."
        ) from error


@contextmanager
def _cluster(address: str) -> Iterator[None]:
    """A connection to the cluster at `address`, or a cluster on this machine that ends with it."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is sent anywhere
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # what its core says on standard error is for its developers
    ray = _ray()
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # what is lost, we tell
    _require_answer(address)
    own = {"include_dashboard": False, "object_store_memory": _OBJECTS} if address == LOCAL else {}
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, **own)
    except (ConnectionError, ValueError, RuntimeError, TimeoutError) as error:
        raise _no_cluster(address, error) from error
    try:
        yield
    finally:
        ray.shutdown()


def _ray() -> Any:
    try:
        importlib.import_module("ray.data")
        return importlib.import_module("ray")
    except ImportError as error:
        raise ClusterError("Ray is not installed. Get it with: pip install 'dwibhashi[ray]'") from error


def _require_answer(address: str) -> None:
    """Raises ClusterError if nothing listens at HOST:PORT; Ray itself would try for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host or not port.isdigit():
        return  # `local`, or `auto`: the cluster that this machine belongs to
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise _no_cluster(address, error) from error


def _no_cluster(address: str, error: Exception) -> ClusterError:
    return ClusterError(f"{address}: no cluster answers there ({error}). Give the address that `ray start --head` printed.")
