"""Addresses that take a form and that this walk doesn't reach yet.

Their pages need what its world doesn't have: a hold, an offer, proposed dates, somebody who fetches, a calendar read
elsewhere. Their own rooms' tests post to them. The list may only get shorter: the test compares it whole.
"""

NOT_WALKED = {
    *(f"desk:{name}" for name in ("away_easy", "caller", "drop", "hold_longer", "let_go", "request_contact")),
    *(f"desk:{name}" for name in ("sooner_leave", "sooner_place", "stays", "without")),
    *(f"scheduling:{name}" for name in ("arrived", "came", "end", "not_here", "times")),
    *(f"scheduling:{name}" for name in ("ask_somebody", "pick_up_no", "pick_up_yes", "still_same", "take_back")),
    *(f"scheduling:{name}" for name in ("busy_calendars", "make_feed", "remove_busy", "renew_feed", "stop_feed")),
    *(f"scheduling:course{rest}" for rest in ("", "_book", "_date", "_let_go")),
    *(f"scheduling:course{rest}_of" for rest in ("", "_book", "_date", "_let_go")),
    *(f"scheduling:{name}" for name in ("hold_longer", "let_go", "consultation_sooner")),
    *(f"scheduling:sooner_{name}" for name in ("accept", "new", "pass", "stop", "wait")),
}
