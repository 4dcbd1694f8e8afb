"""Write docs/preset.schema.json from the model: `python -m tools.schema`."""

import json
from pathlib import Path

from generator.presets.model import Preset

PUBLISHED = Path(__file__).parents[1] / "docs" / "preset.schema.json"


def schema() -> str:
    """Return the JSON Schema of a preset."""
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(document | Preset.model_json_schema(), indent=2) + "\n"


if __name__ == "__main__":
    PUBLISHED.write_text(schema())
