"""`python -m tests.understanding.teach`: teaches the model anew from the project's utterances and stores its weights.

To be run when the examples, the tables of words or the features have changed; a test says so. Nothing held back is
read. The same utterances make the same weights.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path
from random import Random

import numpy as np

from db.directory.service import KINDS
from db.places.starting import starting_places
from flows.understand.intent import features, spoken, stretches
from flows.understand.intent.features import Passages
from flows.understand.intent.letters import read_words
from flows.understand.intent.likeness import WEIGHTS, Floats
from flows.understand.intent.meaning import nobodys_name
from flows.understand.intent.ruling import ruling
from flows.understand.intent.sentence import bits_of
from flows.understand.intent.spoken import BUCKETS, Numbers
from flows.understand.intent.tables import CAUSES, WORDS, tables
from tests.understanding import sets, variants
from tests.understanding.sets import IntentLine

LABELS = (
    *(f"danger {cause}" for cause in CAUSES),
    *(f"service {kind}" for kind in KINDS),
    "human", "relative", "greeting", "place", "none",
)  # fmt: skip
VARIANTS, VARIANTS_OF_OURS = 2, 8  # of each utterance, beside itself; of those like what people type
ROUNDS, LAST = 4, 2  # through everything; of the last ones the mean is taken, which no single line has pushed about
PACE = 0.35  # of learning
FORGOTTEN = 0.2  # of the features of an utterance, a different part each time: no single one may be leant upon
LEAN = 2e-5  # how much a weight shrinks each time it is met

KEPT = 500_000  # features that have weights in the file: of the others none matters
NOTHING = 1  # of 127: a weight as small is none, which saves a tenth of the file
PLACES = 400
_FRAMES_UK = (
    "{}",
    "{}",
    "я в {}",
    "живу у {}",
    "ми з {}",
    "зараз у {}",
    "біля {}",
    "село {}",
    "м. {}",
    "{} область",
    "я из {}",
    "в {}",
)
_FRAMES_EN = ("{}", "I'm in {}", "near {}", "from {}", "{} region", "I live in {}", "ya z {}")

LARGEST = 127  # a weight of a byte with its sign


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt: a row for each feature, a column for each label; and how each label starts."""

    rows: Floats
    starts: Floats


def taught(lines: Sequence[IntentLine]) -> Weights:
    """Multinomial logistic regression with AdaGrad over the lines and their variants.

    A message of several parts is judged by the one most like danger; so that is the one it teaches: a calm story that
    there is no danger in it, a terrible one that this was the danger.
    """
    dice, chance = Random("variants"), np.random.default_rng(1)  # noqa: S311 (the same variants every time)
    calm = [line.text for line in lines if line.intent == "none"]
    known = sets.known_to_rules()
    told = [
        (text, line.text.casefold() not in known, wanted(line)) for line in lines for text in texts(line, calm, dice)
    ]
    with get_context("forkserver").Pool() as hands:
        read = hands.starmap(parts, ((text, ruled) for text, ruled, _ in told), chunksize=500)
    asked = [(every, right) for every, (_, _, right) in zip(read, told, strict=True)]
    rows = np.zeros((BUCKETS, len(LABELS)), np.float32)
    pace = np.full_like(rows, 1e-2)
    starts = np.zeros(len(LABELS), np.float32)
    sums = [np.zeros_like(rows), np.zeros_like(starts)]

    def shares(there: Floats) -> Floats:
        scores = there.sum(0) * np.float32(len(there) ** -0.5) + starts
        likely: Floats = np.exp(scores - scores.max())
        return likely / likely.sum()

    def worst(part: Numbers) -> float:
        return float(shares(rows.take(part, axis=0))[: len(CAUSES)].sum())

    for number in range(ROUNDS):
        dice.shuffle(asked)
        for every, right in asked:
            part = max(every, key=worst) if len(every) > 1 else every[0]
            found = part[chance.random(len(part), np.float32) > FORGOTTEN]
            if not len(found):
                continue
            there, paced = rows.take(found, axis=0), pace.take(found, axis=0)
            wrong = shares(there) - right
            step = wrong * np.float32(len(found) ** -0.5)
            paced += step * step
            pace[found] = paced
            rows[found] = there - np.float32(PACE) * (step / np.sqrt(paced) + np.float32(LEAN) * there)
            starts -= np.float32(0.02) * wrong
        if number >= ROUNDS - LAST:
            sums[0] += rows
            sums[1] += starts
    return Weights(sums[0] / LAST, sums[1] / LAST)


