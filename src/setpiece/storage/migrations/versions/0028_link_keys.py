"""What unsubscribe links are signed with."""

from setpiece.storage.migrations.script import run_script

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    run_script("0028_link_keys.sql")
