"""Idempotency keys: a request that is sent again is answered as it was the first time.

A receipt says which record a key has led to, never what was answered: the answer is made from the record again, and a
record that is deleted takes its receipts along. Keys are kept apart by operation, because clients use one key for an upload
and for the job that follows it.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from setpiece.kernel.errors import Conflict, Invalid
from setpiece.workspaces.work import Work

KEPT_FOR = timedelta(hours=24)
"""Source: reports-v1, "stored answers live 24 h"."""
LONGEST_KEY = 255


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a key has led to: the record, and a fingerprint of the request that made it."""

    subject_id: UUID
    fingerprint: bytes

    def require(self, fingerprint: bytes) -> None:
        """Raises Conflict when the key was sent with another request."""
        if self.fingerprint != fingerprint:
            raise Conflict(
                "This Idempotency-Key was sent before with other content; use a new key for a new request.",
                code="idempotency_conflict",
            )


def check_key(key: str | None) -> str | None:
    """The key as it is kept; None when none was sent.

    Raises:
        Invalid: it is longer than 255 characters.
    """
    if not (key := (key or "").strip()):
        return None
    if len(key) > LONGEST_KEY:
        raise Invalid(f"'Idempotency-Key' must have at most {LONGEST_KEY} characters.")
    return key


async def hold_key(work: Work, operation: str, key: str) -> None:
    """Of two transactions with one key, the second waits here for the first; then `find_receipt` knows what that did."""
    await work.connection.execute(
        "select pg_advisory_xact_lock(hashtextextended($1, 0))", f"{work.workspace_id} {operation} {key}"
    )


async def find_receipt(work: Work, operation: str, key: str) -> Receipt | None:
    row = await work.connection.fetchrow(
        """select subject_id, fingerprint from receipts
           where workspace_id = $1 and operation = $2 and key = $3 and created_at > $4""",
        work.workspace_id,
        operation,
        key,
        work.at - KEPT_FOR,
    )
    return Receipt(*row) if row else None


async def claim(work: Work, operation: str, key: str, receipt: Receipt) -> Receipt | None:
    """Keep the receipt in the transaction of what it is for; another one when the key has led there before.

    Of two transactions with one key, the second waits here for the first.
    """
    claimed = await work.connection.fetchval(
        """insert into receipts as r (workspace_id, operation, key, subject_id, fingerprint, created_at)
           values ($1, $2, $3, $5, $6, $7)
           on conflict (workspace_id, operation, key) do update
               set subject_id = excluded.subject_id, fingerprint = excluded.fingerprint, created_at = excluded.created_at
               where r.created_at <= $4
           returning true""",
        work.workspace_id,
        operation,
        key,
        work.at - KEPT_FOR,
        receipt.subject_id,
        receipt.fingerprint,
        work.at,
    )
    return None if claimed else await find_receipt(work, operation, key)


async def forget_receipts_of(work: Work, subject_id: UUID) -> None:
    await work.connection.execute(
        "delete from receipts where workspace_id = $1 and subject_id = $2", work.workspace_id, subject_id
    )


async def forget_old_receipts(work: Work) -> None:
    await work.connection.execute(
        "delete from receipts where workspace_id = $1 and created_at <= $2",
        work.workspace_id,
        work.at - KEPT_FOR,
    )
