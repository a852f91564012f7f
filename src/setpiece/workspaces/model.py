"""Who may do what, where."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from setpiece.kernel.errors import Forbidden

WORKSPACE_PREFIX, ORGANIZATION_PREFIX, MEMBER_PREFIX, KEY_PREFIX = "wa", "og", "u", "key"


class Permission(IntEnum):
    """What an operation asks for; each level includes the ones before it."""

    READ = 1
    WRITE = 2
    ADMINISTER = 3


class Role(StrEnum):
    """What a key may do: a viewer reads, a member also changes, admin and owner also see the keys."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    VIEWER = "viewer"

    @property
    def permission(self) -> Permission:
        return _PERMISSION_BY_ROLE[self]


_PERMISSION_BY_ROLE = {
    Role.OWNER: Permission.ADMINISTER,
    Role.ADMIN: Permission.ADMINISTER,
    Role.MEMBER: Permission.WRITE,
    Role.VIEWER: Permission.READ,
}


@dataclass(frozen=True, slots=True)
class Member:
    """The person or program a key stands for; named as the author of changes."""

    id: UUID
    first_name: str
    last_name: str

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Workspace:
    id: UUID
    name: str
    read_only: bool

    def require_writable(self) -> None:
        """Raises Forbidden when it is read-only."""
        if self.read_only:
            raise Forbidden(f"Workspace '{self.name}' is read-only; nothing was changed.", code="read_only")


@dataclass(frozen=True, slots=True)
class Principal:
    """A key that was accepted: its workspace, its member, its role."""

    key_id: UUID
    role: Role
    member: Member
    workspace: Workspace

    def require(self, permission: Permission) -> None:
        """Pass, or say why not.

        Raises:
            Forbidden: the role is too low, or the workspace is read-only and something would change.
        """
        if self.role.permission < permission:
            raise Forbidden(
                f"A key with the role '{self.role}' may not do this; use one with a higher role.",
                code="role_too_low",
            )
        if permission >= Permission.WRITE:
            self.workspace.require_writable()


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it can still be shown: never its secret, only a hint of it."""

    id: UUID
    name: str
    role: Role
    hint: str
    member: Member
    workspace_name: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


def new_secret() -> str:
    """A new key: 256 random bits."""
    return f"sp_{secrets.token_urlsafe(32)}"


def hash_secret(secret: str) -> bytes:
    """SHA-256 of a key. A slow hash would add nothing: the key is random, not chosen by a person."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def hint_of(secret: str) -> str:
    """Enough of a key to tell it from others."""
    return f"{secret[:6]}…{secret[-4:]}"
