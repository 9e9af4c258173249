"""The days of people as the database reads them: for questions that count days and not moments."""

from django.db.models import DateField, DateTimeField, F, Func


def own_day(at: str) -> Func:
    """For rows with a `client`: their day of an instant, by the zone where they are now and by when their days begin."""
    local = Func(
        F(at), F("client__zone"), arg_joiner=" AT TIME ZONE ", template="(%(expressions)s)", output_field=DateTimeField()
    )
    return Func(local, F("client__day_starts"), arg_joiner=" - ", template="(%(expressions)s)::date", output_field=DateField())
