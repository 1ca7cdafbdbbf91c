"""Files of campaigns from before several could have the same are theirs still."""

from __future__ import annotations

from store.actions import campaign_file
from store.domain.campaign_file import CampaignFile
from store.domain.clock import FixedClock
from store.engine import open_store
from store.engine.migrate import upgrade
from store.queries import campaign_files
from tests.store.migrations.test_documents import Rows, on, put_back, rows_of
from tests.support.campaign_files import attached
from tests.support.campaigns import a_draft
from tests.support.databases import Databases
from tests.support.pictures import jpeg
from tests.support.triage_factory import MORNING, Town

BEFORE = "0033"


async def _filled(url: str) -> dict[str, CampaignFile | None]:
    """Make a campaign with a picture that was sent, and one without; return their files by their ids."""
    async with open_store(url, FixedClock(MORNING)) as store:
        town = Town(store, FixedClock(MORNING))
        sam = await town.staff("Sam")
        key = await town.write(attached, sam, await a_draft(town, sam), jpeg())
        await town.write(campaign_file.keep_sent_as, key, "", "known")
        await a_draft(town, sam)
    rows = await on(url, rows_of)
    return await _files(url, [row["id"] for row in rows["campaigns"]])


async def _files(url: str, campaigns: list[str]) -> dict[str, CampaignFile | None]:
    async with open_store(url, FixedClock(MORNING)) as store:
        found = {one: await store.read(campaign_files.of, one) for one in campaigns}
        for file in filter(None, found.values()):
            assert await store.read(campaign_files.sent_as, file.key, "") == "known"
        return found


def _of_before(rows: Rows) -> Rows:
    """Let each file name its campaign, as it did."""
    its = {row["file_key"]: row["id"] for row in rows["campaigns"]}
    files = [row | {"campaign_id": its[row["key"]]} for row in rows["campaign_files"]]
    return {"staff": rows["staff"], "campaigns": rows["campaigns"], "campaign_files": files}


async def test_each_campaign_has_the_file_that_it_had(databases: Databases) -> None:
    new, old = await databases.migrated(), await databases.empty()
    expected = await _filled(new)
    rows = _of_before(await on(new, rows_of))
    await on(old, lambda connection: upgrade(connection, BEFORE))
    await on(old, put_back(rows))
    await on(old, upgrade)
    assert await _files(old, list(expected)) == expected
    assert sorted(file is None for file in expected.values()) == [False, True]
    for url in (new, old):
        await databases.drop(url)
