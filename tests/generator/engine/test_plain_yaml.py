"""Foreign YAML is data, whatever else has been taught to PyYAML in this process."""

import pytest
import yaml

from generator.engine.plain_yaml import load

TAG = "!taught"


@pytest.fixture
def taught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Teach the safe loader a tag, as a library may do."""
    monkeypatch.setattr(yaml.SafeLoader, "yaml_constructors", {**yaml.SafeLoader.yaml_constructors})
    yaml.add_constructor(TAG, lambda _loader, _node: "read", Loader=yaml.SafeLoader)


def test_values() -> None:
    assert load("{a: 1, b: [true, null, 1.5], c: text}") == {
        "a": 1,
        "b": [True, None, 1.5],
        "c": "text",
    }


@pytest.mark.usefixtures("taught")
def test_tag_of_a_library() -> None:
    assert yaml.safe_load(f"{TAG} x") == "read"

    with pytest.raises(yaml.YAMLError, match="could not determine a constructor"):
        load(f"{TAG} x")


@pytest.mark.parametrize("text", ["!!python/name:os.system", "!!python/object/apply:os.getcwd []"])
def test_python(text: str) -> None:
    with pytest.raises(yaml.YAMLError, match="could not determine a constructor"):
        load(text)
