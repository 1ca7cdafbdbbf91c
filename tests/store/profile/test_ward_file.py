from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from store.profile.spot import ProfileError
from store.profile.ward_file import Fields, ReadWards, read_areas, read_wards

DISTRICT = "E07000114"
BOX = (1.2, 51.3, 1.5, 51.4)
RING = [[1.30, 51.30], [1.34, 51.30], [1.34, 51.34], [1.30, 51.30]]
POLYGON = {"type": "Polygon", "coordinates": [RING]}


def feature(geometry: object = POLYGON, **properties: object) -> dict[str, Any]:
    named = {"WD13CD": "E1", "WD13CDO": "29", "WD13NM": "Dane", "WD13NMW": None} | properties
    return {"type": "Feature", "properties": named, "geometry": geometry}


def read(folder: Path, *features: object, fields: Fields = Fields()) -> ReadWards:  # noqa: B008 - frozen
    path = folder / "wards.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))
    return read_wards(path, fields, DISTRICT, BOX)


def test_a_polygon_becomes_rings_of_latitude_and_longitude(tmp_path: Path) -> None:
    [ward] = read(tmp_path, feature()).wards
    assert (ward.code, ward.name) == ("E1", "Dane")
    assert ward.outline == (((51.30, 1.30), (51.30, 1.34), (51.34, 1.34), (51.30, 1.30)),)


def test_pieces_and_holes_become_rings_alike(tmp_path: Path) -> None:
    geometry = {"type": "MultiPolygon", "coordinates": [[RING, RING], [RING]]}
    [ward] = read(tmp_path, feature(geometry)).wards
    assert len(ward.outline) == 3


def test_heights_are_left_out_and_digits_rounded(tmp_path: Path) -> None:
    high = {"type": "Polygon", "coordinates": [[[lon + 1e-9, lat, 12.5] for lon, lat in RING]]}
    [ward] = read(tmp_path, feature(high)).wards
    assert ward.outline[0][0] == (51.30, 1.30)


@pytest.mark.parametrize(
    "properties",
    [
        {"WD24CD": "E2", "WD24NM": "Viking"},
        {"id": "7", "Ward_Code": "E2", "Ward_Name": "Viking"},
        {"code": "E2", "name": "Viking"},
    ],
)
def test_the_usual_names_of_properties_are_guessed(tmp_path: Path, properties: dict[str, str]) -> None:
    one = {"type": "Feature", "properties": properties, "geometry": POLYGON}
    [ward] = read(tmp_path, one).wards
    assert (ward.code, ward.name) == ("E2", "Viking")


def test_names_of_properties_can_be_given(tmp_path: Path) -> None:
    [ward] = read(tmp_path, feature(ref="X1", title="Sea"), fields=Fields("ref", "title")).wards
    assert (ward.code, ward.name) == ("X1", "Sea")


@pytest.mark.parametrize(
    ("fields", "option"), [(Fields("nope", "WD13NM"), "--code"), (Fields("", "nope"), "--name")]
)
def test_a_property_that_is_not_there_is_named_with_those_that_are(
    tmp_path: Path, fields: Fields, option: str
) -> None:
    with pytest.raises(ProfileError, match=rf"say with {option} .* WD13CD, WD13CDO"):
        read(tmp_path, feature(), fields=fields)


def test_a_file_whose_features_have_no_properties_says_so(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="the properties are: none"):
        read(tmp_path, {"type": "Feature", "properties": None}, "no feature")


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (feature(WD13CD=None), "feature 2: has no WD13CD"),
        (feature(WD13NM=" "), "feature 2: has no WD13NM"),
        (feature(), "feature 2: E1 Dane comes twice"),
        (feature(None, WD13CD="E2"), "feature 2: E2 Dane has no Polygon or MultiPolygon"),
        (
            feature({"type": "Point", "coordinates": [1.3, 51.3]}, WD13CD="E2"),
            "feature 2: E2 Dane has no Polygon or MultiPolygon",
        ),
        (
            feature({"type": "Polygon"}, WD13CD="E2"),
            "feature 2: E2 Dane has an outline that is no list of points in degrees",
        ),
        (
            feature({"type": "Polygon", "coordinates": [[[632000, 168000]] * 4]}, WD13CD="E2"),
            "feature 2: E2 Dane has an outline that is no list of points in degrees",
        ),
        (
            feature({"type": "Polygon", "coordinates": [["1.3"] * 4]}, WD13CD="E2"),
            "feature 2: E2 Dane has an outline that is no list of points in degrees",
        ),
        (
            feature({"type": "Polygon", "coordinates": [RING[:3]]}, WD13CD="E2"),
            "feature 2: E2 Dane has a ring of fewer than 4 points",
        ),
        (
            feature({"type": "MultiPolygon", "coordinates": []}, WD13CD="E2"),
            "feature 2: E2 Dane has a ring of fewer than 4 points",
        ),
        (
            feature({"type": "Polygon", "coordinates": [[p[::-1] for p in RING]]}, WD13CD="E2"),
            "feature 2: E2 Dane lies outside the district (are latitude and longitude swapped?)",
        ),
    ],
)
def test_a_feature_that_cannot_be_used_is_refused_and_the_others_are_taken(
    tmp_path: Path, bad: dict[str, Any], why: str
) -> None:
    found = read(tmp_path, feature(), bad)
    assert [ward.code for ward in found.wards] == ["E1"]
    assert found.refused == (why,)


def test_wards_of_other_districts_are_left_out(tmp_path: Path) -> None:
    found = read(tmp_path, feature(LAD13CD=DISTRICT), feature(WD13CD="E2", LAD13CD="E07000106"))
    assert [ward.code for ward in found.wards] == ["E1"]
    assert (found.refused, found.elsewhere) == ((), 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("nonsense", "is not GeoJSON"),
        ("[]", "is no GeoJSON FeatureCollection"),
        ('{"type": "Feature"}', "is no GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection", "features": []}', "holds no features"),
    ],
)
def test_a_file_that_is_no_geojson_says_so(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "wards.geojson"
    path.write_text(text)
    with pytest.raises(ProfileError, match=f"wards.geojson: {why}"):
        read_wards(path, Fields(), DISTRICT, BOX)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"no\.geojson: is not GeoJSON"):
        read_wards(tmp_path / "no.geojson", Fields(), DISTRICT, BOX)
    with pytest.raises(ProfileError, match=r"no\.csv: cannot be read"):
        read_areas(tmp_path / "no.csv")


def test_areas_are_read_by_code(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text("\ufeffcode,area,note\nE1, margate ,x\nE2,ramsgate,\nE3\n", encoding="utf-8")
    assert read_areas(path) == {"E1": "margate", "E2": "ramsgate", "E3": ""}


def test_a_file_of_areas_needs_its_two_columns(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text("ward,area\nE1,margate\n")
    with pytest.raises(ProfileError, match="needs the columns code and area"):
        read_areas(path)
