"""What may befall the sending engine, drawn at random: see `engine.live`."""

from __future__ import annotations

from hypothesis import strategies as st

from store.domain.delivery import Lane
from tests.notifications.engine import PEOPLE, TROUBLE

WHO = st.integers(0, PEOPLE - 1)
LANES = st.sampled_from((Lane.REPLY, Lane.URGENT, Lane.CASE, Lane.REMINDER))
CAMPAIGN = st.integers(0, 3)
STEPS = st.one_of(
    st.tuples(st.just("go on"), st.sampled_from((0.02, 0.05, 0.3, 1.0, 4.0))),
    st.tuples(st.just("say"), st.tuples(WHO, LANES, st.integers(1, 4))),
    st.tuples(st.just("campaign"), st.just(0)),
    st.tuples(st.just("kill"), st.sampled_from((0.0, 0.5, 3.0))),
    st.tuples(st.just("trouble"), st.tuples(st.sampled_from(TROUBLE), st.integers(1, 3))),
    st.tuples(st.just("pause"), CAMPAIGN),
    st.tuples(st.just("resume"), CAMPAIGN),
    st.tuples(st.just("cancel"), CAMPAIGN),
    st.tuples(st.just("stop"), WHO),
    st.tuples(st.just("leave"), WHO),
    st.tuples(st.just("block"), WHO),
    st.tuples(st.just("stand still"), st.sampled_from((1, 10, 200))),
    st.tuples(st.just("far"), st.sampled_from((0.01, 0.3, 2.5))),
)
LIVES = st.lists(STEPS, min_size=4, max_size=14)
