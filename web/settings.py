"""The settings of the service: each is a variable of the environment, and docs/web.md names them all."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from glossary.database import URL_VARIABLE, default_file, default_url
from translator.errors import DwibhashiError

PREFIX = "DWIBHASHI_"


class ConfigurationError(DwibhashiError):
    """A setting that cannot be used."""


@dataclass(frozen=True)
class Settings:
    """How the service runs. Sizes are in mebibytes, rates as Flask-Limiter writes them (`60/minute;1000/day`)."""

    database_url: str = field(default_factory=default_url)
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 64
    """Requests answered at once; an open brief page holds one until its brief is done."""
    workers: int = 2
    """Briefs translated at once; one of them is kept for pasted notes where there are two or more."""
    secret_key: str = ""
    """Signs the cookies; made and kept beside the database of the user where it is not given."""
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
    sign_in_rate: str = "10/minute"

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
    assert variable("database_url") == URL_VARIABLE
    values: dict[str, Any] = {}
    for setting in fields(Settings):
        text = environment.get(variable(setting.name), "").strip()
        if text:
            values[setting.name] = _read(setting.name, str(setting.type), text)
    return Settings(**{**values, **{name: value for name, value in given.items() if value is not None}})


def _read(name: str, kind: str, text: str) -> Any:
    if kind.startswith("tuple"):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if kind == "bool":
        if text.lower() not in ("0", "1", "true", "false"):
            raise ConfigurationError(f"{variable(name)} is {text!r}; it must be 1 or 0.")
        return text.lower() in ("1", "true")
    if kind != "int":
        return text
    if not text.isascii() or not text.isdecimal():
        raise ConfigurationError(f"{variable(name)} is {text!r}; it must be a whole number.")
    return int(text)
