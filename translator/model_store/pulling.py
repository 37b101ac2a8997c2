"""Models from the hub (huggingface.co), through its own client, which shows its progress and goes on where it was cut off.

What comes is checked against the registry, and against what the hub states where the registry states nothing.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from translator.engines.opening import layout_of
from translator.errors import EngineError
from translator.model_store.archives import unpack
from translator.model_store.checksums import sum_of, write_sums
from translator.model_store.registry import Known
from translator.model_store.shelf import models_folder, require_name

_WITHOUT_EXTRA = "Pulling models needs huggingface_hub: pip install 'dwibhashi[hub]'. Or get {page} by hand; then {add}."
_OFFLINE = (
    "{name}: the hub cannot be reached ({reason}). What has come is kept, and the same command goes on from there. "
    "Without a network, get {page} on another machine, bring it here, and say {add}."
)
_SHA256_DIGITS = 64  # the hub states it for large files; for small ones it states the SHA-1 of Git, which has fewer


def pull(model: Known, name: str = "", endpoint: str | None = None) -> Path:
    """Download `model` under `name`, or its own, and return its folder. `endpoint` is another hub than huggingface.co.

    Raises EngineError if the name is taken, the hub cannot be reached or refuses, or what came is not what it should be.
    """
    name = require_name(name or model.name)
    unfinished = models_folder() / f".{name}.download"
    for file in model.wanted:
        _check(model, unfinished / file, {model.files.get(file, ""), _download(model, file, unfinished / file, endpoint)})
    unpacked = unfinished
    if model.archive:
        unpacked = unfinished / "unpacked"
        shutil.rmtree(unpacked, ignore_errors=True)
        unpack(unfinished / model.archive, model.members, unpacked)
    if model.layout != "transformers":
        layout_of(unpacked)
    write_sums(unpacked)
    unpacked.replace(models_folder() / name)
    shutil.rmtree(unfinished, ignore_errors=True)
    return models_folder() / name


def _download(model: Known, file: str, path: Path, endpoint: str | None) -> str:
    """Fetch a file of the repository to `path`, what is there of it already left out; returns what the hub states as its sum.

    `hf_hub_download` keeps nothing of a file that was cut off (huggingface_hub, pull request 4228), so the parts are kept here.
    """
    try:
        import huggingface_hub
        from huggingface_hub.file_download import http_get
    except ImportError as error:
        raise EngineError(_WITHOUT_EXTRA.format(page=model.page, add=_by_hand(model))) from error
    place: dict[str, Any] = {"repo_id": model.repository, "revision": model.revision, "repo_type": model.kind}
    url = huggingface_hub.hf_hub_url(filename=file, endpoint=endpoint, **place)
    token = huggingface_hub.get_token()
    signed_in = {"authorization": f"Bearer {token}"} if token else {}
    try:
        about = huggingface_hub.get_hf_file_metadata(url, endpoint=endpoint)
        if not path.is_file():
            part = path.with_name(f"{path.name}.{about.etag}.part")
            part.parent.mkdir(parents=True, exist_ok=True)
            with part.open("ab") as begun:
                http_get(
                    url, begun, resume_size=begun.tell(), headers=signed_in, expected_size=about.size, displayed_filename=file
                )
            part.replace(path)
    except Exception as error:  # those of its transport are of another library in each version of the client
        raise _refused(model, error) from error
    return about.etag or ""


def _check(model: Known, path: Path, stated: set[str]) -> None:
    """Delete `path` and raise EngineError if a SHA-256 among `stated` is not that of it."""
    sums = {text for text in stated if len(text) == _SHA256_DIGITS}
    if sums and {sum_of(path)} != sums:
        path.unlink()
        raise EngineError(f"{model.name}: {path.name} is not the file that it should be, and was deleted. Pull the model again.")


def _refused(model: Known, error: Exception) -> EngineError:
    from huggingface_hub.errors import EntryNotFoundError, GatedRepoError, LocalEntryNotFoundError, RepositoryNotFoundError

    reason = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
    add = _by_hand(model)
    if isinstance(error, GatedRepoError | RepositoryNotFoundError) and model.terms:
        return EngineError(
            f"{model.name}: accept its terms first, at {model.terms}; then sign in with `hf auth login` and pull it again."
        )
    answered = getattr(error, "response", None) is not None
    if isinstance(error, EntryNotFoundError) and answered and not isinstance(error, LocalEntryNotFoundError):
        return EngineError(f"{model.name}: a file is no longer at {model.page} ({reason}). Get the model by hand; then {add}.")
    if answered:
        return EngineError(
            f"{model.name}: the hub has refused {model.page} ({reason}). Try later, or get it by hand; then {add}."
        )
    return EngineError(_OFFLINE.format(name=model.name, reason=reason, page=model.page, add=add))


def _by_hand(model: Known) -> str:
    what = model.archive.rpartition("/")[2] or "DIR"
    return f"`dwibhashi models add {what} --name {model.name}`"
