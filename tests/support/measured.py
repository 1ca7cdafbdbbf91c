"""Keeps a measured run quick: what runs on both databases is traced on one, and compiled once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.ext.asyncio import AsyncEngine

from store.engine import connect

ON_ITS_OWN = "store/engine"
"""What there is for PostgreSQL alone is tested, and so traced, there."""
STATEMENTS = 5_000
"""So many compiled statements of all tests are kept."""


@contextmanager
def untraced() -> Iterator[None]:
    """Let coverage look away from this thread."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


def is_second_time(item: pytest.Item) -> bool:
    """Tell whether a test runs on PostgreSQL what it also runs on SQLite."""
    given = (
        item.callspec.params.values()
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
        else ()
    )
    parts = [part for one in given for part in (one if isinstance(one, tuple) else (one,))]
    return "postgresql" in parts and ON_ITS_OWN not in item.path.as_posix()


@contextmanager
def compiled_once() -> Iterator[None]:
    """Let the engines of all databases of a kind share what SQLAlchemy compiled, as one program has it once.

    It keeps that by dialect, so they share the first one that knows its server.
    """
    first: dict[str, Engine] = {}

    def share(engine: Engine) -> None:
        known = first.setdefault(engine.dialect.name, engine)
        engine.dialect, engine._compiled_cache = known.dialect, known._compiled_cache

    def sharing(make: Callable[..., Any]) -> Callable[..., Any]:
        def made(*args: Any, **options: Any) -> Any:
            engine = make(*args, query_cache_size=STATEMENTS, **options)
            inner = engine.sync_engine if isinstance(engine, AsyncEngine) else engine
            event.listen(inner, "connect", lambda *_: share(inner))
            return engine

        return made

    with pytest.MonkeyPatch.context() as patch:
        for name in ("create_engine", "create_async_engine"):
            patch.setattr(connect, name, sharing(getattr(connect, name)))
        yield
