"""The schema, as alembic revisions in plain SQL, and the one call that brings a database up to date."""
