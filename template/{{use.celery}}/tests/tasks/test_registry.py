"""app.tasks.registry: the tasks that a worker knows."""

from app.core.modules import find
from app.tasks.registry import tasks
from app.tasks.task import Task
from tests.support.findings import expect_none


class TestTasks:
    def test_none_is_left_out(self) -> None:
        known = {id(task) for task in tasks()}

        expect_none(
            f"{task.name} of {task.run.__module__} is not found: move it to app/tasks/"
            for task in find("app", Task)
            if id(task) not in known
        )

    def test_each_has_a_name_of_its_own(self) -> None:
        names = [task.name for task in tasks()]

        assert sorted({*names}) == sorted(names)
