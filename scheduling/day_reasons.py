"""Why an appointment ended early or did not take place: short lists, in the clinic's words."""

EARLY_REASONS = (
    ("", "Not said"),
    ("complete", "It was complete"),
    ("client_asked", "The client wished to stop"),
    ("unwell", "Somebody wasn't well"),
    ("clinic", "A reason of the clinic"),
)
MISSED_REASONS = (
    ("", "Nobody came, and we don't know why"),
    ("late", "It was too late to begin"),
    ("unwell", "Somebody wasn't well"),
    ("way_home", "There was no way home"),
    ("clinic", "Something on our side"),
)
