"""Runs in the environment of FollowTheMoney's own library: validates the entities of a file, and writes what was found as JSON.

An entity is valid when its schema and its properties are known, each value is one that its type takes as it stands, what the
schema asks for is there, and what it refers to is an entity of the file of a kind that may stand there.
"""

import json
import sys
import types
from pathlib import Path


class Transliterator:
    """Stands for ICU's, which the library asks for when it is loaded and uses only to compare names in several scripts.

    ICU's package is no wheel, so it is left out of the list (handbook/decisions/dependencies.md).
    """

    @classmethod
    def createInstance(cls, _rules: str) -> "Transliterator":  # noqa: N802  ICU's name
        """The only one there is."""
        return cls()

    def transliterate(self, text: str) -> str:
        """The text as it is: a country that is no code stays one that is not known."""
        return text


icu = types.ModuleType("icu")
icu.Transliterator = Transliterator  # type: ignore[attr-defined]
sys.modules["icu"] = icu

from followthemoney import model  # noqa: E402  it looks for icu at once


def main() -> None:
    """The file is the first word; the answer has `entities`, by schema, and `faults`."""
    entities = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    schemata = {entity["id"]: model.get(entity["schema"]) for entity in entities}
    faults = [
        f"{entity['id']} twice" for entity in entities if sum(e["id"] == entity["id"] for e in entities) > 1
    ]
    counted: dict[str, int] = {}
    for entity in entities:
        counted[entity["schema"]] = counted.get(entity["schema"], 0) + 1
        schema = model.get(entity["schema"])
        if schema is None:
            faults.append(f"{entity['id']}: no schema {entity['schema']}")
            continue
        try:
            schema.validate(entity)
        except Exception as error:  # the library's own kinds of errors differ between its releases
            faults.append(f"{entity['id']}: {error}")
        proxy = model.get_proxy(entity, cleaned=False)
        for name, values in entity["properties"].items():
            prop = schema.properties.get(name)
            if prop is None:
                faults.append(f"{entity['id']}: no property {name}")
                continue
            for value in values:
                clean = prop.type.clean(value, proxy=proxy)
                if clean != value:
                    faults.append(f"{entity['id']}.{name}: {value!r} would be {clean!r}")
                if prop.type.name == "entity":
                    other = schemata.get(value)
                    if other is None or (prop.range and not other.is_a(prop.range)):
                        faults.append(f"{entity['id']}.{name}: {value} is no {prop.range}")
    sys.stdout.write(json.dumps({"entities": counted, "faults": faults}))


main()
