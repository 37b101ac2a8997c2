"""The settings of the service: each is a variable of the environment, and docs/web.md names them all."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from limits import parse_many

from glossary.database import default_file, default_url
from translator.errors import DwibhashiError, EngineError
from translator.model_store.shelf import folder_of

PREFIX = "DWIBHASHI_"
_SHORTEST_SECRET = 32  # characters


class ConfigurationError(DwibhashiError):
    """A setting that cannot be used."""


@dataclass(frozen=True)
class Settings:
    """How the service runs. Sizes are in mebibytes, rates as Flask-Limiter writes them (`60/minute;1000/day`)."""

    database_url: str = field(default_factory=default_url, repr=False)  # it may hold a password
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 64
    """Requests answered at once; an open brief page holds one until its brief is done."""
    workers: int = 2
    """Briefs translated at once; one of them is kept for pasted notes where there are two or more."""
    secret_key: str = field(default="", repr=False)
    """Signs the cookies; made and kept beside the database of the user where it is not given."""
    model: str = ""
    """The model, by its name or folder; the one that `dwibhashi models use` has chosen where it is not given."""
    trusted_hosts: tuple[str, ...] = ()
    """Names under which browsers may call the service, besides those of this machine."""
    trusted_proxies: int = 0
    """How many proxies stand before the service and say where a request came from."""
    https: bool = False
    """Whether browsers come by HTTPS, through a proxy; cookies then travel by nothing else."""
    folders: str = ""
    """The folder below which batches may name a folder on the server; none where it is empty."""
    upload_mb: int = 64
    text_characters: int = 500_000
    rate: str = "600/minute"
    """Requests of one user, or of one address where no one is signed in."""
    sign_in_rate: str = "10/minute"
    """Passwords that may be tried from one address, and for one name."""

    @property
    def is_local(self) -> bool:
        """Whether no other machine can reach the service."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def needs_accounts(self) -> bool:
        """Whether others could reach the service: by its address, or through a proxy, which these settings give away."""
        return not self.is_local or bool(self.trusted_hosts or self.trusted_proxies or self.https)

    @property
    def folder_root(self) -> Path | None:
        """The folder below which batches may name a folder on the server."""
        return Path(self.folders).resolve() if self.folders else None

    @property
    def data_folder(self) -> Path:
        """Where files of the service are kept that are not in the database."""
        return default_file().parent


def variable(name: str) -> str:
    """The variable of the environment that gives a setting.

    >>> variable("upload_mb")
    'DWIBHASHI_UPLOAD_MB'
    """
    return PREFIX + name.upper()


def from_environment(environment: Mapping[str, str] = os.environ, **given: Any) -> Settings:
    """The settings that the environment gives, and those given here before them. Raises ConfigurationError with the variable."""
    values: dict[str, Any] = {}
    for setting in fields(Settings):
        text = environment.get(variable(setting.name), "").strip()
        if text:
            values[setting.name] = _read(setting.name, str(setting.type), text)
    settings = Settings(**{**values, **{name: value for name, value in given.items() if value is not None}})
    _check(settings)
    return settings


def _read(name: str, kind: str, text: str) -> Any:
    if kind.startswith("tuple"):
        return tuple(part.strip().lower() for part in text.split(",") if part.strip())
    if kind == "bool":
        if text.lower() not in ("0", "1", "true", "false"):
            raise ConfigurationError(f"{variable(name)} is {text!r}; it must be 1 or 0.")
        return text.lower() in ("1", "true")
    if kind != "int":
        return text
    if not text.isascii() or not text.isdecimal():
        raise ConfigurationError(f"{variable(name)} is {text!r}; it must be a whole number.")
    return int(text)


_RANGES = {"port": (0, 65_535), "threads": (1, 1024), "workers": (1, 64), "upload_mb": (1, 1024), "trusted_proxies": (0, 10)}


def _check(settings: Settings) -> None:
    """Raises ConfigurationError for a value that the service could not run with, without showing secrets."""
    for name, (least, most) in _RANGES.items():
        value = getattr(settings, name)
        if not least <= value <= most:
            raise ConfigurationError(f"{variable(name)} is {value}; it must be from {least} to {most}.")
    if not settings.text_characters:
        raise ConfigurationError(f"{variable('text_characters')} is 0; then no note could be pasted.")
    for name in ("rate", "sign_in_rate"):
        try:
            parse_many(getattr(settings, name))
        except ValueError as error:
            raise ConfigurationError(f"{variable(name)} is {getattr(settings, name)!r}; write it like 600/minute.") from error
    if settings.secret_key and len(settings.secret_key) < _SHORTEST_SECRET:
        raise ConfigurationError(f"{variable('secret_key')} is too short; take at least {_SHORTEST_SECRET} random characters.")
    if settings.folder_root and not settings.folder_root.is_dir():
        raise ConfigurationError(f"{variable('folders')}: there is no folder {settings.folders}. Make it, or name another.")
    if settings.model:
        try:
            folder_of(settings.model)
        except EngineError as error:
            raise ConfigurationError(f"{variable('model')}: {error}") from error
