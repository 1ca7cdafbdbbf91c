"""Reference data as versioned rows; seeded once from a profile, then only these are read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class ReferenceRow(Base):
    """One version of one entry (`kind`, `code`); the current one has no `retired_at`.

    `from_profile` says that a profile gave it; what an administrator imported does not come from one.
    """

    __tablename__ = "reference"
    __table_args__ = (
        Index(
            "uq_reference_current",
            "kind",
            "code",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    code: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    from_profile: Mapped[bool] = mapped_column(default=False)
    body: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class PostcodeRow(Base):
    """A postcode of the district and its point (degrees WGS84)."""

    __tablename__ = "postcodes"

    postcode: Mapped[str] = mapped_column(String(8), primary_key=True)
    lat: Mapped[float]
    lon: Mapped[float]
