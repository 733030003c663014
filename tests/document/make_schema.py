"""Writes resources/schema/bpviz-1.schema.json from the types that documents are read into.

python -m tests.document.make_schema
"""

import json
from typing import Any

import msgspec

from bpviz.document.form import VERSION, DocumentForm
from bpviz.document.resource import resource

NAME = f"bpviz-{VERSION}.schema.json"
_ABOUT = (
    "A document of bpviz: an experiment and its run so far, with everything that is needed to go on in every "
    "bit. It has no random state: everything random (first weights, the split, the order of the examples, "
    "generated data) follows from a seed and the step. Numbers are float64, written so that they read back "
    "exactly; large arrays are the base64 of their little-endian bytes. A field of `experiment` that is "
    "missing has its default. The program checks more than a schema can: that shapes fit the network, that "
    "steps are in order, that the data are what they were. Of two fields with one name the last one counts."
)


def schema() -> dict[str, Any]:
    """JSON schema, draft 2020-12. No object has other fields than those that are named."""
    made = msgspec.json.schema(DocumentForm)
    heading = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"bpviz document, version {VERSION}",
        "description": _ABOUT,
    }
    for name, definition in made["$defs"].items():
        definition["title"] = name.removesuffix("Form")
        if "description" in definition:
            definition["description"] = " ".join(definition["description"].split())
        if definition.get("type") == "object":
            definition["additionalProperties"] = False
    return heading | made


def text() -> str:
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    path = resource("schema") / NAME
    path.parent.mkdir(exist_ok=True)
    path.write_text(text(), "utf-8")
