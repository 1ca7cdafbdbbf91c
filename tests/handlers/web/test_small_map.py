from __future__ import annotations

from dataclasses import replace

from handlers.web.small_map import TALLEST, WIDTH, around
from tests.store.domain.small_profile import SMALL

OUTLINE = (((51.33, 1.40), (51.34, 1.40), (51.34, 1.42), (51.33, 1.40)),)


def test_points_lie_in_the_outline_of_their_ward() -> None:
    ward = replace(SMALL.wards[0], outline=OUTLINE, box=(1.40, 51.33, 1.42, 51.34))
    picture = around(replace(SMALL, wards=(ward,)), [ward.code, None], [(51.335, 1.41)])
    assert picture is not None
    assert picture.width <= WIDTH
    assert picture.height <= TALLEST
    ((name, path),) = picture.outlines
    assert (name, path[0], path[-1], path.count("L")) == (ward.name, "M", "Z", 3)
    ((x, y),) = picture.dots
    assert 0 < x < picture.width
    assert 0 < y < picture.height


def test_without_a_point_there_is_no_picture_and_far_points_fit_in() -> None:
    assert around(SMALL, [], []) is None
    tall = around(SMALL, [], [(51.0, 1.4), (52.0, 1.4)])
    assert tall is not None
    assert tall.height <= TALLEST
    assert tall.outlines == ()
