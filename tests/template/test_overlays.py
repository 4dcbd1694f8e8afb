"""Overlays compose: a path has one owner, a feature one folder, and the core names none of them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product

import pytest
from jinja2 import nodes

from tests.harness import overlays
from tests.harness.covering import Row
from tests.harness.options import offered, switching
from tests.harness.places import TEMPLATE, files_in
from tests.harness.prompts import Possible
from tests.harness.switches import switched_on
from tests.harness.variants import variants

QUESTIONNAIRE = offered().questionnaire
SWITCHES = next(each for each in QUESTIONNAIRE.questions if each.name == "switches")
USUAL = {"docker", "nginx", "kubernetes"}


def states() -> Iterator[frozenset[str]]:
    """Give what can be on together: each combination without boxes, and of most with boxes.

    Boxes are ticked one at a time and all at once, and what ships is then as it is by default: with
    every box, all combinations would be twice as many.
    """
    boxes = offered().boxes
    ticked = [dict.fromkeys(boxes, True), *({box: True} for box in boxes)]
    for chosen in choices():
        yield switched_on(offered(), chosen)
        if all(chosen.get(name, True) for name in USUAL):
            yield from (switched_on(offered(), {**chosen, **more}) for more in ticked)


def choices() -> Iterator[Row]:
    """Multiply what depends on each other with what does not."""
    possible = Possible(offered())
    free = [name for name in switching() if name not in {*possible.names, *offered().boxes}]
    for values in product(*(offered().values[name] for name in free)):
        yield from ({**row, **dict(zip(free, values, strict=True))} for row in possible.rows)


def test_the_table_is_read_as_it_is() -> None:
    assert all(switched_on(offered(), each.answers) == each.features for each in variants())


def test_each_path_has_one_owner_and_each_file_a_combination() -> None:
    """Copier would pick one of two without a word, and what nobody can choose is never proven."""
    owners = defaultdict[str, list[frozenset[str]]](list)
    for source in overlays.sources():
        owners[source.destination].append(source.needs)
    disputed = {
        first | second: path
        for path, needs in owners.items()
        for first, second in combinations(needs, 2)
    }
    unseen = {needs for each in owners.values() for needs in each}

    for features in {*states()}:
        unseen = {needs for needs in unseen if not needs <= features}
        assert [path for needs, path in disputed.items() if needs <= features] == [], features

    assert unseen == set()


def test_every_switch_has_its_folder_and_every_folder_its_switch() -> None:
    named = re.findall(r"^(\w+):", str(SWITCHES.default), re.MULTILINE)

    assert sorted(named) == sorted(overlays.features())
    assert {name for source in overlays.sources() for name in source.needs} <= set(named)


@pytest.mark.parametrize("feature", overlays.features())
class TestFeature:
    def test_is_no_attribute_of_a_mapping(self, feature: str) -> None:
        """``use.items`` would render a method."""
        assert not hasattr(dict, feature)

    def test_describes_itself(self, feature: str) -> None:
        folder = overlays.feature_folder(feature)

        assert (folder / "README.md").read_text().strip()
        assert (folder / "leak.yml").is_file()


def test_the_core_names_no_feature() -> None:
    """The base loops over the features that are on, and knows none of them."""
    names = {*switching(), "use", "switches"}
    values = {*overlays.features()}

    for path in overlays.templates():
        if path.is_relative_to(TEMPLATE / "{{use.base}}"):
            assert names_in(overlays.parse(path), names) == [], path
            assert constants_in(overlays.parse(path), values) == [], path


def test_no_condition_on_an_option() -> None:
    """What an option changes is in its overlay; only the table of switches decides by it."""
    conditions = (nodes.If, nodes.CondExpr, nodes.Compare)

    for path in overlays.templates():
        for node in overlays.parse(path).find_all(conditions):
            test = node if isinstance(node, nodes.Compare) else node.test
            assert names_in(test, {*switching(), "use", "switches", "features"}) == [], path


def names_in(node: nodes.Node, names: set[str]) -> list[str]:
    found = [node] if isinstance(node, nodes.Name) else node.find_all(nodes.Name)
    return [each.name for each in found if each.name in names]


def constants_in(node: nodes.Node, values: set[str]) -> list[str]:
    return [each.value for each in node.find_all(nodes.Const) if each.value in values]


def test_overlay_folders_are_spelt_alike() -> None:
    """A space in the braces would work in Copier and escape these rules."""
    folders = {part for path in files_in(TEMPLATE) for part in path.relative_to(TEMPLATE).parts}
    braced = {part for part in folders if "{" in part and "copier_conf" not in part}

    assert {part for part in braced if not overlays.OVERLAY.fullmatch(part)} == set()


@pytest.mark.parametrize("key", ["_tasks", "_migrations", "_jinja_extensions", "_external_data"])
def test_needs_no_trust(key: str) -> None:
    assert key not in QUESTIONNAIRE.settings


def test_answers_file_is_rendered_at_the_root() -> None:
    """Inside an overlay Copier warns about it."""
    answers = [s for s in overlays.sources() if "answers_file" in s.destination]

    assert [source.needs for source in answers] == [frozenset()]
