"""Trouble on demand: errors, lost requests, lost answers, slowness."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What goes wrong."""

    FAIL = "fail"
    TOO_MANY = "too_many"
    DROP_REQUEST = "drop_request"
    DROP_REPLY = "drop_reply"
    GARBLE = "garble"
    DELAY = "delay"


@dataclass(slots=True)
class Fault:
    """One rule: which calls it meets and what happens to them.

    `times` is how many calls it still meets (None: until cleared), `share` which part of the
    matching calls it picks, `seconds` the delay or the retry_after.
    """

    kind: FaultKind
    method: str = "*"
    times: int | None = 1
    share: float = 1.0
    seconds: float = 0.0
    code: int = 500
    description: str = "Internal Server Error"
    chat_id: int | None = None

    def matches(self, method: str, chat_id: str | None) -> bool:
        """Whether a call of `method` (lower case) is one this rule is about."""
        if self.times == 0 or self.method.lower() not in {"*", method}:
            return False
        return self.chat_id is None or str(self.chat_id) == chat_id


class Faults:
    """The rules in force. Shares are drawn from a seeded generator: a run can be repeated."""

    def __init__(self, seed: int = 1) -> None:
        self._rules: list[Fault] = []
        self._random = random.Random(seed)

    @property
    def rules(self) -> list[Fault]:
        """The rules that can still meet a call."""
        return [rule for rule in self._rules if rule.times != 0]

    def add(self, fault: Fault) -> Fault:
        """Put a rule in force."""
        self._rules = [*self.rules, fault]
        return fault

    def fail(self, method: str = "*", *, times: int | None = 1, share: float = 1.0, code: int = 500) -> Fault:
        """Answer with an error, the call is not applied."""
        name = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}
        text = name.get(code, "Error")
        return self.add(Fault(FaultKind.FAIL, method, times, share, code=code, description=text))

    def too_many(self, method: str = "*", *, retry_after: int = 1, times: int | None = 1) -> Fault:
        """Answer 429 with `retry_after` seconds, the call is not applied."""
        return self.add(Fault(FaultKind.TOO_MANY, method, times, seconds=retry_after))

    def drop_request(self, method: str = "*", *, times: int | None = 1, share: float = 1.0) -> Fault:
        """Close the connection, the call is not applied."""
        return self.add(Fault(FaultKind.DROP_REQUEST, method, times, share))

    def drop_reply(self, method: str = "*", *, times: int | None = 1, share: float = 1.0) -> Fault:
        """Apply the call, then close the connection without an answer."""
        return self.add(Fault(FaultKind.DROP_REPLY, method, times, share))

    def garble(self, method: str = "*", *, times: int | None = 1, share: float = 1.0) -> Fault:
        """Apply the call, then answer with a gateway's HTML page instead of JSON."""
        return self.add(Fault(FaultKind.GARBLE, method, times, share))

    def delay(self, seconds: float, method: str = "*", *, times: int | None = None) -> Fault:
        """Wait before the call is applied; until cleared unless `times` is given."""
        return self.add(Fault(FaultKind.DELAY, method, times, seconds=seconds))

    def clear(self) -> None:
        """Everything works again."""
        self._rules = []

    def take(self, method: str, chat_id: str | None) -> list[Fault]:
        """The rules that meet this call, used up by one."""
        if not self._rules:
            return []
        met = [rule for rule in self._rules if rule.matches(method, chat_id) and self._picked(rule)]
        for rule in met:
            if rule.times is not None:
                rule.times -= 1
        return met

    def _picked(self, rule: Fault) -> bool:
        return rule.share >= 1.0 or self._random.random() < rule.share
