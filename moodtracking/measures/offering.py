"""Which measures this clinic uses: those that are free to use, and those whose use somebody has confirmed."""

from collections.abc import Mapping

from . import definitions
from .instrument import Measure
from .models import Offering


def usable() -> list[Measure]:
    """All measures that a therapist may choose. One query."""
    decided = _decided()
    return [one for one in definitions.load().values() if _is_on(one, decided)]


def may_use(measure: Measure) -> bool:
    return _is_on(measure, _decided())


def cut_point_of(slug: str) -> int | None:
    """The clinic's own cut-point, where it has set one."""
    found = Offering.objects.filter(pk=slug).values_list("cut_point", flat=True).first()
    return int(found) if found is not None else None


def _decided() -> Mapping[str, bool]:
    return dict(Offering.objects.values_list("slug", "is_on"))


def _is_on(measure: Measure, decided: Mapping[str, bool]) -> bool:
    return decided.get(measure.slug, measure.on)
