"""The template's expressions, rendered as Copier renders them."""

from collections.abc import Mapping
from typing import cast

import jinja2
from jinja2 import meta
from jinja2.sandbox import SandboxedEnvironment

from generator.engine.values import Document, Value, as_bool
from generator.errors import TemplateError

_EXTENSIONS = ["jinja2_ansible_filters.AnsibleCoreFiltersExtension"]
_STRICT = "jinja2.StrictUndefined"


class UnsetError(jinja2.UndefinedError):
    """Tell that an expression gave up its value: `UNSET`, as Copier has it for defaults."""


_UNSET = jinja2.StrictUndefined(name="UNSET", exc=UnsetError)


class Expressions:
    """Render under the template's own Jinja options, once for each set of what goes into it."""

    def __init__(self, settings: Document) -> None:
        self.environment = _environment(settings)
        self._compiled: dict[str, jinja2.Template] = {}
        self._variables: dict[str, frozenset[str]] = {}
        self._rendered: dict[tuple[str, ...], str] = {}
        self._marks = (
            self.environment.variable_start_string,
            self.environment.block_start_string,
            self.environment.comment_start_string,
        )

    def render(self, value: Value, context: Mapping[str, object]) -> Value:
        """Render strings, and the strings in a list; leave any other value as it is."""
        if isinstance(value, list):
            return [self.render(item, context) for item in value]
        if not isinstance(value, str) or not any(mark in value for mark in self._marks):
            return value
        try:
            key = (value, *(repr(context.get(name, _UNSET)) for name in self.variables(value)))
            if key not in self._rendered:
                self._rendered[key] = self._template(value).render({"UNSET": _UNSET, **context})
            return self._rendered[key]
        except UnsetError:
            raise
        except jinja2.TemplateError as error:
            raise TemplateError(
                f"the template's expression {value.strip()!r} fails: {error}"
            ) from error

    def holds(self, condition: Value, context: Mapping[str, object]) -> bool:
        """Render a condition and read the outcome as Copier does, leniently."""
        return as_bool(self.render(condition, context))

    def variables(self, text: str) -> frozenset[str]:
        """Name what an expression is made of, always in one order."""
        if text not in self._variables:
            names = meta.find_undeclared_variables(self.environment.parse(text))
            self._variables[text] = frozenset(names)
        return self._variables[text]

    def _template(self, source: str) -> jinja2.Template:
        if source not in self._compiled:
            self._compiled[source] = self.environment.from_string(source)
        return self._compiled[source]


def _environment(settings: Document) -> jinja2.Environment:
    envops = settings.get("_envops")
    options: Document = {"keep_trailing_newline": True}
    options |= envops if isinstance(envops, dict) else {}
    strict = options.pop("undefined", None) == _STRICT
    return SandboxedEnvironment(
        extensions=_EXTENSIONS,
        undefined=jinja2.StrictUndefined if strict else jinja2.Undefined,
        **cast("dict[str, bool]", options),
    )
