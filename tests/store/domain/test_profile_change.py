from __future__ import annotations

from store.domain.profile_change import Change, Row, Step, accepted, changes, reordered, unknown_names

OLD, NEW, OURS = {"name": "Old"}, {"name": "New"}, {"name": "Ours"}
GIVEN = Row(1, OLD, from_profile=True, given=OLD)
CHANGED_HERE = Row(2, OURS, from_profile=False, given=OLD)
ENDED_HERE = Row(1, None, from_profile=False, given=OLD)
ENDED_BY_PROFILE = Row(1, None, from_profile=True, given=OLD)
OUR_OWN = Row(1, OURS, from_profile=False)


def steps(row: Row | None, wanted: dict[str, str] | None, kind: str = "contacts") -> list[Step]:
    rows = {} if row is None else {"a": row}
    return [c.step for c in changes(kind, rows, {} if wanted is None else {"a": wanted})]


def test_what_the_profile_gave_follows_the_profile() -> None:
    assert steps(None, NEW) == [Step.NEW]
    assert steps(GIVEN, OLD) == []
    assert steps(GIVEN, NEW) == [Step.CHANGED]
    assert steps(GIVEN, None) == [Step.GONE]
    assert steps(ENDED_BY_PROFILE, NEW) == [Step.NEW]
    assert steps(ENDED_BY_PROFILE, None) == []


def test_what_was_changed_here_is_kept_and_not_mentioned_while_the_profile_stays_as_it_was() -> None:
    assert steps(CHANGED_HERE, OLD) == []
    assert steps(CHANGED_HERE, OURS) == []
    assert steps(CHANGED_HERE, NEW) == [Step.KEPT]
    assert steps(CHANGED_HERE, None) == [Step.KEPT]
    assert steps(ENDED_HERE, OLD) == []
    assert steps(ENDED_HERE, NEW) == [Step.KEPT]
    assert steps(OUR_OWN, None) == []
    assert steps(OUR_OWN, NEW) == [Step.KEPT]


def test_what_reports_may_name_stays() -> None:
    assert steps(GIVEN, None, "categories") == [Step.STAYS]


def test_what_is_kept_is_taken_over_only_by_its_name_or_its_kind() -> None:
    rows = {"a": CHANGED_HERE, "b": GIVEN, "c": GIVEN}
    found = [*changes("contacts", rows, {"a": NEW, "b": NEW}), *changes("wards", {"w": GIVEN}, {})]
    assert [c.code for c in accepted(found, ())] == ["b", "c"]
    assert [c.code for c in accepted(found, ["contacts/a"])] == ["a", "b", "c"]
    assert [c.code for c in accepted(found, ["contacts"])] == ["a", "b", "c"]
    assert unknown_names(found, ["contacts/a", "contacts", "contacts/b", "wards/w"]) == (
        "contacts/b",
        "wards/w",
    )


def test_fields_are_named_down_to_their_leaves() -> None:
    before = {
        "questions": [{"code": "loud", "text": {"en": "Loud?"}}, {"code": "late", "text": {"en": "Late?"}}],
        "emergency": True,
        "outline": [[1, 2], [3, 4]],
        "towns": ["Dover"],
        "same": 1,
    }
    after = {
        "questions": [
            {"code": "loud", "text": {"en": "How loud?"}},
            {"code": "late", "text": {"en": "Late?"}},
        ],
        "emergency": False,
        "outline": [[1, 2], [3, 5]],
        "towns": ["Dover", "Deal"],
        "same": 1,
        "phone": "999",
    }
    assert Change("contacts", "a", Step.CHANGED, 1, before, after).fields() == (
        ("questions.loud.text.en", "Loud?", "How loud?"),
        ("emergency", "yes", "no"),
        ("outline.2", "3, 4", "3, 5"),
        ("towns", "Dover", "Dover, Deal"),
        ("phone", "", "999"),
    )
    assert Change("contacts", "a", Step.NEW, 0, None, {"name": "A"}).fields() == (("name", "", "A"),)
    assert Change("contacts", "a", Step.GONE, 1, {"name": "A"}, None).fields() == (("name", "A", ""),)


def test_only_what_both_have_can_stand_in_another_order() -> None:
    assert not reordered(["a", "b", "own"], ["new", "a", "b"])
    assert reordered(["a", "b"], ["b", "a"])
