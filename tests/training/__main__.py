"""Train the model that ships: `./dev train`. The same examples give the same file, byte for byte."""

from __future__ import annotations

from store.domain import understanding
from store.profile.understanding import MODEL
from tests.training.corpus import examples, fingerprint
from tests.training.cross import models
from tests.training.fit import fit
from tests.training.judge import judge, table
from tests.training.thresholds import choose, read_all

FOLDS_TO_CHOOSE = 3


def main() -> None:
    """Cross-validate, choose the thresholds, train on everything, write the file."""
    known = list(examples())
    print(f"{len(known)} examples; cross-validating", flush=True)
    unseen = []
    for number, pair in enumerate(models(known, {}, FOLDS_TO_CHOOSE), 1):
        unseen.append(pair)
        print(f"  fold {number} done", flush=True)
    thresholds = choose(read_all(unseen))
    judged = None
    for model, held in unseen:
        chosen = understanding.Understanding(model.linear, model.place_words, thresholds, "")
        judged = judge(chosen, held, judged)
    assert judged is not None
    print(table(judged))
    print("thresholds", thresholds)
    MODEL.write_bytes(fit(known, thresholds, fingerprint()))
    print(f"wrote {MODEL.name}: {MODEL.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
