"""A table of counters: the least that can show a lost write."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from store.engine import Store

TABLE = "CREATE TABLE counters (name VARCHAR(40) PRIMARY KEY, n BIGINT NOT NULL, words TEXT)"
_READ = text("SELECT n FROM counters WHERE name = :name")
_LOCKED = text("SELECT n FROM counters WHERE name = :name FOR UPDATE")
_WRITE = text("UPDATE counters SET n = :n WHERE name = :name")


def execute(session: Session, statement: str) -> None:
    session.execute(text(statement))


def add(session: Session, name: str, n: int = 0, words: str = "") -> str:
    """Add a counter and return its name."""
    session.execute(
        text("INSERT INTO counters VALUES (:name, :n, :words)"), {"name": name, "n": n, "words": words}
    )
    return name


def value(session: Session, name: str) -> int | None:
    return session.scalar(_READ, {"name": name})


def names(session: Session) -> set[str]:
    return set(session.scalars(text("SELECT name FROM counters")))


def increment(session: Session, name: str) -> int:
    """Read, add one in Python, write: what is lost when two do it at once without care."""
    locked = session.get_bind().dialect.name == "postgresql"
    n = session.execute(_LOCKED if locked else _READ, {"name": name}).scalar_one() + 1
    session.execute(_WRITE, {"name": name, "n": n})
    return int(n)


async def prepare(store: Store) -> None:
    """Make the table."""
    await store.write(execute, TABLE)
