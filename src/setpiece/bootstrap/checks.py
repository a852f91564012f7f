"""What `setpiece doctor` looks at."""

import os
import platform
import shutil
import sys
from collections.abc import Sequence

from setpiece.bootstrap.address import database
from setpiece.bootstrap.language_model import check_language_model
from setpiece.bootstrap.settings import Settings
from setpiece.bootstrap.speech import check_speech
from setpiece.cli.installation import Check
from setpiece.kernel.errors import SetpieceError
from setpiece.storage.embedded import check_extensions
from setpiece.storage.migrate import migrate
from setpiece.storage.requirements import missing_requirements

_LEAST_FREE_BYTES = 1 << 30


async def run_checks(settings: Settings) -> Sequence[Check]:
    """Every check, in the order in which a start would meet them; a failed one says what to do."""
    return [
        _python(),
        _folder(settings),
        *await _database(settings),
        *await check_language_model(settings),
        *await check_speech(settings),
    ]


def _python() -> Check:
    found = platform.python_version()
    return Check(
        "Python", sys.version_info >= (3, 11), f"{found} on {platform.system()} {platform.machine()}"
    )


def _folder(settings: Settings) -> Check:
    folder = settings.data_dir
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    if not existing.is_dir():
        return Check("Data folder", False, f"{existing} is no folder; choose another with --data-dir.")
    if not os.access(existing, os.W_OK | os.X_OK):
        return Check(
            "Data folder", False, f"{existing} cannot be written to; choose another with --data-dir."
        )
    free = shutil.disk_usage(existing).free
    enough = free >= _LEAST_FREE_BYTES
    advice = "" if enough else "; it needs 1.1: free some space, or choose another with --data-dir."
    return Check("Data folder", enough, f"{folder}, {free / 1e9:.1f} GB free{advice}")


async def _database(settings: Settings) -> list[Check]:
    where = "SETPIECE_DATABASE_URL" if settings.database_url else "embedded"
    try:
        async with database(settings) as address:
            missing = await missing_requirements(address.dsn)
            if missing:
                return [Check("Database", False, f"{where}: {' '.join(missing)}")]
            extensions = [
                Check(f"Extension {one.name}", one.works, one.explanation)
                for one in await check_extensions(address.dsn)
            ]
            _, revision = await migrate(address.dsn)
    except SetpieceError as error:
        return [Check("Database", False, f"{where}: {error.message}")]
    return [Check("Database", True, f"{where}, answers"), *extensions, Check("Schema", True, revision)]
