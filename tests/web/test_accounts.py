"""Users, passwords and keys, on both databases."""

from __future__ import annotations

import hashlib
import threading

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from web.accounts import LONGEST_PASSWORD, ROLES, AccountError, Accounts, Role, User, known_as
from web.database import changing, connect
from web.schema import KeyRow, UserRow

GOOD = "correct horse battery"
OTHER = "a different long one"


@pytest.fixture
def accounts(url: str) -> Accounts:
    made = Accounts(connect(url))
    assert not made.exist()
    made.add("Asha", GOOD, "admin")
    return made


def test_a_user_signs_in_by_name_in_any_case_and_by_no_other_password(accounts: Accounts) -> None:
    assert accounts.exist()
    for name in ("asha", "ASHA", " Asha ", "ａｓｈａ"):
        found = accounts.check(name, GOOD)
        assert found is not None
        assert (found.name, found.role, found.epoch) == ("asha", "admin", 1)
    for name, password in (("asha", GOOD + " "), ("asha", ""), ("asha", "x" * 100_000), ("ravi", GOOD), ("", GOOD)):
        assert accounts.check(name, password) is None


def test_passwords_are_kept_as_argon2id_and_keys_as_a_digest(accounts: Accounts) -> None:
    key, secret = accounts.make_key("asha", "import")
    with accounts._engine.connect() as connection:
        (kept,) = connection.scalars(select(UserRow.password_hash))
        (digest,) = connection.scalars(select(KeyRow.digest))
    assert kept.startswith("$argon2id$")
    assert digest == hashlib.sha256(secret.encode()).hexdigest()
    assert len(secret) > 40
    assert key.label == "import"


def test_a_weak_hash_is_made_stronger_when_its_password_is_seen(accounts: Accounts) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8192).hash(GOOD)
    with changing(accounts._engine) as connection:
        connection.execute(update(UserRow).values(password_hash=weak))
    found = accounts.check("asha", GOOD)
    assert found is not None
    assert found.epoch == 1
    with accounts._engine.connect() as connection:
        assert "m=65536" in str(connection.scalar(select(UserRow.password_hash)))
    assert accounts.check("asha", GOOD)


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Accounts:
    """Accounts for tests that change nothing."""
    made = Accounts(connect(f"sqlite:///{tmp_path_factory.mktemp('accounts') / 'x.sqlite'}"))
    made.add("Asha", GOOD, "admin")
    return made


@pytest.mark.parametrize(
    ("name", "password", "role", "words"),
    [
        ("ASHA", GOOD, "viewer", "already"),
        ("", GOOD, "viewer", "no name"),
        ("a/b", GOOD, "viewer", "no name"),
        ("a\nb", GOOD, "viewer", "no name"),
        ("a\u202eb", GOOD, "viewer", "no name"),
        ("x" * 65, GOOD, "viewer", "no name"),
        ("ravi", "short", "viewer", "5 characters"),
        ("ravi", "x" * (LONGEST_PASSWORD + 1), "viewer", "at most"),
        ("ravi", "aaaaaaaaaaaaaaa", "viewer", "too easy"),
        ("ravi kumar sinha", "Ravi Kumar Sinha", "viewer", "too easy"),
        ("ravi", GOOD, "owner", "no role"),
    ],
)
def test_users_that_cannot_be(unchanged: Accounts, name: str, password: str, role: Role, words: str) -> None:
    with pytest.raises(AccountError, match=words) as caught:
        unchanged.add(name, password, role)
    assert len(password) < 6 or password not in str(caught.value) or known_as(password) == known_as(name)
    assert [user.name for user in unchanged.users()] == ["asha"]


def test_the_first_user_must_be_an_admin(url: str) -> None:
    accounts = Accounts(connect(url))
    with pytest.raises(AccountError, match="first user must be an admin"):
        accounts.add("ravi", GOOD, "reviewer")
    assert not accounts.exist()


