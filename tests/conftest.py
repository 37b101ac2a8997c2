"""What several test modules use: the real embedded model with the built-in glossary, loaded once, the seed's brief, and a
database of each kind: a SQLite file, and a real PostgreSQL server that is started for the tests (Debian: postgresql)."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from translator.documents.reading import read_document
from translator.engines.compact import CompactEngine
from translator.pipeline import Translator, default_translator
from translator.values import Brief

ROOT = Path(__file__).parent.parent
_NUMBERS = itertools.count()
_PLACES = [*map(str, Path("/usr/lib/postgresql").glob("*/bin")), os.environ.get("PATH", "")]
_INITDB = shutil.which("initdb", path=os.pathsep.join(_PLACES))

# A shell's background job ignores Ctrl-C, and so would all programs that the tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test reads or writes the termbase of the user who runs it."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder))
        for variable in ("DWIBHASHI_DATABASE_URL", "DWIBHASHI_MODELS"):
            patch.delenv(variable, raising=False)
        yield folder


@pytest.fixture(scope="session")
def translator() -> Translator:
    return default_translator()


@pytest.fixture(scope="session")
def engine() -> CompactEngine:
    return CompactEngine()


@pytest.fixture(scope="session")
def seed_brief(translator: Translator) -> Brief:
    return translator.brief(read_document(ROOT / "seeds" / "000_fd72bbba517746b4.txt"))


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """A function that makes a new database and returns its URL. The server listens on a socket in its own folder only."""
    if _INITDB is None:
        pytest.skip("no PostgreSQL server here; Debian's package postgresql brings one")
    programs = Path(_INITDB).parent
    folder = Path("/tmp") / f"dwibhashi-postgresql-{os.getpid()}"  # a socket's path must be short, and open to another user
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    folder.mkdir()
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        subprocess.run([programs / program, *arguments], user=user, check=True, capture_output=True, cwd=folder)

    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "tester", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    options = f"-c listen_addresses='' -c max_connections=500 -k {folder} -F"  # every database of a test keeps one open
    run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")

    def new_database() -> str:
        name = f"glossary{next(_NUMBERS)}"
        run("createdb", "-h", str(folder), "-U", "tester", name)
        return f"postgresql://tester@/{name}?host={folder}"

    try:
        yield new_database
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'glossary.sqlite'}"
    made: str = request.getfixturevalue("postgresql")()
    return made
