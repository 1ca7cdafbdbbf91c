from __future__ import annotations

import pytest

from store.domain.reference import Restriction
from store.domain.triage import strictest


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ((), None),
        ((None, None), None),
        ((None, Restriction.STAFF_THREAT), Restriction.STAFF_THREAT),
        ((Restriction.STAFF_THREAT, Restriction.HATE), Restriction.HATE),
        ((Restriction.HATE, Restriction.INTELLIGENCE), Restriction.INTELLIGENCE),
        ((Restriction.INTELLIGENCE, Restriction.SAFEGUARDING), Restriction.SAFEGUARDING),
    ],
)
def test_a_whole_is_as_restricted_as_its_strictest_part(
    parts: tuple[Restriction | None, ...], whole: Restriction | None
) -> None:
    assert strictest(*parts) is whole


def test_every_restriction_has_its_place_in_the_order() -> None:
    assert [strictest(kind) for kind in Restriction] == list(Restriction)
