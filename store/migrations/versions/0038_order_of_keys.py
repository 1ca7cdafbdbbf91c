"""Keys of deliveries go by their bytes also where a database on PostgreSQL goes by a language.

What begins alike is found between two keys. By a language's order nothing lies between these.
"""

from __future__ import annotations

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute('ALTER TABLE deliveries ALTER COLUMN key TYPE VARCHAR(120) COLLATE "C"')
