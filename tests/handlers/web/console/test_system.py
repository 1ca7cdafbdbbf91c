from __future__ import annotations

from store.actions import delivery, inbox
from store.domain.delivery import DeliveryState, Lane, Outgoing, Sent
from store.domain.inbox import RawUpdate
from store.queries import deliveries, outbox
from store.queries.inbox import waiting
from tests.support.console import Console
from tests.support.triage_factory import Town


async def test_what_was_set_aside_and_what_did_not_arrive_is_shown_without_content(
    console: Console, town: Town
) -> None:
    await town.write(inbox.add, [RawUpdate(1, 901, 5, '{"text": "Secret words"}')])
    [item] = await town.read(waiting)
    await town.write(inbox.park, item.id, "KeyError")
    calls = [Outgoing(Lane.CASE, 4711, kind, "sendMessage", {"text": "Secret"}) for kind in ("lost", "fine")]
    await town.write(delivery.queue, calls)
    lost, _fine = (await town.write(outbox.due, 10)).deliveries
    await town.write(delivery.finish, [Sent(lost.id, DeliveryState.UNCERTAIN, error="timed out")])
    browser = console.visitor()
    await browser.sign_in(await console.staff("cleo"))
    text = (await browser.get("/console/system")).text
    for shown in ("901", "KeyError", "lost", "Uncertain", "timed out"):
        assert shown in text
    for hidden in ("Secret", "4711", "fine"):
        assert hidden not in text
    assert await town.read(deliveries.count_queued) == 1
    assert [line.kind for line in await town.read(deliveries.trouble)] == ["lost"]
