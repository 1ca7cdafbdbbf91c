"""What all tables share: metadata with fixed constraint names, and the column types."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, DateTime, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


REFERENCE_END = "substr(reference, 7)"
"""The last symbols of a reference, `ENDING_CHARACTERS` with the hyphen, by which it is looked up."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware UTC in Python, `timestamptz` on PostgreSQL, UTC text on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """Remember how instants are written on SQLite: thousands of rows at once have the same.

        Those in UTC alone, as others are equal in both hours that the clocks repeat.
        """
        write = super().bind_processor(dialect)
        if write is None or dialect.name != "sqlite":
            return write
        known = lru_cache(maxsize=1024)(write)
        return lambda value: known(value) if value is not None and value.tzinfo is UTC else write(value)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time; hand over UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a naive datetime is no instant"
            raise ValueError(message)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


JsonColumn = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    """The declarative base; its metadata is what migrations are compared with."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: UtcDateTime(),
        dict[str, Any]: JsonColumn,
    }


def new_id() -> str:
    """Return a fresh opaque id (32 hexadecimal characters)."""
    return uuid.uuid4().hex
