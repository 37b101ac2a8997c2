"""Pulling with the hub's own client, from a hub on this machine."""

from __future__ import annotations

import hashlib
import io
import tarfile
from pathlib import Path

import pytest

from tests.translator.model_store.conftest import COMMIT, Hub
from translator.engines.compact import EMBEDDED
from translator.errors import EngineError
from translator.model_store import shelf
from translator.model_store.checksums import differences, read_sums
from translator.model_store.pulling import pull
from translator.model_store.registry import Known

FILES = ("config.json", "model.bin", "sentencepiece.model", "shared_vocabulary.json", "vmap.txt")
CONTENT = {name: (EMBEDDED / name).read_bytes() for name in FILES}
SUMS = {name: hashlib.sha256(content).hexdigest() for name, content in CONTENT.items()}
SMALL = Known("small", "ours", "compact", "Apache-2.0", "house/small", COMMIT, files=SUMS)


def test_what_is_pulled_translates(hub: Hub, models: Path) -> None:
    hub.files = dict(CONTENT)
    assert pull(SMALL, endpoint=hub.url) == models / "small"
    assert shelf.names() == ["compact", "small"]
    assert "India" in shelf.open_model("small").translate(["भारत ने कहा।"])[0][0].text
    assert read_sums(models / "small") == SUMS
    assert differences(models / "small", SUMS) == []
    assert {path.name for path in models.iterdir()} == {"small"}


def test_what_was_cut_off_goes_on_where_it_was(hub: Hub, models: Path) -> None:
    hub.files = dict(CONTENT)
    hub.cut_after = 11_000_000
    with pytest.raises(EngineError, match="small: the hub has refused"):
        pull(SMALL, endpoint=hub.url)
    assert shelf.names() == ["compact"]
    hub.status = 200
    hub.ranges.clear()
    pull(SMALL, endpoint=hub.url)
    assert hub.ranges == [f"bytes={10 * 2**20}-"]  # the client writes so much at once
    assert differences(models / "small", SUMS) == []


@pytest.mark.parametrize(("stated", "registry"), [("f" * 64, ""), ("", "f" * 64)])
def test_a_file_that_is_not_what_it_should_be_is_refused(hub: Hub, models: Path, stated: str, registry: str) -> None:
    hub.files, hub.stated = dict(CONTENT), {"model.bin": stated}
    files = {**dict.fromkeys(FILES, ""), "model.bin": registry}
    with pytest.raises(EngineError, match=r"model\.bin is not the file that it should be"):
        pull(Known("small", "ours", "compact", "Apache-2.0", "house/small", COMMIT, files=files), endpoint=hub.url)
    assert shelf.names() == ["compact"]
    assert not list(models.rglob("model.bin"))


def test_an_archive_is_unpacked_as_the_registry_says(hub: Hub, models: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in {
            "all/small/": b"",
            **{f"all/small/{file}": CONTENT[file] for file in FILES},
            "all/large.pt": b"x",
        }.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.type = len(content), tarfile.DIRTYPE if name.endswith("/") else tarfile.REGTYPE
            archive.addfile(entry, io.BytesIO(content))
    hub.files = {"more/small.tar.gz": packed.getvalue()}
    model = Known(
        "small",
        "ours",
        "compact",
        "MIT",
        "house/data",
        "main",
        kind="dataset",
        archive="more/small.tar.gz",
        members={"all/small": ""},
    )
    pull(model, endpoint=hub.url)
    assert {path.name for path in (models / "small").iterdir()} == {*FILES, "SHA256SUMS"}


@pytest.mark.parametrize(
    ("terms", "gated", "files", "message"),
    [
        ("https://example.org/terms", True, CONTENT, "accept its terms first, at https://example.org/terms"),
        ("", False, {}, "a file is no longer at https://huggingface.co/house/small"),
    ],
)
def test_a_refusal_says_what_to_do(hub: Hub, terms: str, gated: bool, files: dict[str, bytes], message: str) -> None:
    hub.gated, hub.files = gated, files
    model = Known("small", "ours", "compact", "MIT", "house/small", COMMIT, files=SUMS, terms=terms)
    with pytest.raises(EngineError, match=message):
        pull(model, endpoint=hub.url)


def test_without_a_network_it_says_how_to_add_a_folder() -> None:
    with pytest.raises(EngineError, match=r"cannot be reached .* on another machine.* `dwibhashi models add DIR --name small`"):
        pull(SMALL, endpoint="http://127.0.0.1:9")


def test_a_name_that_is_taken_is_refused_before_anything_is_fetched() -> None:
    with pytest.raises(EngineError, match="there is a model of that name"):
        pull(SMALL, "compact", endpoint="http://127.0.0.1:9")
