"""The last look at a claimed letter: locks it, and fetches all that decides about it now. One statement, for speed."""

from uuid import UUID

from koru.moments.questions import Question
from koru.moments.spans import Span

from .judging import Standing
from .kinds import kind
from .models import Letter
from .quiet import QUIET_FROM, QUIET_UNTIL, Rest
from .too_many_texts import is_too_many

# By primary keys throughout, but for the reader's opt-outs (one_opt_out_a_kind) and hushes, of which there are a handful.
# Whose care was finished is asked as `Ending.objects.finished` asks it: true until somebody works with them again.
# No row: somebody else has the letter, or it was sent, withdrawn or given up meanwhile.
LOOK = Question(
    """
SELECT now(), letter.not_after, reader.is_active, chosen.quiet_from, chosen.quiet_until, chosen.paused_until,
    EXISTS (
        SELECT FROM reminders_optout o WHERE o.kind = letter.kind
        AND (o.person_id = letter.to_id OR (o.person_id IS NULL AND lower(o.address) = lower(letter.address)))
    ),
    (SELECT max(upper(during)) FROM reminders_hush WHERE person_id = letter.to_id AND during @> now()),
    EXISTS (SELECT FROM reminders_askingpause WHERE person_id = letter.to_id),
    EXISTS (SELECT FROM people_ending WHERE client_id = letter.to_id AND ended_at IS NOT NULL) AND NOT EXISTS (
        SELECT FROM people_alliance WHERE client_id = letter.to_id AND since <= statement_timestamp()
        AND (until IS NULL OR until > statement_timestamp())
    )
FROM reminders_letter letter
LEFT JOIN people_person reader ON reader.id = letter.to_id
LEFT JOIN reminders_preferences chosen ON chosen.person_id = letter.to_id
WHERE letter.id = %s AND letter.claimed_by = %s AND letter.lease_until > now()
    AND letter.sent_at IS NULL AND letter.withdrawn_at IS NULL AND letter.failed_at IS NULL
FOR UPDATE OF letter
""",
    parameters=(None, None),
    places=((0, 0), (1, 1)),
    width=10,
)


def look(letter: Letter, worker: UUID) -> Standing | None:
    """How a letter stands by the database's clock and the reader's present choices, its row locked. None: not ours."""
    rows = LOOK.ask((letter.pk, worker))
    if not rows:
        return None
    now, not_after, active, quiet_from, quiet_until, paused_until, stopped, hushed_until, asking_paused, finished = rows[0]
    hushes = (Span(now, hushed_until),) if hushed_until else ()
    return Standing(
        kind=kind(letter.kind),
        now=now,
        due=letter.due_at,
        not_after=not_after,
        rest=Rest(letter.clock, quiet_from or QUIET_FROM, quiet_until or QUIET_UNTIL, hushes),
        asked=letter.asked,
        stopped=stopped,
        paused_until=paused_until,
        gone=active is False,
        asking_paused=asking_paused,
        finished=finished,
        by_text=letter.channel == "text",
        too_many_texts=letter.channel == "text" and is_too_many(letter, now),
    )
