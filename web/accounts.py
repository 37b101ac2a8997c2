"""Users, their passwords (argon2id) and the keys of their programs. It does not know what a request is."""

from __future__ import annotations

import hashlib
import secrets
import threading
import unicodedata
from dataclasses import dataclass
from typing import Any, Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from translator.errors import DwibhashiError
from web.database import changing, now
from web.schema import KeyRow, UserRow

Role = Literal["viewer", "translator", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)  # each may do what those before it may
SHORTEST_PASSWORD = 12  # characters
LONGEST_PASSWORD = 256
LONGEST_NAME = 64
_FEWEST_CHARACTERS = 5  # different ones in a password
_KEY_PREFIX = "dwi_"
_AT_ONCE = 4  # passwords that are hashed at once: each takes 64 MiB while it lasts


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
        self._hashing = threading.BoundedSemaphore(_AT_ONCE)
        self._decoy = self._hasher.hash(secrets.token_hex(8))
        self._seen = False

    def exist(self) -> bool:
        """Whether there is any user. Users are never deleted, so once there is one there always is."""
        if not self._seen:
            with self._engine.connect() as connection:
                self._seen = connection.scalar(select(UserRow.id).limit(1)) is not None
        return self._seen

    def users(self) -> list[User]:
        """All users, by name."""
        with self._engine.connect() as connection:
            return [_user(row) for row in connection.execute(select(UserRow.__table__).order_by(UserRow.name)).mappings()]

    def user(self, name: str) -> User:
        """Raises AccountError if there is no such user."""
        with self._engine.connect() as connection:
            return _user(_row(connection, name))

    def add(self, name: str, password: str, role: Role) -> User:
        """A new user; the first one must be an admin, for no one else could add others from then on.

        Raises AccountError if the name is taken or cannot be, or the password is bad.
        """
        name = known_as(name)
        if not name or len(name) > LONGEST_NAME or not name.isprintable() or "/" in name:
            raise AccountError(f"{name!r} is no name for a user; take 1 to {LONGEST_NAME} printable characters without a slash.")
        values = {
            "name": name,
            "role": _known(role),
            "password_hash": self._hashed(name, password),
            "epoch": 1,
            "locked": False,
            "created": now(),
        }
        taken = AccountError(f"There is a user {name} already. Change it, or take another name.")
        try:
            with changing(self._engine) as connection:
                if connection.scalar(select(UserRow.id).limit(1)) is None and role != "admin":
                    raise AccountError(f"The first user must be an admin; {name} can be added as {role} after that.")
                if connection.scalar(select(UserRow.id).where(UserRow.name == name)):
                    raise taken
                connection.execute(insert(UserRow).values(values))
        except IntegrityError:
            raise taken from None
        return self.user(name)

    def set_password(self, name: str, password: str) -> User:
        """Give a user another password; all sessions of the user end, the keys stay."""
        return self._change(name, password_hash=self._hashed(known_as(name), password))

    def set_role(self, name: str, role: Role) -> User:
        """Give a user another role; all sessions of the user end, and keys have the new role at once."""
        return self._change(name, role=_known(role))

    def lock(self, name: str) -> User:
        """Keep a user out, with sessions and keys, without deleting anything."""
        return self._change(name, locked=True)

    def unlock(self, name: str) -> User:
        """Let a user in again; the keys that were not revoked work again, too."""
        return self._change(name, locked=False)

    def end_sessions(self, name: str) -> User:
        """Sign a user out wherever the user is signed in."""
        return self._change(name)

    def check(self, name: str, password: str) -> User | None:
        """The user of this name and password; None if there is none or it is locked, found out in the same time."""
        with self._engine.connect() as connection:
            row = connection.execute(select(UserRow.__table__).where(UserRow.name == known_as(name))).mappings().first()
        text = unicodedata.normalize("NFKC", password[:LONGEST_PASSWORD])
        try:
            with self._hashing:
                self._hasher.verify(row["password_hash"] if row else self._decoy, text)
        except (VerificationError, InvalidHashError):
            return None
        if row is None or row["locked"] or len(password) > LONGEST_PASSWORD:
            return None
        if self._hasher.check_needs_rehash(row["password_hash"]):
            self._rehash(row, text)
        return _user(row)

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
                "label": "".join(filter(str.isprintable, label)).strip()[:LONGEST_NAME] or "key",
                "digest": _digest(secret),
                "created": now(),
                "last_used": "",
                "revoked": False,
            }
            number = connection.scalar(insert(KeyRow).values(values).returning(KeyRow.id))
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
        if not secret.startswith(_KEY_PREFIX):
            return None
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
            admins = select(UserRow.id).where(UserRow.role == "admin", UserRow.locked.is_(False)).order_by(UserRow.id)
            before = connection.scalars(admins.with_for_update()).all()  # two admins must not take each other's role at once
            number = _row(connection, name)["id"]
            connection.execute(update(UserRow).where(UserRow.id == number).values(epoch=UserRow.epoch + 1, **values))
            if before and not connection.scalars(admins).all():
                raise AccountError(f"{known_as(name)} is the last admin; make another one first.")
            return _user(_row(connection, name))

    def _hashed(self, name: str, password: str) -> str:
        text = unicodedata.normalize("NFKC", password)
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise AccountError(
                f"The password has {len(password)} characters; take at least {SHORTEST_PASSWORD}, and at most {LONGEST_PASSWORD}."
            )
        if len(set(text)) < _FEWEST_CHARACTERS or text.casefold().strip() == name:
            raise AccountError("The password is too easy to guess; take one with more different characters that is not the name.")
        with self._hashing:
            return self._hasher.hash(text)

    def _rehash(self, row: Any, password: str) -> None:
        """Keep a password as strongly as new ones are kept; sessions go on."""
        with self._hashing:
            stronger = self._hasher.hash(password)
        mine = (UserRow.id == row["id"]) & (UserRow.password_hash == row["password_hash"])
        with changing(self._engine) as connection:
            connection.execute(update(UserRow).where(mine).values(password_hash=stronger))


def known_as(name: str) -> str:
    """How a user's name is kept: in one spelling, so that no two names look the same but for case or width.

    >>> known_as(" Asha ")
    'asha'
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()


def _known(role: str) -> Role:
    for known in ROLES:
        if role == known:
            return known
    raise AccountError(f"{role!r} is no role; these are: {', '.join(ROLES)}.")


def _row(connection: Connection, name: str) -> Any:
    row = connection.execute(select(UserRow.__table__).where(UserRow.name == known_as(name))).mappings().first()
    if row is None:
        raise AccountError(f"There is no user {known_as(name)!r}. List the users, or add this one.")
    return row


def _user(row: Any) -> User:
    return User(row["id"], row["name"], row["role"], row["epoch"], row["locked"], row["created"])


def _key(row: Any) -> Key:
    return Key(row["id"], row["label"], row["created"], row["last_used"], row["revoked"])


def _digest(secret: str) -> str:
    """Keys are long and random, so a plain hash keeps them: no one can try them all."""
    return hashlib.sha256(secret.encode()).hexdigest()
