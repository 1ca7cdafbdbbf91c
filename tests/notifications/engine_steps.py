"""What may befall the sending engine, drawn at random: see `engine_life.live`."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from store.domain.delivery import Lane
from tests.notifications.engine_acts import TROUBLE
from tests.notifications.engine_life import PEOPLE
from tests.notifications.engine_staff import APPROVED, DRAFT, FILES, FORMS

GROUPS = 2
WHO = st.integers(0, PEOPLE - 1)
STAFF = st.integers(0, 2)
AUTHOR = st.integers(0, 1)
STAGE = st.sampled_from((APPROVED, APPROVED, APPROVED, *range(DRAFT, APPROVED)))
LANES = st.sampled_from((Lane.REPLY, Lane.URGENT, Lane.CASE, Lane.REMINDER))
NUMBER = st.integers(0, 5)
GO_ON = st.tuples(st.just("go on"), st.sampled_from((0.02, 0.05, 0.3, 1.0, 4.0)))
CAMPAIGN = st.tuples(st.just("campaign"), st.tuples(st.sampled_from(sorted(FORMS)), AUTHOR, STAGE))
ALERT = st.tuples(st.just("alert"), st.tuples(AUTHOR, STAGE, st.booleans(), st.booleans()))
SAID_LATER = st.tuples(STAGE, st.booleans(), st.sampled_from((0.05, 0.5, 3.0)))
FOLLOW = st.tuples(st.just("follow"), st.tuples(NUMBER, AUTHOR, SAID_LATER))
KILL = st.tuples(st.just("kill"), st.sampled_from((0.0, 0.5, 3.0)))
FAULT = st.tuples(
    st.just("trouble"), st.tuples(st.sampled_from((*TROUBLE, "reject", "reject")), st.integers(1, 3))
)
TIME = st.tuples(st.just("stand still"), st.sampled_from((1, 5, 10, 21, 60, 200)))
RESIDENTS = (
    st.tuples(st.just("stop"), WHO),
    st.tuples(st.just("leave"), WHO),
    st.tuples(st.just("take a break"), st.tuples(WHO, st.sampled_from((2, 30)))),
    st.tuples(st.just("block"), WHO),
    st.tuples(st.just("come back"), WHO),
)
SAID = st.tuples(st.just("say"), st.tuples(st.integers(-GROUPS, PEOPLE - 1), LANES, st.integers(1, 4)))
RETRY = st.tuples(st.just("retry"), NUMBER)
DESK = (
    st.tuples(st.just("submit"), NUMBER),
    st.tuples(st.just("approve"), st.tuples(NUMBER, STAFF, st.booleans())),
    st.tuples(st.just("send back"), NUMBER),
    st.tuples(st.just("edit"), st.tuples(NUMBER, STAFF)),
    st.tuples(st.just("file"), st.tuples(NUMBER, STAFF, st.sampled_from((*sorted(FILES), "lost", "none")))),
    st.tuples(st.just("pattern"), st.tuples(st.integers(0, 3), AUTHOR, st.booleans())),
    st.tuples(st.just("pause"), NUMBER),
    st.tuples(st.just("resume"), NUMBER),
    st.tuples(st.just("cancel"), NUMBER),
)
WORLD = (
    st.tuples(st.just("in part"), st.integers(1, 3)),
    st.tuples(st.just("far"), st.sampled_from((0.01, 0.3, 2.5))),
    st.tuples(st.just("move"), st.just(0)),
)


def _often(*kinds: tuple[int, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    """Draw one of these kinds, each so many times as often as another."""
    return st.sampled_from([one for times, one in kinds for _ in range(times)]).flatmap(lambda one: one)


STEPS = _often(
    (8, GO_ON),
    (5, CAMPAIGN),
    (3, ALERT),
    (3, FOLLOW),
    (3, KILL),
    (5, FAULT),
    (3, TIME),
    (3, SAID),
    (2, RETRY),
    *((1, one) for one in (*WORLD, *DESK, *RESIDENTS)),
)
LIVES = st.lists(STEPS, min_size=10, max_size=30)
