"""`python -m tests.benchmarks NAME [args]`, or `./dev bench NAME [args]`."""

from __future__ import annotations

import importlib
import sys

NAMES = {
    "conversation": "whole report conversations: ours beside PTB's and aiogram's own ways",
    "understanding": "free text: categories, safety cards, places; by cross-validation or on --messages FILE",
    "anyway": "people driven at random, with restarts: nothing lost, nothing doubled, no dead end",
    "desk": "the staff desk over 120,000 and 1,000,000 reports: statements, CPU, time",
    "reminders": "500 meetings and 100,000 subscribers: CPU and statements for 10,000 reminders",
    "sending": "campaigns at the limit: ours beside other libraries', killed, fast, and for 1,000,000",
    "engine": "anything befalls the sending engine, in virtual time: nothing twice, lost, too fast",
    "crashes": "hundreds of kill -9 while people report: nothing lost, nothing doubled",
}


def main() -> int:
    """Run the named benchmark; without a name list them."""
    if len(sys.argv) < 2 or sys.argv[1] not in NAMES:
        print("usage: python -m tests.benchmarks NAME [args]\n")
        print("\n".join(f"  {name:<14} {meaning}" for name, meaning in NAMES.items()))
        return 2
    module = importlib.import_module(f"tests.benchmarks.{sys.argv[1]}")
    status: int = module.main(sys.argv[2:])
    return status


if __name__ == "__main__":
    sys.exit(main())