@pytest.mark.parametrize("change", ["password", "role", "lock", "sign-out"])
def test_a_change_ends_all_sessions(accounts: Accounts, change: str) -> None:
    ravi = accounts.add("ravi", GOOD, "translator")
    assert accounts.of_session(ravi.id, ravi.epoch) == ravi
    if change == "password":
        accounts.set_password("ravi", OTHER)
    elif change == "role":
        accounts.set_role("ravi", "reviewer")
    elif change == "lock":
        accounts.lock("ravi")
    else:
        accounts.end_sessions("ravi")
    assert accounts.of_session(ravi.id, ravi.epoch) is None
    assert accounts.of_session(ravi.id + 100, ravi.epoch) is None


def test_a_locked_user_is_out_until_unlocked(accounts: Accounts) -> None:
    accounts.add("ravi", GOOD, "translator")
    _, secret = accounts.make_key("ravi", "x")
    locked = accounts.lock("ravi")
    assert not locked.may("viewer")
    assert accounts.check("ravi", GOOD) is None
    assert accounts.of_key(secret) is None
    assert accounts.of_session(locked.id, locked.epoch) is None
    accounts.unlock("ravi")
    assert accounts.check("ravi", GOOD)
    assert accounts.of_key(secret)


def test_the_last_admin_stays(accounts: Accounts) -> None:
    accounts.add("ravi", GOOD, "translator")
    for change in (lambda: accounts.set_role("asha", "viewer"), lambda: accounts.lock("asha")):
        with pytest.raises(AccountError, match="last admin"):
            change()
    assert accounts.set_password("asha", OTHER).role == "admin"
    accounts.set_role("ravi", "admin")
    assert accounts.lock("asha").locked
    with pytest.raises(AccountError, match="last admin"):
        accounts.set_role("ravi", "viewer")


def test_two_admins_cannot_take_each_other_out_at_once(accounts: Accounts) -> None:
    accounts.add("ravi", GOOD, "admin")
    begin, failed = threading.Barrier(2), []

    def demote(name: str) -> None:
        begin.wait()
        try:
            accounts.set_role(name, "viewer")
        except AccountError:
            failed.append(name)

    threads = [threading.Thread(target=demote, args=(name,)) for name in ("asha", "ravi")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(failed) == 1
    assert [user.role for user in accounts.users()].count("admin") == 1


def test_keys_are_made_used_and_revoked(accounts: Accounts) -> None:
    accounts.add("ravi", GOOD, "viewer")
    key, secret = accounts.make_key("RAVI", "night\nly")
    assert key.label == "nightly"
    assert accounts.keys("ravi")[0].last_used == ""
    found = accounts.of_key(secret)
    assert found is not None
    assert (found.name, found.role) == ("ravi", "viewer")
    assert accounts.keys("ravi")[0].last_used
    for wrong in ("", "dwi_", secret[:-1], secret + "x", secret.upper(), hashlib.sha256(secret.encode()).hexdigest()):
        assert accounts.of_key(wrong) is None
    with pytest.raises(AccountError, match="has no key"):
        accounts.revoke("asha", key.id)
    accounts.revoke("ravi", key.id)
    assert accounts.of_key(secret) is None
    assert accounts.keys("ravi")[0].revoked


def test_another_role_holds_for_keys_at_once(accounts: Accounts) -> None:
    accounts.add("ravi", GOOD, "reviewer")
    _, secret = accounts.make_key("ravi", "x")
    accounts.set_role("ravi", "viewer")
    found = accounts.of_key(secret)
    assert found is not None
    assert not found.may("translator")


def test_no_one_of_this_name(accounts: Accounts) -> None:
    for ask in (accounts.user, accounts.lock, accounts.keys, accounts.end_sessions):
        with pytest.raises(AccountError, match="no user 'meena'"):
            ask("Meena")


def test_each_role_may_do_what_those_before_it_may() -> None:
    for at, role in enumerate(ROLES):
        assert [User(1, "x", role).may(other) for other in ROLES] == [True] * (at + 1) + [False] * (3 - at)
