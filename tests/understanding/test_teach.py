"""The model that lies in the house is the one that its examples make."""

from __future__ import annotations

import json
from gzip import decompress
from io import BytesIO
from random import Random

import numpy as np
import pytest

from db.directory.service import KINDS
from flows.understand.intent.features import Passages
from flows.understand.intent.letters import read_words
from flows.understand.intent.likeness import MOST_READ, WEIGHTS, Likeness, danger, likeness, unpacked
from flows.understand.intent.meaning import looked_at, nobodys_name
from flows.understand.intent.sentence import bits_of
from flows.understand.intent.spoken import BUCKETS
from flows.understand.intent.tables import CAUSES, tables
from tests.understanding import sets, teach, variants
from tests.understanding.sets import IntentLine, folded

LARGEST = 9_000_000  # bytes of the file of weights


def test_the_weights_are_of_these_examples() -> None:
    """Whoever changes examples, tables or features teaches anew: python -m tests.understanding.teach."""
    told = json.loads(decompress(WEIGHTS.read_bytes()).partition(b"\n")[0])
    assert told["source"] == teach.source()
    assert WEIGHTS.stat().st_size < LARGEST


def test_every_cause_and_kind_has_a_label() -> None:
    """What the model says is something the flows can answer."""
    labels = set(likeness().labels)
    assert {f"danger {cause}" for cause in CAUSES} | {f"service {kind}" for kind in KINDS} < labels
    assert labels == set(teach.LABELS)


def test_nothing_held_back_is_taught() -> None:
    """The honest figure stays honest: no held-back line is among the examples, whatever its case and punctuation."""
    held = {folded(line.text) for line in sets.intents("heldback")}
    assert [line.text for line in sets.taught() if folded(line.text) in held] == []


def test_the_examples_are_many_and_no_twins() -> None:
    """At least two thousand of danger and as many harmless ones and near misses, in all languages."""
    lines = sets.taught()
    assert sum(line.intent == "danger" for line in lines) >= 4_000
    assert sum(line.intent != "danger" for line in lines) >= 4_000
    assert {line.slice for line in lines} >= {"uk", "ru", "en", "surzhyk", "idiom"}


def test_the_same_lines_make_the_same_weights() -> None:
    """Teaching is repeatable, and what it packs is what is read."""
    lines = [
        IntentLine("він мене б'є", "danger", ("now",), ""), IntentLine("варить борщ", "none", (), ""),
        IntentLine("потрібен юрист", "service", ("legal_aid",), ""),
        IntentLine("душить", "danger", ("choking", "now"), ""),
    ] * 10  # fmt: skip
    first, again = (teach.packed(teach.taught(lines), "here") for _ in range(2))
    assert first == again
    model = unpacked(BytesIO(first))
    assert danger(_taught_by(model, "він мене б'є")) > 0.6
    assert danger(_taught_by(model, "варить борщ")) < 0.4
    assert model.shares(teach.parts("зовсім інше")).sum() == pytest.approx(1)


def test_damaged_weights_are_refused() -> None:
    """Rather no start than a reader that hears nothing."""
    with pytest.raises(ValueError, match="weights"):
        unpacked(BytesIO(b'{"labels": ["a", "b"], "scales": [1, 1], "starts": [0, 0]}\n\x80\x80\x80'))


def test_a_sentence_of_danger_is_found_in_a_long_message() -> None:
    """A long story about other things does not hide the one line that matters."""
    calm = "ми сьогодні були на дачі і садили картоплю, потім приїхали гості і всі разом пили чай з пирогом. " * 3
    shares = [_shares(f"{calm} він мене душив учора ввечері. {calm}"), _shares(calm)]
    assert danger(shares[0]) > 0.5 > danger(shares[1])


def test_features_are_whole_numbers_below_the_buckets() -> None:
    """Few share one, also in a wall of text; of nothing there is only what the rules say."""
    (found,) = teach.parts("he hits me, рятуйте")
    assert all(0 <= one < BUCKETS for one in found)
    assert len(set(found.tolist())) > 0.95 * len(found)
    (nothing,), (dots,) = teach.parts(""), teach.parts("...")
    assert nothing.tolist() == dots.tolist() != []


def test_a_stretch_has_the_features_of_its_words_alone() -> None:
    """What a sentence is likened by does not depend on what stands around it; "не" is one with what it denies."""
    (alone,) = teach.parts("він не б'є мене, ь", ruled=False)
    among = teach.parts(
        "Варили борщ. Він не б'є мене, ь. " + "І ще багато слів про погоду та дорогу додому. " * 3, ruled=False
    )
    assert sorted(alone.tolist()) in [sorted(part.tolist()) for part in among]


def test_a_part_of_a_long_message_is_weighed_like_a_short_one() -> None:
    """A glance chooses among the parts; what is read then is the same as if it were a message of its own."""
    words = read_words(" ".join(f"слово{number} щось інше тут." for number in range(40)))
    bits = bits_of(words, tables(), nobodys_name)
    passages = Passages(words, bits, tables().vocabulary, ["silent"])
    assert len(passages.parts) > MOST_READ
    shares = likeness().shares([passages.features(part) for part in passages.parts])
    assert shares.sum(axis=1) == pytest.approx(np.ones(len(passages.parts)))
    told = danger(likeness().read(passages).worst())
    assert any(told == pytest.approx(one) for one in shares[:, : len(CAUSES)].sum(axis=1))


def test_a_story_teaches_by_its_most_dangerous_part() -> None:
    """A message of thirty words is taught in the parts in which it is read, not by its beginning."""
    assert len(teach.parts("слово " * 30)) == 5
    assert len(teach.parts("слово " * 5)) == 1


def test_variants_are_other_spellings() -> None:
    """Latin letters for Ukrainian ones, a slip, a lost space, somebody else: never nothing, never the same for ever."""
    dice = Random("test")  # noqa: S311 (the same variants every time)
    assert {variants.in_latin("він щойно", dice) for _ in range(20)} == {"vin shchoyno", "vin schojno"}
    assert variants.in_latin("he hits me", dice) == "he hits me"
    assert variants.glued("він тут", dice) == "вінтут"
    assert len({variants.slipped("чоловік", dice) for _ in range(50)}) > 10
    assert {variants.swapped("мене б'є чоловік", dice) for _ in range(80)} > {"сестру б'є чоловік", "мене б'є сусід"}
    assert all(variants.variant("ні", dice) for _ in range(200))
    told = {
        variants.accompanied("він мене б'є", ["іде дощ"], dice).replace(".", "").replace(",", "") for _ in range(50)
    }
    assert told == {"іде дощ він мене б'є", "він мене б'є іде дощ", "іде дощ він мене б'є іде дощ"}


def _taught_by(model: Likeness, text: str) -> dict[str, float]:
    (only,) = teach.parts(text)
    return dict(zip(model.labels, model.shares([only])[0].tolist(), strict=True))


def _shares(text: str) -> dict[str, float]:
    return looked_at(read_words(text))[0].worst()
