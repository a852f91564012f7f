"""What we rely on in procrastinate, and what the API must not load."""

import subprocess
import sys
from pathlib import Path

from procrastinate.schema import SchemaManager

from setpiece.jobs.worker import WorkerOptions

_INCLUDED = "03.04.00_50_post_add_retry_failed_job_procedure.sql"


def test_the_queue_of_a_migrated_database_is_the_one_this_procrastinate_expects():
    """When this fails, a new revision has to run procrastinate's newer migrations on databases that exist."""
    newest = max(path.name for path in Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    assert newest == _INCLUDED


def test_a_dead_workers_jobs_are_taken_over_within_15_s_by_default():
    options = WorkerOptions()
    assert options.stale_after_s >= 3 * options.heartbeat_s
    assert options.stale_after_s + options.rescue_every_s <= 15


def test_the_api_does_not_load_procrastinate():
    code = "import sys; import setpiece.bootstrap.serving; print([m for m in ('procrastinate', 'psycopg') if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
