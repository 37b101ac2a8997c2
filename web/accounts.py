"""Users, their passwords (argon2id) and the keys of their programs. It does not know what a request is."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any, Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Engine, func, insert, select, update

from translator.errors import DwibhashiError
from web.database import changing, now
from web.schema import KeyRow, UserRow

Role = Literal["viewer", "translator", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)  # each may do what those before it may
SHORTEST_PASSWORD = 12  # characters
_KEY_PREFIX = "dwi_"
_LONGEST_NAME = 64


class AccountError(DwibhashiError):
    """A user, password or key that cannot be."""


@dataclass(frozen=True)
class User:
    """Someone who may use the service. `epoch` tells the sessions that are still good."""

    id: int
    name: str
    role: Role
    epoch: int = 0
    locked: bool = False
    created: str = ""

    def may(self, role: Role) -> bool:
        """Whether the user may do what `role` may."""
        return not self.locked and ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True)
class Key:
    """A key of a program, without its secret."""

    id: int
    label: str
    created: str
    last_used: str
    revoked: bool


class Accounts:
    """The users in a database. As long as there is none, whoever is at this machine may do everything."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._hasher = PasswordHasher()
        self._decoy = self._hasher.hash(secrets.token_hex(8))

    def exist(self) -> bool:
        """Whether there is any user."""
        with self._engine.connect() as connection:
            return bool(connection.scalar(select(func.count()).select_from(UserRow)))

    def users(self) -> list[User]:
        """All users, by name."""
        with self._engine.connect() as connection:
            return [_user(row) for row in connection.execute(select(UserRow.__table__).order_by(UserRow.name)).mappings()]

    def user(self, name: str) -> User:
        """Raises AccountError if there is no such user."""
        with self._engine.connect() as connection:
            return _user(_row(connection, name))

    def add(self, name: str, password: str, role: Role) -> User:
        """A new user. Raises AccountError if the name is taken or the password too short."""
        name = name.strip()
        if not name or len(name) > _LONGEST_NAME or not name.isprintable():
            raise AccountError(f"{name!r} is no name for a user; take 1 to {_LONGEST_NAME} printable characters.")
        values = {
            "name": name,
            "role": _known(role),
            "password_hash": self._hashed(password),
            "epoch": 1,
            "locked": False,
            "created": now(),
        }
        with changing(self._engine) as connection:
            if connection.scalar(select(UserRow.id).where(UserRow.name == name)):
                raise AccountError(f"There is a user {name} already. Change it, or take another name.")
            connection.execute(insert(UserRow).values(values))
        return self.user(name)

    def set_password(self, name: str, password: str) -> User:
        """Give a user another password; all sessions of the user end."""
        return self._change(name, password_hash=self._hashed(password))

    def set_role(self, name: str, role: Role) -> User:
        """Give a user another role."""
        return self._change(name, role=_known(role))

    def lock(self, name: str) -> User:
        """Keep a user out, with sessions and keys, without deleting anything."""
        return self._change(name, locked=True)

    def unlock(self, name: str) -> User:
        """Let a user in again."""
        return self._change(name, locked=False)

    def check(self, name: str, password: str) -> User | None:
        """The user of this name and password; None if there is none, found out in the same time."""
        with self._engine.connect() as connection:
            row = connection.execute(select(UserRow.__table__).where(UserRow.name == name.strip())).mappings().first()
        try:
            self._hasher.verify(row["password_hash"] if row else self._decoy, password)
        except (VerificationError, InvalidHashError):
            return None
        return _user(row) if row and not row["locked"] else None

    def of_session(self, number: int, epoch: int) -> User | None:
        """The user who signed in as `number` when its epoch was this; None if that has ended."""
        with self._engine.connect() as connection:
            chosen = select(UserRow.__table__).where(UserRow.id == number, UserRow.epoch == epoch, UserRow.locked.is_(False))
            row = connection.execute(chosen).mappings().first()
            return _user(row) if row else None

    def make_key(self, name: str, label: str) -> tuple[Key, str]:
        """A new key for programs of a user, and its secret, which cannot be had again."""
        secret = _KEY_PREFIX + secrets.token_urlsafe(32)
        with changing(self._engine) as connection:
            values = {
                "user_id": _row(connection, name)["id"],
                "label": label.strip()[:_LONGEST_NAME] or "key",
                "digest": _digest(secret),
                "created": now(),
                "last_used": "",
                "revoked": False,
            }
            number = connection.execute(insert(KeyRow).values(values)).inserted_primary_key[0]
            return _key(connection.execute(select(KeyRow.__table__).where(KeyRow.id == number)).mappings().one()), secret

    def keys(self, name: str) -> list[Key]:
        """The keys of a user, the newest first."""
        with self._engine.connect() as connection:
            mine = select(KeyRow.__table__).where(KeyRow.user_id == _row(connection, name)["id"])
            return [_key(row) for row in connection.execute(mine.order_by(KeyRow.id.desc())).mappings()]

    def revoke(self, name: str, number: int) -> None:
        """End a key of a user. Raises AccountError if the user has none of this number."""
        with changing(self._engine) as connection:
            mine = (KeyRow.id == number) & (KeyRow.user_id == _row(connection, name)["id"])
            if not connection.execute(update(KeyRow).where(mine).values(revoked=True)).rowcount:
                raise AccountError(f"{name} has no key {number}. Look at the list of keys.")

    def of_key(self, secret: str) -> User | None:
        """The user for whom a program acts; None if the key is unknown or revoked, or the user locked."""
        chosen = (
            select(UserRow.__table__, KeyRow.id.label("key_id"), KeyRow.last_used)
            .join(KeyRow, KeyRow.user_id == UserRow.id)
            .where(KeyRow.digest == _digest(secret), KeyRow.revoked.is_(False), UserRow.locked.is_(False))
        )
        with self._engine.connect() as connection:
            row = connection.execute(chosen).mappings().first()
        if row is None:
            return None
        if row["last_used"][:10] != now()[:10]:  # by day: a write for every request would be dear
            with changing(self._engine) as connection:
                connection.execute(update(KeyRow).where(KeyRow.id == row["key_id"]).values(last_used=now()))
        return _user(row)

    def _change(self, name: str, **values: Any) -> User:
        with changing(self._engine) as connection:
            number = _row(connection, name)["id"]
            connection.execute(update(UserRow).where(UserRow.id == number).values(epoch=UserRow.epoch + 1, **values))
            if not connection.scalar(
                select(func.count()).select_from(UserRow).where(UserRow.role == "admin", UserRow.locked.is_(False))
            ):
                raise AccountError(f"{name} is the last admin; make another one first.")
            return _user(_row(connection, name))

    def _hashed(self, password: str) -> str:
        if len(password) < SHORTEST_PASSWORD:
            raise AccountError(f"The password has {len(password)} characters; take at least {SHORTEST_PASSWORD}.")
        return self._hasher.hash(password)


def _known(role: str) -> Role:
    for known in ROLES:
        if role == known:
            return known
    raise AccountError(f"{role!r} is no role; these are: {', '.join(ROLES)}.")


def _row(connection: Connection, name: str) -> Any:
    row = connection.execute(select(UserRow.__table__).where(UserRow.name == name.strip())).mappings().first()
    if row is None:
        raise AccountError(f"There is no user {name.strip()!r}. List the users, or add this one.")
    return row


def _user(row: Any) -> User:
    return User(row["id"], row["name"], row["role"], row["epoch"], row["locked"], row["created"])


def _key(row: Any) -> Key:
    return Key(row["id"], row["label"], row["created"], row["last_used"], row["revoked"])


def _digest(secret: str) -> str:
    """Keys are long and random, so a plain hash keeps them: no one can try them all."""
    return hashlib.sha256(secret.encode()).hexdigest()
