"""Addresses that take a form and that this walk doesn't reach yet.

Their pages need what its world doesn't have: a hold, an offer, a session that runs or lies outside the hours. Their own
rooms' tests post to them. The list may only get shorter: the test compares it whole.
"""

NOT_WALKED = {
    *(f"desk:{name}" for name in ("away_easy", "drop", "hold_longer", "let_go", "stays", "without")),
    *(f"scheduling:{name}" for name in ("arrived", "came", "end", "not_here", "still_same")),
    *(f"scheduling:{name}" for name in ("course", "hold_longer", "let_go", "make_feed", "sooner_accept", "sooner_pass")),
}
