"""Medians, spreads and ratios of repeated runs, and the Markdown tables that show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.measuring import Cost


@dataclass(frozen=True)
class Ratio:
    """How much of one thing's cost another's is, pair by pair."""

    middle: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"{_short(self.middle)} ({_short(self.least)}–{_short(self.most)})"


@dataclass(frozen=True)
class Row:
    """One case: ours against another's, run in turn."""

    case: str
    ours: Sequence[Cost]
    other: str
    theirs: Sequence[Cost]
    goal: float | None = None
    """The ratio of wall time that we want to stay under. None: none is set."""

    def wall(self) -> Ratio:
        return ratio([cost.wall for cost in self.ours], [cost.wall for cost in self.theirs])

    def cpu(self) -> Ratio:
        return ratio([cost.cpu for cost in self.ours], [cost.cpu for cost in self.theirs])


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> Ratio:
    """The median of the ratios of pairs run one after the other, with the least and the most."""
    pairs = [mine / other for mine, other in zip(ours, theirs, strict=True) if other]
    if not pairs:
        return Ratio(float("nan"), float("nan"), float("nan"))
    return Ratio(median(pairs), min(pairs), max(pairs))


def spread(values: Sequence[float]) -> str:
    """The median with the least and the most, e.g. `4.1 (3.9–4.6)`."""
    return f"{_short(median(values))} ({_short(min(values))}–{_short(max(values))})"


def table(rows: Sequence[Row]) -> str:
    """The cases as a table: seconds of both, ratio, goal, CPU, memory."""
    lines = [
        ["case", "ours, s", "other", "s", "ratio", "goal", "CPU, s", "CPU ratio", "MB", "their MB"],
    ]
    for row in rows:
        lines.append(
            [
                row.case,
                spread([cost.wall for cost in row.ours]),
                row.other,
                spread([cost.wall for cost in row.theirs]),
                str(row.wall()),
                "" if row.goal is None else f"≤ {_short(row.goal)}",
                f"{_short(median(c.cpu for c in row.ours))} : {_short(median(c.cpu for c in row.theirs))}",
                str(row.cpu()),
                _whole(max(cost.memory for cost in row.ours)),
                _whole(max(cost.memory for cost in row.theirs)),
            ]
        )
    return markdown(lines)


def growth(cpu: Mapping[int, float], start: float) -> Mapping[int, float]:
    """Milliseconds of CPU a sheet by number of sheets, the fixed start subtracted."""
    return {number: 1000 * (seconds - start) / number for number, seconds in cpu.items()}


def fixed_start(small: tuple[int, float], larger: tuple[int, float]) -> float:
    """The part of the CPU seconds that does not grow, from two sizes, as if the rest grew evenly; never below nothing."""
    (few, a), (many, b) = small, larger
    return max(0.0, a - few * (b - a) / (many - few))


def markdown(lines: Sequence[Sequence[str]]) -> str:
    """Lines as a Markdown table; the first is its head."""
    head, *rest = lines
    return "\n".join("| " + " | ".join(line) + " |" for line in (head, ["---"] * len(head), *rest))


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 100 else f"{number:.3g}"


def _whole(number: float) -> str:
    return f"{number:.0f}" if number else ""
