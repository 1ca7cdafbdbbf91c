"""What stands for an end of the process."""

from __future__ import annotations


class DiedError(Exception):
    """The process ended in the middle of a unit of work."""
