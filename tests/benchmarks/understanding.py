"""`./dev bench understanding [--messages FILE]`: how well free text is understood, and how fast.

Without a file: five-fold cross-validation over the training examples (minutes, with progress). With
one: the model that ships, on any file in the form of one JSON object a line (`text`, `lang`,
`category`, `also`, `emergency`, `location_phrase`).
"""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Sequence
from pathlib import Path

from store.profile.understanding import load_understanding
from tests.training.corpus import ExampleError, examples
from tests.training.cross import models
from tests.training.judge import Judged, judge, messages, table


def main(arguments: Sequence[str]) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="bench understanding")
    parser.add_argument("--messages", type=Path, metavar="FILE")
    asked = parser.parse_args(arguments)
    if asked.messages is None:
        print(table(_by_cross_validation()))
        return 0
    try:
        labelled = messages(asked.messages)
    except (ExampleError, OSError) as error:
        print(f"cannot read the messages: {error}")
        return 1
    print(table(judge(load_understanding(), labelled)))
    return 0


def _by_cross_validation() -> Judged:
    thresholds = dict(load_understanding().thresholds)
    judged = Judged()
    for number, (model, held) in enumerate(models(list(examples()), thresholds), 1):
        judge(dataclasses.replace(model, thresholds=thresholds), held, judged)
        print(f"fold {number} done", flush=True)
    return judged
