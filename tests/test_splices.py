"""A file put together of pieces comes out the same whether all of them are read or most are cut out of the file as it stood."""

import random
from pathlib import Path

import pytest

from factbook.exports.files import BulkFile, Fragment
from factbook.kept.splices import Seams, recipe_of, spliced
from factbook.kept.store import Store

FILES = {
    "head, joiner and foot": (b"[\n", b",\n", b"\n]\n"),
    "a joiner alone": (b"", b"\n\n", b""),
    "nothing": (b"", b"", b""),
    "a head that is worked out": (lambda: b"id,title\n", b"", b""),
}


@pytest.mark.parametrize("around", FILES)
@pytest.mark.parametrize("seed", range(40))
def test_a_file_comes_out_as_if_all_its_pieces_were_read(tmp_path: Path, around: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  seeded, nothing secret
    head, joiner, foot = FILES[around]
    file = BulkFile((), "all.json", Fragment("any", lambda sheet, catalogue: b""), head, joiner, foot)
    store = Store(tmp_path)
    writer = store.writer()
    some = [writer.add(chance.randbytes(chance.choice((0, 0, 1, 30)))) for _ in range(20)]
    writer.close()
    before = [chance.choice(some) for _ in range(chance.choice((0, 1, 2, 9)))]
    after = list(before)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(after) + 1)
        after[at : at + chance.randrange(3)] = chance.sample(some, chance.randrange(3))
    stands = file.joined(store.read_all(before))
    found = spliced(recipe_of(before), stands, Seams(*file.around), after, store.read_all)
    assert file.joined(found) == file.joined(store.read_all(after))


def test_only_pieces_between_what_is_alike_are_read(tmp_path: Path) -> None:
    store, asked = Store(tmp_path), []
    writer = store.writer()
    pieces = [writer.add(b"%d" % number) for number in range(50)]
    other = writer.add(b"other")
    writer.close()
    file = BulkFile((), "all.json", Fragment("any", lambda sheet, catalogue: b""))
    stands = file.joined(store.read_all(pieces))
    spliced(
        recipe_of(pieces),
        stands,
        Seams(*file.around),
        [*pieces[:20], other, *pieces[21:]],
        lambda some: asked.extend(some) or store.read_all(some),
    )
    assert asked == [other]
