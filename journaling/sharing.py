"""The three levels of sharing (clinical.md 10.1). When more has to wait is told by `scheduling.resting`. Pure."""

ONLY_ME = "only_me"
THERAPIST = "my_therapist"
BRING = "bring_to_session"
LEVELS = (ONLY_ME, THERAPIST, BRING)
SHARED = (THERAPIST, BRING)


def widens(was: str, becomes: str) -> bool:
    """Whether somebody could read it who could not before. Bringing what is shared already tells nobody more."""
    return was not in SHARED and becomes in SHARED
