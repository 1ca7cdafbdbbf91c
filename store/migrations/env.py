"""Alembic's environment: always on a connection that the program hands over."""

from __future__ import annotations

from alembic import context

import store.tables  # noqa: F401 - registers every table
from store.tables.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
