"""Voice identities and the voiceprints they are made of."""

from setpiece.storage.migrations.script import run_script

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run_script("0009_identities.sql")
