"""Keeps a measured run quick: it is traced on one database, and statements are compiled once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from coverage import Coverage
from sqlalchemy import Engine, event
from sqlalchemy.ext.asyncio import AsyncEngine

from store.engine import connect

STATEMENTS = 5_000
"""So many compiled statements of all tests are kept."""


@contextmanager
def untraced() -> Iterator[None]:
    """Let coverage look away from this thread, and from the programs that are started meanwhile."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        with pytest.MonkeyPatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("COVERAGE_")]:
                patch.delenv(name)
            yield
    finally:
        sys.settrace(tracer)


def follows_greenlets() -> bool:
    """Tell whether this run is measured in the way that understands PostgreSQL's driver."""
    measuring = Coverage.current()
    return measuring is not None and "greenlet" in str(measuring.get_option("run:concurrency"))


def is_on_postgres(item: pytest.Item) -> bool:
    """Tell whether a test is one of PostgreSQL."""
    if not isinstance(item, pytest.Function):
        return False
    given = item.callspec.params.values() if hasattr(item, "callspec") else ()
    parts = [part for one in given for part in (one if isinstance(one, tuple) else (one,))]
    return "postgresql" in parts or any(name.startswith("postgres") for name in item.fixturenames)


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