def wanted(line: IntentLine, labels: Sequence[str] = LABELS) -> Floats:
    """One for the label of a line, or its parts where several are right."""
    right = np.zeros(len(labels), np.float32)
    for label in line.labels():
        right[labels.index(label)] = 1 / len(line.labels())
    return right


def parts(text: str, ruled: bool = True) -> list[Numbers]:
    """The features of each part of a text, as they are when it is read.

    Unless `ruled`, without what the rules say: they never err on the lines they were made from, which would teach the
    model to trust them more than they deserve.
    """
    known = tables()
    words = read_words(text)
    bits = bits_of(words, known, nobodys_name)
    told = ruling(bits, len(words), known).names() if ruled else ()
    passages = Passages(words, bits, known.vocabulary, told)
    return [passages.features(part) for part in passages.parts]


def places() -> Iterator[IntentLine]:
    """Some towns and villages, said as people say where they are: a name alone must not look like anything else."""
    dice = Random("places")  # noqa: S311 (the same places every time)
    named = sorted((one for one in starting_places() if one.kind == "settlement"), key=lambda one: one.id)
    for place in dice.sample(named, PLACES):
        for name, frames in ((place.name_uk, _FRAMES_UK), (place.name_en, _FRAMES_EN)):
            yield IntentLine(dice.choice(frames).format(name), "place", (), "")


def texts(line: IntentLine, calm: Sequence[str], dice: Random) -> Iterable[str]:
    """An utterance, its variants, and it among talk of other things, which does not change its meaning."""
    many = VARIANTS_OF_OURS if line.text in _typical() else VARIANTS
    told = [line.text, *(variants.variant(line.text, dice) for _ in range(many))]
    return dict.fromkeys([*told, *([variants.accompanied(line.text, calm, dice)] if calm else [])])


@cache
def _typical() -> frozenset[str]:
    """The tuning part: most of the slices were written to be hard, and three hundred times as many of them would drown
    what people type day by day."""
    return frozenset(line.text for line in sets.intents("tuning"))


def packed(weights: Weights, source: str) -> bytes:
    """The weights as whole numbers of a byte, each label on a scale of its own, after a line that tells of them."""
    most = np.abs(weights.rows).max(axis=1)
    kept = np.zeros(BUCKETS, np.bool_)
    kept[most.argsort(kind="stable")[-KEPT:]] = True
    kept &= most > 0
    rows = weights.rows[kept]
    scales = np.maximum(np.quantile(np.abs(rows), 0.9999, axis=0), 1e-6) / LARGEST
    whole = np.clip(np.rint(rows / scales), -LARGEST, LARGEST)
    whole = np.where(np.abs(whole) <= NOTHING, 0, whole)
    told = {
        "about": "made by python -m tests.understanding.teach from the project's own utterances",
        "source": source,
        "labels": LABELS,
        "scales": [round(float(one), 8) for one in scales],
        "starts": [round(float(one), 6) for one in weights.starts],
    }
    bits = np.packbits(kept, bitorder="little")
    return b"".join((json.dumps(told).encode(), b"\n", bits.tobytes(), whole.astype(np.int8).tobytes()))


def source() -> str:
    """A digest of all that the weights depend upon: utterances, tables of words, how features are made."""
    code = [Path(one.__file__) for one in (features, spoken, stretches, variants)]
    files = [*sets.taught_files(), *sorted(WORDS.glob("*.toml")), *code]
    digest = blake2b(digest_size=16)
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def main() -> int:
    """Writes the weights beside the module that reads them."""
    weights = packed(taught([*sets.taught(), *places()]), source())
    WEIGHTS.write_bytes(gzip.compress(weights, 9, mtime=0))
    sys.stdout.write(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
