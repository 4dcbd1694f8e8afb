"""`groundplan options`."""

import json
from pathlib import Path

from tests.generator.support import Invoke


class TestText:
    def test_question(self, invoke: Invoke) -> None:
        outcome = invoke("options")

        assert outcome.code == 0
        assert outcome.err == ""
        assert (
            "--store  (str)  Where does it keep things?\n"
            "    disk  On disk  -> store, disk\n"
            "    none  nowhere\n"
            "    default: disk\n"
        ) in outcome.out

    def test_yes_or_no(self, invoke: Invoke) -> None:
        assert (
            "--proxy  (bool)\n    true   -> proxy, box\n    false\n    default: false\n"
        ) in invoke("options").out

    def test_condition(self, invoke: Invoke) -> None:
        assert "    default: 3\n    asked when store == 'disk'\n" in invoke("options").out

    def test_default_that_follows(self, invoke: Invoke) -> None:
        assert "--slug  (str)\n    default: toy\n" in invoke("options").out


class TestJson:
    def test_shape(self, invoke: Invoke, toy: Path) -> None:
        document = json.loads(invoke("options", "--json").out)

        assert set(document) == {"template", "options", "features"}
        assert document["template"] == str(toy)
        assert [one["name"] for one in document["options"]] == [
            *("name", "slug", "store", "size", "cache", "proxy", "box")
        ]

    def test_option(self, invoke: Invoke) -> None:
        options = json.loads(invoke("options", "--json").out)["options"]

        assert options[2] == {
            "name": "store",
            "flag": "--store",
            "type": "str",
            "help": "Where does it keep things?",
            "default": "disk",
            "values": [
                {"value": "disk", "label": "On disk", "implies": ["store", "disk"]},
                {"value": "none", "label": "nowhere", "implies": []},
            ],
            "condition": "",
        }

    def test_features(self, invoke: Invoke) -> None:
        features = json.loads(invoke("options", "--json").out)["features"]

        assert list(features) == ["base", "store", "disk", "cache", "proxy", "box"]
        assert features["disk"] == "Keeps things on disk."
        assert features["box"] == ""


class TestRefused:
    def test_no_template(self, invoke: Invoke, tmp_path: Path) -> None:
        outcome = invoke("options", "--template", str(tmp_path))

        assert outcome.code == 6
        assert outcome.err.startswith(f"error: {tmp_path} is no template")

    def test_as_json(self, invoke: Invoke, tmp_path: Path) -> None:
        outcome = invoke("options", "--json", "--template", str(tmp_path))

        error = json.loads(outcome.out)["error"]
        assert (error["kind"], error["exit_code"]) == ("template", 6)
        assert error["message"] in outcome.err
