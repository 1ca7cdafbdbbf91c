from __future__ import annotations

from pathlib import Path

import pytest

from store.profile import postcode_file
from store.profile.postcode_file import ReadPostcodes, read_postcodes
from store.profile.spot import ProfileError

BOX = (1.21, 51.31, 1.45, 51.39)


def read(folder: Path, text: str) -> ReadPostcodes:
    path = folder / "postcodes.csv"
    path.write_text(text, encoding="utf-8")
    return read_postcodes(path, BOX, lambda _lines: None)


@pytest.mark.parametrize(
    "header", ["postcode,lat,lon", "\ufeffPostcode,Latitude,Longitude", "pcds, LAT ,lng", "pcd,lat,long"]
)
def test_columns_go_by_many_names(tmp_path: Path, header: str) -> None:
    assert read(tmp_path, f"{header}\nct91aa,51.38,1.38\n").points == {"CT9 1AA": (51.38, 1.38)}


def test_columns_may_stand_in_any_order_among_others(tmp_path: Path) -> None:
    text = 'lon,note,lat,postcode\n1.38,"a, b",51.38,CT9 1AA\n'
    assert read(tmp_path, text).points == {"CT9 1AA": (51.38, 1.38)}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("CT9 1AA,51.37,1.37", "line 3: CT9 1AA comes twice"),
        ("CT9,51.38,1.38", "line 3: 'CT9' is no postcode"),
        ("CT9 1AB", "line 3: has too few columns"),
        ("CT9 1AB,north,1.38", "line 3: CT9 1AB has no point: 'north', '1.38' are not degrees"),
        ("CT9 1AB,1.38,51.38", "line 3: CT9 1AB lies outside the district: 1.38, 51.38"),
        ("CT9 1AB,nan,1.38", "line 3: CT9 1AB lies outside the district: nan, 1.38"),
        ("", "line 3: has too few columns"),
    ],
)
def test_a_bad_line_is_refused_and_the_others_are_taken(tmp_path: Path, line: str, why: str) -> None:
    found = read(tmp_path, f"postcode,lat,lon\nCT9 1AA,51.38,1.38\n{line}\nCT9 1AD,51.38,1.38\n")
    assert list(found.points) == ["CT9 1AA", "CT9 1AD"]
    assert found.refused == (why,)


def test_an_address_a_few_metres_over_the_border_is_taken(tmp_path: Path) -> None:
    assert read(tmp_path, "postcode,lat,lon\nCT9 1AA,51.3905,1.38\n").refused == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("code,lat,lon\n", "has no column postcode; its columns are: code, lat, lon"),
        ("postcode,x,y\n", "has no column latitude and none longitude"),
        ("", "has no column postcode"),
    ],
)
def test_a_file_without_its_columns_says_which(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(ProfileError, match=f"postcodes.csv: {why}"):
        read(tmp_path, text)


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"none\.csv: cannot be read"):
        read_postcodes(tmp_path / "none.csv", BOX, lambda _lines: None)
    (tmp_path / "postcodes.csv").write_bytes(b"postcode,lat,lon\n\xff\xfe\n")
    with pytest.raises(ProfileError, match="cannot be read"):
        read_postcodes(tmp_path / "postcodes.csv", BOX, lambda _lines: None)


def test_a_long_file_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postcode_file, "PROGRESS_EVERY", 2)
    path = tmp_path / "postcodes.csv"
    path.write_text("postcode,lat,lon\n" + "CT9 1AA,51.38,1.38\n" * 5)
    told: list[int] = []
    read_postcodes(path, BOX, told.append)
    assert told == [2, 4]
