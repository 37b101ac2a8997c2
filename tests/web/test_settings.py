"""Settings from the environment, and docs/web.md, which names them all."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import regex

from glossary.database import URL_VARIABLE
from web.settings import ConfigurationError, Settings, from_environment, variable

DOCS = Path(__file__).parent.parent.parent / "docs" / "web.md"


def test_the_documentation_names_every_variable_and_no_other() -> None:
    documented = set(regex.findall(r"DWIBHASHI_[A-Z_]+", DOCS.read_text(encoding="utf-8")))
    assert documented == {variable(setting.name) for setting in fields(Settings)}


def test_the_documentation_gives_the_defaults() -> None:
    rows = dict(regex.findall(r"^\| `(DWIBHASHI_[A-Z_]+)` \| (.*?) \|", DOCS.read_text(encoding="utf-8"), regex.M))
    for setting in fields(Settings):
        said = rows[variable(setting.name)].strip("`")
        if setting.name == "database_url":
            continue
        value: Any = getattr(Settings(), setting.name)
        assert said == (str(int(value)) if isinstance(value, int) else value or "–" if isinstance(value, str) else "–"), (
            setting.name
        )


def test_the_database_has_one_variable_in_all_parts() -> None:
    assert variable("database_url") == URL_VARIABLE


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("port", "9000", 9000),
        ("https", "1", True),
        ("https", "false", False),
        ("trusted_hosts", "Brief.example, b.example ,", ("brief.example", "b.example")),
        ("rate", "5/second;100/day", "5/second;100/day"),
        ("host", " 0.0.0.0 ", "0.0.0.0"),
    ],
)
def test_a_variable_gives_a_setting(name: str, text: str, value: object) -> None:
    assert getattr(from_environment({variable(name): text}), name) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("port", "x"),
        ("port", "-1"),
        ("port", "٣"),
        ("port", "65536"),
        ("threads", "0"),
        ("workers", "0"),
        ("upload_mb", "0"),
        ("text_characters", "0"),
        ("trusted_proxies", "99"),
        ("https", "perhaps"),
        ("rate", "many"),
        ("sign_in_rate", "10"),
        ("secret_key", "tooshort"),
        ("folders", "/no/such/folder"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_the_name_of_its_variable(name: str, text: str) -> None:
    with pytest.raises(ConfigurationError, match=variable(name)) as caught:
        from_environment({variable(name): text})
    assert "tooshort" not in str(caught.value)


def test_what_is_given_goes_before_the_environment() -> None:
    assert from_environment({variable("port"): "9000"}, port=9001, host=None).port == 9001


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("", False),
        ("10.0.0.5", False),
        ("::ffff:127.0.0.1", False),
        ("brief.example", False),
        ("localhost.example", False),
    ],
)
def test_only_addresses_of_this_machine_are_local(host: str, local: bool) -> None:
    assert Settings(host=host).is_local is local
    assert Settings(host=host).needs_accounts is not local


@pytest.mark.parametrize("given", [{"https": True}, {"trusted_proxies": 1}, {"trusted_hosts": ("brief.example",)}])
def test_a_proxy_needs_accounts(given: dict[str, Any]) -> None:
    assert Settings(**given).needs_accounts


def test_secrets_are_not_shown() -> None:
    shown = repr(Settings(database_url="postgresql://u:hunter22@h/d", secret_key="k" * 40))
    assert "hunter22" not in shown
    assert "kkkk" not in shown
