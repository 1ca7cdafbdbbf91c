"""`python -m bot import`, as an administrator runs it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from store.domain.reference import Profile
from store.engine import open_store
from store.queries import reference
from tests.store.profile.small import write_profile
from tests.support.command import command

RING = [[1.39, 51.37], [1.41, 51.37], [1.41, 51.39], [1.39, 51.37]]
DANE_VALLEY = "E05005089"

Run = Callable[..., Awaitable[tuple[int, str]]]


@pytest.fixture
def run(migrated_database_url: str) -> Run:
    async def run(*words: str | Path, profile: str | Path = "thanet") -> tuple[int, str]:
        return await command("import", *words, DATABASE_URL=migrated_database_url, PROFILE=profile)

    return run


async def kept(url: str) -> Profile:
    async with open_store(url) as store:
        return await store.read(reference.load)


def wards(folder: Path, *codes: str) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"WD13CD": code, "WD13NM": f"Ward {code}", "LAD13CD": district},
            "geometry": {"type": "Polygon", "coordinates": [RING]},
        }
        for code, district in (*((code, "E07000114") for code in codes), ("W1", "E07000106"))
    ]
    path = folder / "wards.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


async def test_outlines_of_todays_wards_are_taken(
    migrated_database_url: str, run: Run, tmp_path: Path
) -> None:
    assert await run("wards", wards(tmp_path, DANE_VALLEY)) == (
        0,
        (
            "1 wards of other districts were left out.\n"
            "Wards: 0 new, 1 changed, 0 gone; 0 refused.\n"
            "A running bot reads this at its start: restart it."
        ),
    )
    profile = await kept(migrated_database_url)
    assert [ward.code for ward in profile.wards if ward.outline] == [DANE_VALLEY]
    assert len(profile.postcodes) == 3970


async def test_a_new_set_begins_on_its_day_with_the_areas_given(
    migrated_database_url: str, run: Run, tmp_path: Path
) -> None:
    areas = tmp_path / "areas.csv"
    areas.write_text("code,area\nE9,ramsgate\n")
    file = wards(tmp_path, DANE_VALLEY, "E9", "E8")
    status, said = await run("wards", file, "--areas", areas, "--valid-from", "2027-05-06")
    assert status == 1
    assert "refused: E8 Ward E8: has no engagement area: give --areas" in said
    assert "Wards: 2 new, 0 changed, 0 gone; 1 refused." in said
    fresh = [ward for ward in (await kept(migrated_database_url)).wards if str(ward.valid_from) > "2027"]
    assert {(ward.code, ward.area) for ward in fresh} == {(DANE_VALLEY, "margate"), ("E9", "ramsgate")}


async def test_a_dry_run_writes_nothing_even_into_a_new_database(
    migrated_database_url: str, run: Run, tmp_path: Path
) -> None:
    status, said = await run("wards", wards(tmp_path, DANE_VALLEY, "E9"), "--dry-run")
    assert status == 1
    assert "refused: E9 Ward E9: is no ward of today" in said
    assert "Wards: 0 new, 1 changed, 0 gone; 1 refused.\nDry run: nothing was written." in said
    with pytest.raises(IndexError):  # no rows at all
        await kept(migrated_database_url)


async def test_postcodes_replace_those_there_are(
    migrated_database_url: str, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "postcodes.csv"
    path.write_text("Postcode,Latitude,Longitude\nct91aa,51.38,1.38\nnonsense,51.38,1.38\n")
    assert await run("postcodes", path, "--dry-run") == (
        1,
        (
            "refused: line 3: 'nonsense' is no postcode\n"
            "Postcodes: 1 instead of 3970; 1 refused.\n"
            "Dry run: nothing was written."
        ),
    )
    status, said = await run("postcodes", path)
    assert (status, said.splitlines()[-1]) == (1, "A running bot reads this at its start: restart it.")
    assert (await kept(migrated_database_url)).postcodes == {"CT9 1AA": (51.38, 1.38)}


async def test_a_file_without_a_good_line_leaves_the_postcodes_alone(
    migrated_database_url: str, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "postcodes.csv"
    path.write_text("postcode,lat,lon\n")
    status, said = await run("postcodes", path)
    assert status == 1
    assert "No line could be used: the postcodes stay as they are." in said
    assert len((await kept(migrated_database_url)).postcodes) == 3970


async def test_what_is_no_file_of_wards_ends_with_1_in_one_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "wards.geojson"
    path.write_text("{}")
    assert await run("wards", path) == (1, "foreland: wards.geojson: is no GeoJSON FeatureCollection")


def of_smallmouth(folder: Path) -> tuple[Path, Path]:
    """Files of wards and postcodes as a made-up district far from Thanet has them."""
    ring = [[1.5, 51.5], [1.6, 51.5], [1.6, 51.6], [1.5, 51.5]]
    ward = {
        "type": "Feature",
        "properties": {"WD24CD": "W1", "WD24NM": "Hill", "LAD24CD": "E1"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    outlines, postcodes = folder / "smallmouth.geojson", folder / "smallmouth.csv"
    outlines.write_text(json.dumps({"type": "FeatureCollection", "features": [ward]}))
    postcodes.write_text("pcds,lat,long\nSM1 1AA,51.55,1.55\n")
    return outlines, postcodes


async def test_another_district_is_imported_with_the_profile_of_that_district(
    migrated_database_url: str, run: Run, tmp_path: Path
) -> None:
    (profile := tmp_path / "profile").mkdir()
    write_profile(profile)
    outlines, postcodes = of_smallmouth(tmp_path)
    assert await run("postcodes", postcodes, "--dry-run", profile=profile) == (
        0,
        "Postcodes: 1 instead of 0; 0 refused.\nDry run: nothing was written.",
    )
    status, said = await run("wards", outlines, profile=profile)
    assert (status, said.splitlines()[0]) == (0, "Wards: 0 new, 1 changed, 0 gone; 0 refused.")
    assert (await run("postcodes", postcodes, profile=profile))[0] == 0
    found = await kept(migrated_database_url)
    assert found.district.name == "Smallmouth"
    assert [(ward.code, bool(ward.outline)) for ward in found.wards] == [("W1", True)]
    assert found.postcodes == {"SM1 1AA": (51.55, 1.55)}


async def test_a_district_that_has_no_wards_yet_gets_its_first_set(
    migrated_database_url: str, run: Run, tmp_path: Path
) -> None:
    (profile := tmp_path / "profile").mkdir()
    write_profile(profile, wards="wards = []\n")
    areas = tmp_path / "areas.csv"
    areas.write_text("code,area\nW1,north\n")
    outlines, _ = of_smallmouth(tmp_path)
    status, said = await run(
        "wards", outlines, "--areas", areas, "--valid-from", "2024-05-02", profile=profile
    )
    assert (status, said.splitlines()[0]) == (0, "Wards: 1 new, 0 changed, 0 gone; 0 refused.")
    assert [ward.area for ward in (await kept(migrated_database_url)).wards] == ["north"]


async def test_what_lies_in_another_district_is_refused_with_what_to_change(run: Run, tmp_path: Path) -> None:
    outlines, postcodes = of_smallmouth(tmp_path)
    for kind, file, wrong in (("wards", outlines, 0), ("postcodes", postcodes, 1)):
        status, said = await run(kind, file)
        assert "This database is that of Thanet (E07000114), longitude 1.2107 to 1.4496" in said
        assert "set PROFILE to a folder whose district.toml has its code and box" in said
        assert status == wrong
    await asyncio.to_thread(outlines.write_text, outlines.read_text().replace("LAD24CD", "district"))
    status, said = await run("wards", outlines)
    assert "refused: feature 1: W1 Hill lies outside the district" in said
    assert (status, "set PROFILE to a folder" in said) == (1, True)
