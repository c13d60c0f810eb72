"""Values behave like frozen dataclasses, in all but what refuses a change: that is the type checker's."""

import pickle
from dataclasses import dataclass, field, fields, replace
from typing import Any

import pytest

from factbook.frozen import frozen


@frozen
class Lamp:
    """Something with a name, and a field that does not count."""

    name: str
    watts: int = 40
    parts: tuple[str, ...] = ()
    place: tuple[int, int] = field(default=(0, 0), compare=False)


@frozen
class Lantern(Lamp):
    """The same, and more."""

    oil: bool = False


@frozen
class Scales:
    """With a field that is made for each value, and one that is given by name only."""

    pans: list[str] = field(default_factory=list)
    exact: bool = field(kw_only=True)


@frozen
class Nothing:
    """Without fields."""


def test_values_of_equal_fields_are_equal_and_hash_alike() -> None:
    assert Lamp("a", 40) == Lamp("a") != Lamp("b")
    assert len({Lamp("a"), Lamp("a", place=(3, 4)), Lamp("b")}) == 2
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())


def test_a_value_is_no_value_of_another_class() -> None:
    assert Lamp("a") != Lantern("a")
    assert Lamp("a") != ("a", 40, ())


def test_a_value_shows_itself_as_a_dataclass_does() -> None:
    @dataclass(frozen=True)
    class Lamp:
        name: str
        watts: int = 40

    plain, Lamp.__qualname__ = Lamp("a"), "Lamp"
    shown = repr(plain).removesuffix(")")
    assert repr(globals()["Lamp"]("a")) == f"{shown}, parts=(), place=(0, 0))"


def test_a_value_is_replaced_and_kept_like_a_dataclass() -> None:
    lamp = Lantern("a", 60, ("wick",), oil=True)
    assert replace(lamp, watts=25) == Lantern("a", 25, ("wick",), oil=True)
    assert [each.name for each in fields(lamp)] == ["name", "watts", "parts", "place", "oil"]
    assert pickle.loads(pickle.dumps(lamp)) == lamp  # noqa: S301  our own


def test_a_value_holds_what_it_declares_and_no_more() -> None:
    with pytest.raises(AttributeError):
        object.__setattr__(Lamp("a"), "colour", "red")


def test_a_constructor_takes_what_that_of_a_dataclass_takes() -> None:
    assert Scales(exact=True).pans is not Scales(exact=True).pans
    assert (Scales(["a"], exact=False).pans, Scales(exact=False).exact) == (["a"], False)
    assert Lantern("a", oil=True).oil and not Lantern("a").oil
    lamp: Any = Lamp
    for values, named in (((), {}), (("a", 1, (), (0, 0), 5), {}), (("a",), {"name": "b"})):
        with pytest.raises(TypeError, match="__init__"):
            lamp(*values, **named)
    scales: Any = Scales
    with pytest.raises(TypeError, match="exact"):
        scales()
