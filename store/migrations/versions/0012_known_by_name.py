"""Those for whom staff entered a report are known again by their name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.domain.same_person import name_key

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; who is there gets the key of their name."""
    op.drop_index("ix_residents_contact", "residents")
    with op.batch_alter_table("residents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name_key", sa.String(length=200), nullable=True))
    people = sa.table("residents", *map(sa.column, ("id", "name", "name_key", "chat_id")), sa.column("relay"))
    entered = (people.c.chat_id.is_(None), people.c.name.is_not(None), sa.not_(people.c.relay))
    bind = op.get_bind()
    for id_, name in bind.execute(sa.select(people.c.id, people.c.name).where(*entered)).all():
        bind.execute(people.update().where(people.c.id == id_).values(name_key=name_key(name)))
    named = sa.text("name_key IS NOT NULL")
    op.create_index(
        "ix_residents_name_key", "residents", ["name_key"], sqlite_where=named, postgresql_where=named
    )
