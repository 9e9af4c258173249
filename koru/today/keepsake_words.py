"""The words of a keepsake itself, the same on the page, in the file and on paper."""

OVER = "A keepsake"
WITH = "with {}"
HEADINGS = {
    "intentions": "What you brought to each session",
    "goals": "What you worked towards",
    "words": "In your words",
    "charts": "What you noted along the way",
    "sessions": "The times you came",
    "letter": "A letter from {}",
    "to-self": "A letter that waits for you",
}
DOTS = "Where nothing was noted, nothing is drawn. The dotted lines are sessions. A chart shows what you noted, and not why."
WAITS = "It opens on {}."
LATER = "It stays shut until then, here as well."
NOTHING = "There is nothing in it yet. It can stay so, or grow later."
