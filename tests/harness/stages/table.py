"""The stages of a variant's proof, in order: what each needs, and where it applies."""

from typing import Final

from tests.harness.stage import Stage
from tests.harness.stages.checking import (
    stage_format,
    stage_lint,
    stage_shared,
    stage_tests,
    stage_types,
)
from tests.harness.stages.chosen import sharing, starting
from tests.harness.stages.documenting import stage_docs
from tests.harness.stages.extending import stage_tables
from tests.harness.stages.installing import stage_install, stage_production
from tests.harness.stages.living import stage_servers, stage_verbs
from tests.harness.stages.migrating import stage_migrate, stage_models, stage_rollback
from tests.harness.stages.rendering import every_mark, stage_generate, stage_traces
from tests.harness.stages.serving import stage_boot, stage_stop
from tests.harness.stages.walking import stage_walk
from tests.harness.stages.working import stage_tasks
from tests.harness.variant import Variant
from tests.harness.variants import is_whole, variant_with


def stores(variant: Variant) -> bool:
    """Whether a variant has a database."""
    return "database" in variant.features


def has_tasks(variant: Variant) -> bool:
    """Whether a variant has workers."""
    return "celery" in variant.features


def starts_servers(variant: Variant) -> bool:
    """Whether a variant is among the few that have, together, all servers and all commands."""
    return variant.name in starting()


def shares_its_tests(variant: Variant) -> bool:
    """Whether a variant is among the few whose tests run in several processes."""
    return variant.name in sharing()


def is_tested_alone(variant: Variant) -> bool:
    """Whether a variant's tests run in one process: several rows run at once."""
    return is_whole(variant) and not shares_its_tests(variant)


def has_tables_of_its_own(variant: Variant) -> bool:
    """Whether a variant is the one with users on its ORM and database, as the defaults have it."""
    if not stores(variant):
        return False
    main = {name: variant.answers[name] for name in ("orm", "database")}
    return variant == variant_with(**main, auth="jwt", sample="items")


STAGES: Final = (
    Stage(stage_generate),
    Stage(stage_traces, needs=("generate",), reads=every_mark),
    Stage(stage_install, needs=("generate",)),
    Stage(stage_lint, needs=("install",)),
    Stage(stage_format, needs=("install",)),
    Stage(stage_types, needs=("install",), applies=is_whole),
    Stage(stage_tests, needs=("install",), applies=is_tested_alone),
    Stage(stage_shared, needs=("install",), applies=shares_its_tests),
    Stage(stage_production, needs=("install",)),
    Stage(stage_migrate, needs=("production",), applies=stores),
    Stage(stage_models, needs=("migrate",), applies=stores),
    Stage(stage_boot, needs=("production", "migrate")),
    Stage(stage_walk, needs=("boot",)),
    Stage(stage_tasks, needs=("walk",), applies=has_tasks),
    Stage(stage_stop, needs=("boot",), after=("walk", "tasks")),
    Stage(stage_rollback, needs=("migrate",), after=("walk", "tasks", "stop"), applies=stores),
    Stage(stage_docs, needs=("install", "migrate")),
    Stage(stage_servers, needs=("install",), applies=starts_servers),
    Stage(stage_verbs, needs=("install",), after=("servers",), applies=is_whole),
    Stage(stage_tables, needs=("install",), applies=has_tables_of_its_own),
)


def stages_of(variant: Variant) -> list[Stage]:
    """Choose the stages that apply to a variant."""
    return [stage for stage in STAGES if stage.applies(variant)]
