from __future__ import annotations

from dataclasses import replace
from datetime import date

from store.domain.reference import Ward
from store.domain.ward_set import OutlinedWard, Plan, WardFile, plan

TODAY = date(2026, 11, 23)
CHANGE = date(2027, 5, 6)
LAST_DAY = date(2027, 5, 5)
START = date(2013, 1, 1)
AREAS = ("margate", "ramsgate")
RING = ((51.30, 1.30), (51.30, 1.34), (51.34, 1.34), (51.34, 1.30), (51.30, 1.30))


def ward(code: str, area: str = "margate", first: date = START, last: date | None = None) -> Ward:
    return Ward(code, code.title(), area, 51.0, 1.0, (1.0, 51.0, 1.0, 51.0), first, last)


def given(*codes: str) -> list[OutlinedWard]:
    return [OutlinedWard(code, code.title(), (RING,)) for code in codes]


def a_plan(
    known: list[Ward], codes: list[str], areas: dict[str, str] | None = None, first: date | None = None
) -> Plan:
    return plan(known, AREAS, WardFile(given(*codes), areas or {}, first), TODAY)


def after(made: Plan) -> dict[str, Ward]:
    return {ward.code: ward for _, ward in made.changed if ward is not None}


def test_wards_of_today_get_their_outline_and_keep_days_and_area() -> None:
    known = [ward("dane", last=LAST_DAY), ward("eastcliff", "ramsgate")]
    made = a_plan(known, ["dane"])
    assert made.refused == ()
    assert made.count() == (0, 1, 0)
    fresh = after(made)["dane"]
    assert (fresh.area, fresh.valid_from, fresh.valid_to) == ("margate", START, LAST_DAY)
    assert (fresh.lat, fresh.lon, fresh.box) == (51.32, 1.32, (1.30, 51.30, 1.34, 51.34))
    assert fresh.outline == (RING,)


def test_what_is_known_already_changes_nothing() -> None:
    once = after(a_plan([ward("dane")], ["dane"]))["dane"]
    assert a_plan([once], ["dane"]).changed == ()


def test_a_code_that_is_not_of_today_is_refused_without_a_first_day() -> None:
    ended, coming = ward("old", last=date(2020, 1, 1)), ward("new", first=CHANGE)
    made = a_plan([ended, coming, ward("dane")], ["old", "new", "dane"])
    assert list(after(made)) == ["dane"]
    assert [line.split(":")[0] for line in made.refused] == ["old Old", "new New"]
    assert "give --valid-from" in made.refused[0]


def test_an_area_can_be_given_and_must_be_known() -> None:
    known = [ward("dane"), ward("viking")]
    made = a_plan(known, ["dane", "viking"], {"dane": "ramsgate", "viking": "atlantis"})
    assert after(made)["dane"].area == "ramsgate"
    assert made.refused == ("viking Viking: there is no engagement area 'atlantis'",)


def test_a_new_set_ends_the_one_before_it_the_day_before() -> None:
    known = [ward("dane"), ward("eastcliff", "ramsgate", last=date(2028, 1, 1))]
    made = a_plan(known, ["dane", "salmestone"], {"salmestone": "margate"}, CHANGE)
    assert made.count() == (2, 2, 0)
    ended = [fresh for old, fresh in made.changed if old is not None and fresh is not None]
    assert [(one.code, one.valid_to) for one in ended] == [("dane", LAST_DAY), ("eastcliff", LAST_DAY)]
    begun = [fresh for old, fresh in made.changed if old is None and fresh is not None]
    assert {(one.code, one.area, one.valid_from, one.valid_to) for one in begun} == {
        ("dane", "margate", CHANGE, None),
        ("salmestone", "margate", CHANGE, None),
    }


def test_a_set_that_was_to_end_sooner_goes_on_until_the_new_one() -> None:
    known = [ward("ancient", last=date(2000, 1, 1)), ward("dane", last=date(2027, 4, 1))]
    made = a_plan(known, ["dane"], first=CHANGE)
    assert [(old, fresh) for old, fresh in made.changed if old is not None] == [
        (known[1], replace(known[1], valid_to=LAST_DAY))
    ]


def test_the_same_set_again_replaces_itself_without_what_the_file_leaves_out() -> None:
    before = [ward("dane", last=LAST_DAY)]
    first = after(a_plan(before, ["dane", "viking"], {"viking": "margate"}, CHANGE))
    known = [*before, *first.values()]
    again = a_plan(known, ["dane", "viking"], first=CHANGE)
    assert again.changed == ()
    shorter = a_plan(known, ["dane"], first=CHANGE)
    assert shorter.changed == ((first["viking"], None),)
    assert shorter.count() == (0, 0, 1)


def test_a_ward_without_an_area_is_refused_and_what_is_there_of_it_stays() -> None:
    made = a_plan([ward("dane")], ["dane", "nowhere"], first=CHANGE)
    assert made.refused == ("nowhere Nowhere: has no engagement area: give --areas",)
    assert "nowhere" not in after(made)


def test_a_file_of_which_nothing_is_good_ends_no_set() -> None:
    made = a_plan([ward("dane")], ["nowhere"], first=CHANGE)
    assert made.changed == ()


def test_the_very_first_set_ends_nothing() -> None:
    made = a_plan([], ["dane"], {"dane": "margate"}, CHANGE)
    assert made.count() == (1, 0, 0)


def test_a_set_before_one_that_is_known_is_refused_as_a_whole() -> None:
    made = a_plan([ward("dane"), ward("new", first=date(2030, 1, 1))], ["dane"], first=CHANGE)
    assert made.changed == ()
    assert made.refused == ("the whole file: wards that begin on 2030-01-01 are known already",)
