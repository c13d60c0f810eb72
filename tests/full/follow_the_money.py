"""Runs in the environment of FollowTheMoney's own library: validates the entities of a file, and writes what was found as JSON.

An entity is valid when its schema and its properties are known, each value is one that its type takes as it stands, what the
schema asks for is there, and what it refers to is an entity of the file of a kind that may stand there.
"""

import json
import sys
from pathlib import Path

from followthemoney import model


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
        schema = schemata[entity["id"]]
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
