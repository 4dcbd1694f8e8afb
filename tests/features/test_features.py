"""Every option both ways: on, all that a feature declares is there; off, nothing of it is."""

from collections.abc import Iterator
from itertools import chain

import pytest

from tests.harness import overlays
from tests.harness.leaks import Marks, leaks, marks
from tests.harness.options import offered, switching
from tests.harness.projects import Project, package_name, variable_names
from tests.harness.renders import Renders
from tests.harness.variants import Variant, covering, variants

FEATURES = overlays.features()
OPTIONAL = [name for name in FEATURES if any(name not in each.features for each in variants())]


def fragment(feature: str, name: str) -> str:
    """Read what a feature contributes to a shared file."""
    path = overlays.feature_folder(feature) / name
    return path.read_text() if path.exists() else ""


def declared_packages(feature: str) -> set[str]:
    path = overlays.feature_folder(feature) / overlays.CONTRIBUTES
    points = overlays.contributions().get(path, {})
    requirements = chain(points.get("dependencies", []), points.get("dev_dependencies", []))
    return {package_name(requirement) for requirement in requirements}


class TestDeclaration:
    """leak.yml is what the rules below and the generator's own list of features go by."""

    @pytest.mark.parametrize("feature", FEATURES)
    def test_names_all_packages(self, feature: str) -> None:
        assert marks(feature).packages == declared_packages(feature)

    @pytest.mark.parametrize("feature", FEATURES)
    def test_names_all_variables(self, feature: str) -> None:
        assert marks(feature).variables >= variable_names(fragment(feature, "env"))

    @pytest.mark.parametrize("feature", OPTIONAL)
    def test_has_something_to_find(self, feature: str) -> None:
        """A feature without a mark could leak as it likes."""
        assert marks(feature) != Marks()


@pytest.mark.parametrize("variant", covering(), ids=str)
class TestVariant:
    """On variants that cover every pair; the rest are held to it where they are installed."""

    def test_what_is_on_is_there(self, variant: Variant, renders: Renders) -> None:
        project = Project(renders.get(variant.answers))

        missing = [
            f"{feature} is on, but there is no trace of {mark}"
            for feature in sorted(variant.features)
            for mark in marks(feature).missing_from(project)
        ]
        assert missing == []

    def test_what_is_off_is_not(self, variant: Variant, renders: Renders) -> None:
        project = Project(renders.get(variant.answers))

        off = set(FEATURES) - variant.features
        assert list(leaks(project, variant.features, off)) == []

    def test_files_are_those_of_its_overlays(self, variant: Variant, renders: Renders) -> None:
        """A feature's files are there when all that they need is on, and only then."""
        folder = renders.get(variant.answers)

        for source in overlays.sources():
            if "{{" not in source.destination and has_one_owner(source):
                expected = source.needs <= variant.features
                assert (folder / source.destination).exists() == expected, source.label


def has_one_owner(source: overlays.Source) -> bool:
    """Leave out the paths that several exclusive overlays own."""
    return sum(each.destination == source.destination for each in overlays.sources()) == 1


class TestOptions:
    """Each value of each option occurs, with and without each feature that it can go with."""

    @pytest.mark.parametrize(
        ("option", "value"),
        [(option, value) for option, values in offered().values.items() for value in values],
    )
    def test_value_is_proven(self, option: str, value: str | bool) -> None:
        assert any(variant.answers.get(option) == value for variant in variants())

    @pytest.mark.parametrize("feature", OPTIONAL)
    def test_feature_is_proven_both_ways(self, feature: str) -> None:
        assert {feature in variant.features for variant in variants()} == {True, False}

    @pytest.mark.parametrize("option", switching())
    def test_option_matters(self, option: str) -> None:
        """Two values that switch on the same would be one too many."""
        states = list(states_of(option))

        assert len(states) == len(set(states))


def states_of(option: str) -> Iterator[frozenset[str]]:
    """Give what each value of an option switches on, all else being default."""
    for value in offered().values[option]:
        if offered().is_possible({option: value}):
            yield offered().features({option: value})
