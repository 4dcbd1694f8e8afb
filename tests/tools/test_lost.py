"""What the proof no longer holds is named, wherever it stood."""

from tools.lost import held, lost, today

HARNESS = '''
FAULTS = (Fault("a wrong type", seed, ("types",)), Fault("a warning", seed, ("tests",)))

def stage_lint(bench):
    """Lint."""
    assert bench.is_clean, "not clean"

def walk(walker):
    walker.expect(200, "GET", "/")
    walker.expect(200, "GET", "/")
'''
TEST = "class TestIt:\n    def test_one(self): ...\n"
BEFORE = {"tests/harness/all.py": HARNESS, "tests/variants/test_it.py": TEST}


def after(old: str, new: str) -> list[str]:
    """Change a text, and name what is lost by it."""
    return lost(held(BEFORE), held({name: text.replace(old, new) for name, text in BEFORE.items()}))


def test_nothing() -> None:
    moved = {"tests/harness/other/place.py": HARNESS, "tests/variants/test_it.py": TEST}

    assert lost(held(BEFORE), held(moved)) == []
    assert lost(held(today()), held(today())) == []


def test_each_kind() -> None:
    assert after("test_one", "_one") == ["test: tests/variants/test_it.py::test_one"]
    assert after("stage_lint", "lint") == ["stage: stage_lint"]
    assert after('"a warning"', '"a word"') == ["fault: 'a warning'"]
    assert after("assert bench", "return bench") == ["check: assert bench.is_clean, 'not clean'"]


def test_one_of_two() -> None:
    twice = '    walker.expect(200, "GET", "/")\n'

    assert after(twice + twice, twice) == ["check: walker.expect(200, 'GET', '/')"]


def test_a_looser_expectation() -> None:
    assert after("not clean", "clean")
