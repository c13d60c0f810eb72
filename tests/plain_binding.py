"""Who is bound, read a second and plainer way: from the YAML of measures as text, each question worked out by itself.

What the engine answers and what pages show is compared with this. Nothing here comes from the engine.
"""

from datetime import date
from typing import Any

from tests.plain_time import held, measure_seen, seen_days, state_of_play


def closure(key: str, values: dict[str, list[str]]) -> set[str]:
    """Who or what this is besides: each value with its `also`, and theirs."""
    found, waiting = set(), [key]
    while waiting:
        each = waiting.pop()
        if each not in found and each in values:
            found.add(each)
            waiting += values[each]
    return found


def whom_of(rule: dict[str, Any], provision: dict[str, Any], sheet: dict[str, Any]) -> dict[str, list[Any]]:
    """Each target of a rule, with the designations through which it is one; [None] where a field names it."""
    named = rule.get("whom") or provision.get("whom")
    if named:
        return {id: [None] for kind in ("actors", "groups") for id in named.get(kind, ())}
    found: dict[str, list[Any]] = {}
    for each in sheet.get("designations", ()):
        if "rank" not in each and provision["id"] in (each.get("provisions") or [provision["id"]]):
            found.setdefault(each["actor"], []).append(each)
    return found


def together(states: list[str]) -> str:
    """The answer of a provision and a designation together; of two days last seen the earlier."""
    for word in ("ended", "not-yet", "not-known"):
        if word in states:
            return word
    return min((state for state in states if state != "in-force"), default="in-force")


FIELDS = {"binds": "forbids", "burdens": "burdens", "reaches": "reaches", "left": "does_not_forbid"}


def said(
    sheets: dict[str, dict[str, Any]],
    parties: dict[str, list[str]],
    acts: dict[str, list[str]],
    who: str,
    act: str,
    whom: str,
    day: date,
) -> list[tuple[str, str, str, str, int | None]]:
    """Everything that is said of a question: how (binds, burdens, reaches, left), measure, item, state on the day, threshold."""
    we, deeds = closure(who, parties), closure(act, acts)
    found = []
    for id, sheet in sheets.items():
        seen = measure_seen(sheet)
        for provision in sheet.get("provisions", ()):
            if "rank" in provision:
                continue
            state = held(provision["starts"], provision["ends"], [*seen_days(provision), *seen], day)
            above = provision.get("threshold", {}).get("amount")
            for how, field in FIELDS.items():
                for rule in provision.get(field, ()):
                    if "rank" in rule or (rule.get("who") or provision["binds"]["who"]) not in we:
                        continue
                    if rule["act"] != act and (how == "left" or rule["act"] not in deeds):
                        continue
                    for named in whom_of(rule, provision, sheet).get(whom, ()):
                        states = [state]
                        if named:
                            days = [*seen_days(named), *seen]
                            states.append(held(named["from"], named["until"], days, day))
                        found.append(
                            (how, id, provision["id"], together(states), int(above) if above else None)
                        )
        for left in sheet.get("not_covered", ()):
            asked = left.get("settles")
            if not asked or "rank" in left or act not in asked["acts"] or not we & set(asked["who"]):
                continue
            if whom in [*asked["whom"].get("actors", ()), *asked["whom"].get("groups", ())]:
                found.append(("left", id, left["id"], state_of_play(sheet, day), None))
    return found


def verdict(
    told: list[tuple[str, str, str, str, int | None]], amount: int | None = None
) -> tuple[str, set[str]]:
    """The answer, and what binds, or else burdens."""
    rules = [each for each in told if each[0] != "left"]
    now = [each for each in rules if each[3] == "in-force" or each[3].startswith("last seen")]
    weighing = {
        wanted: {
            f"{id}#{item}"
            for how, id, item, _, above in now
            if how == wanted and (amount is None or above is None or amount > above)
        }
        for wanted in ("binds", "burdens")
    }
    if weighing["binds"]:
        return "bound", weighing["binds"]
    if weighing["burdens"] and not any(
        how == "binds" and state == "not-known" for how, *_, state, _ in rules
    ):
        return "burdened", weighing["burdens"]
    if any(state == "not-known" for *_, state, _ in rules):
        return "not-decided", set()
    if rules or any(state == "in-force" or state.startswith("last seen") for *_, state, _ in told):
        return "not-bound", set()
    return "not-decided", set()
