"""What unsubscribe links are signed with."""

from setpiece.storage.migrations.script import run_script

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    run_script("0030_link_keys.sql")
