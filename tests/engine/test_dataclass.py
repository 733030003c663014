"""What is made quickly is what the standard library makes."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from bpviz.engine.dataclass import dataclass


def pair(decorator: Callable[..., Any]) -> Any:
    @decorator(frozen=True, slots=True)
    class Pair:
        """Two, of which one may be left out."""

        left: int
        right: tuple[int, ...] = (3, 4)

        def __post_init__(self) -> None:
            if self.left < 0:
                raise ValueError("negative")

    return Pair


@dataclass(frozen=True, slots=True)
class Point:
    """At a module's level, where pickle finds it."""

    x: int
    y: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """Itself and no other."""

    x: int


@dataclass(frozen=True, slots=True)
class Only:
    """One field."""

    x: float


ours, usual = pair(dataclass), pair(dataclasses.dataclass)


@pytest.mark.parametrize("arguments", [(1,), (1, (2,))])
def test_values_text_hash_and_equality_are_the_usual_ones(arguments: tuple[Any, ...]) -> None:
    mine, other = ours(*arguments), usual(*arguments)
    assert (mine.left, mine.right) == (other.left, other.right)
    assert repr(mine) == repr(other).replace("usual", "ours")
    assert hash(mine) == hash(ours(*arguments)) != hash(ours(9))
    assert mine == ours(*arguments) and mine != ours(9) and mine != other
    assert dataclasses.asdict(mine) == dataclasses.asdict(other)
    assert dataclasses.replace(mine, left=5) == ours(5, *arguments[1:])


@pytest.mark.parametrize("arguments", [(), (1, 2, 3)])
def test_wrong_arguments_are_refused_as_usual(arguments: tuple[int, ...]) -> None:
    with pytest.raises(TypeError) as mine:
        ours(*arguments)
    with pytest.raises(TypeError) as other:
        usual(*arguments)
    assert str(mine.value) == str(other.value)


def test_what_is_checked_after_it_is_made_is_checked() -> None:
    with pytest.raises(ValueError, match="negative"):
        ours(-1)


@pytest.mark.parametrize("name", ["left", "other"])
def test_nothing_can_be_set_or_deleted(name: str) -> None:
    made = ours(1)
    with pytest.raises(dataclasses.FrozenInstanceError, match=f"cannot assign to field '{name}'"):
        setattr(made, name, 2)
    with pytest.raises(dataclasses.FrozenInstanceError, match=f"cannot delete field '{name}'"):
        delattr(made, name)
    assert made == ours(1)


def test_there_is_no_room_but_for_the_fields() -> None:
    assert ours.__slots__ == usual.__slots__
    assert not hasattr(ours(1), "__dict__")


def test_a_copy_is_equal() -> None:
    assert copy.copy(Point(1, 2)) == copy.deepcopy(Point(1, 2)) == pickle.loads(pickle.dumps(Point(1, 2)))


def test_a_number_that_is_none_equals_itself_as_within_any_tuple() -> None:
    nan = float("nan")
    assert Only(nan) == Only(nan) and Only(nan) != Only(float("nan"))


def test_without_equality_each_is_but_itself() -> None:
    thing = Thing(1)
    assert thing == thing and thing != Thing(1)
    assert len({thing, Thing(1)}) == 2


def test_classes_are_told_apart_by_pattern_and_by_the_standard_library() -> None:
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)
    assert [field.name for field in dataclasses.fields(Point)] == ["x", "y"]


def test_a_method_of_the_class_itself_stays() -> None:
    @dataclass(frozen=True, slots=True)
    class Told:
        """Says what it is in its own words."""

        x: int

        def __repr__(self) -> str:
            return "told"

        def __eq__(self, other: object) -> bool:
            return True

    assert repr(Told(1)) == "told" and Told(1) == Told(2)


def test_other_classes_are_the_standard_librarys() -> None:
    @dataclass(slots=True)
    class Loose:
        """Can be changed."""

        x: int

    loose = Loose(1)
    loose.x = 2
    assert loose == Loose(2)


def test_a_field_with_settings_of_its_own_is_refused() -> None:
    with pytest.raises(TypeError, match="names: expected no settings"):
        @dataclass(frozen=True, slots=True)
        class _Listed:
            """A list for each."""

            names: list[str] = dataclasses.field(default_factory=list)
