"""Under which name a campaign's document was uploaded to the messenger, which keeps it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.add_column("campaign_files", sa.Column("sent_name", sa.String(40), server_default="", nullable=False))
