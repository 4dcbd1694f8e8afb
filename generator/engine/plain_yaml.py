"""YAML that comes from someone else, read as data and as nothing more.

PyYAML's loaders share what others register on them: a library in the same process that teaches the
safe loader a tag such as `!include` would make every reader follow it.
"""

import yaml

_STANDARD = "tag:yaml.org,2002:"


class PlainLoader(yaml.SafeLoader):
    """Know the types of YAML itself, and no tag that anybody added."""


PlainLoader.yaml_constructors = {
    tag: constructor
    for tag, constructor in yaml.SafeLoader.yaml_constructors.items()
    if tag is None or tag.startswith(_STANDARD)
}
PlainLoader.yaml_multi_constructors = {}


def load(text: str | bytes) -> object:
    """Return the one document of a text."""
    loaded: object = yaml.load(text, Loader=PlainLoader)  # noqa: S506 -- safer than the safe one
    return loaded
