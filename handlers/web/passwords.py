"""Hash and compare passwords in threads of their own: slow on purpose, so never on the loop."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from store.domain.errors import Refusal
from store.domain.staff import PASSWORD_MAX_CHARACTERS

WAITING_MAX = 20  # about two seconds of work; a flood of sign-ins must not queue up for minutes
THREADS = 2  # each hash takes 64 MiB; more at once would let sign-ins eat the memory


class Passwords:
    """argon2id with the library's parameters (RFC 9106, low memory)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._threads = ThreadPoolExecutor(THREADS, "passwords")
        self._waiting = 0

    async def hash(self, password: str) -> str:
        """Return what is kept of a password."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._hasher.hash, password)

    async def matches(self, kept: str | None, password: str) -> bool:
        """Tell whether this is the password; as slow where there is none to compare with.

        Refusal: `sign_in.busy` while too many others wait.
        """
        if len(password) > PASSWORD_MAX_CHARACTERS:
            return False
        if self._waiting >= WAITING_MAX:
            raise Refusal("sign_in.busy")
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._verify, kept, password)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("nobody has this password")

    def _verify(self, kept: str | None, password: str) -> bool:
        try:
            self._hasher.verify(kept or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None
