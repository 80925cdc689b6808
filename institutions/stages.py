"""Says in words whom something concerns: countries by name, and stages of the route."""

from __future__ import annotations

from institutions.models import RouteStage
from programme.countries import names
from programme.scope import Scope


def scope_names(scope: Scope) -> str:
    """Return the countries and stages of a scope, such as «Guatemala · transit»; nothing when it is for all."""
    countries, stages = names(), dict(RouteStage.choices)
    said = [countries.get(code, code) for code in sorted(scope.countries)]
    said += [str(stages.get(code, code)).lower() for code in sorted(scope.routes)]
    return " · ".join(said)
