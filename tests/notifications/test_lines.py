from __future__ import annotations

from notifications.lines import Lines
from store.domain.delivery import Delivery, Lane
from tests.notifications.post_office import NOON


def waiting(number: int, chat_id: int, lane: Lane = Lane.REPLY) -> Delivery:
    return Delivery(number, lane, chat_id, "kind", "sendMessage", "{}", 0, NOON)


def test_the_most_urgent_goes_first_then_the_oldest() -> None:
    lines = Lines()
    for one in (waiting(1, 10, Lane.CAMPAIGN), waiting(3, 30), waiting(2, 20)):
        lines.add(one)
    order = []
    while found := lines.first(0.0):
        lines.start(found)
        order.append(found.id)
    assert order == [2, 3, 1]


def test_a_chat_gets_one_at_a_time() -> None:
    lines = Lines()
    lines.add(waiting(1, 10))
    lines.add(waiting(2, 10))
    first = lines.first(0.0)
    assert first is not None
    lines.start(first)
    assert lines.first(0.0) is None
    lines.end(10)
    second = lines.first(0.0)
    assert second is not None
    assert second.id == 2


def test_what_is_put_off_lets_other_chats_go_first() -> None:
    lines = Lines()
    lines.add(waiting(1, 10))
    lines.add(waiting(2, 20))
    put_off = lines.first(0.0)
    assert put_off is not None
    lines.put_off(put_off, until=5.0)
    found = lines.first(0.0)
    assert found is not None
    assert found.id == 2
    assert lines.pause(1.0) == 4.0
    lines.start(found)
    assert lines.first(4.9) is None
    later = lines.first(5.0)
    assert later is put_off


def test_what_is_tried_again_holds_back_those_behind_it_but_not_what_is_more_urgent() -> None:
    lines = Lines()
    lines.add(waiting(1, 10, Lane.CASE), until=5.0)
    lines.add(waiting(2, 10, Lane.CASE))
    assert lines.first(1.0) is None
    lines.add(waiting(3, 10, Lane.REPLY))
    reply = lines.first(1.0)
    assert reply is not None
    assert reply.id == 3
    lines.start(reply)
    lines.end(10)
    assert lines.first(4.9) is None
    held = lines.first(5.0)
    assert held is not None
    assert held.id == 1


def test_a_chat_with_nothing_left_is_forgotten() -> None:
    lines = Lines()
    lines.add(waiting(1, 10))
    one = lines.first(0.0)
    assert one is not None
    lines.start(one)
    lines.end(10)
    assert lines.waiting == {}
    assert lines.pause(0.0) is None
