"""What the gallery shows: made-up people and values."""

from datetime import UTC, datetime

START, END = datetime(2026, 12, 1, 17, tzinfo=UTC), datetime(2026, 12, 1, 19, 30, tzinfo=UTC)

CHART = {
    "id": "g-mood",
    "name": "Chart",
    "sentence": "More good days in November than in October.",
    "title": "Mood, 5 October to 25 November",
    "desc": "From low in early October to good this week.",
    "grid": [
        {"y": 26, "text_y": 30, "words": "very good"},
        {"y": 89, "text_y": 93, "words": "in between"},
        {"y": 152, "text_y": 156, "words": "very low"},
    ],
    "lines": ["M74 117L89 120L105 111L120 114L136 120L151 101", "M213 108L244 89L275 86L306 89L352 73"],
    "sessions": [{"x": 120, "text_x": 112, "number": 1}, {"x": 336, "text_x": 328, "number": 2}],
    "dots": [{"x": 352, "y": 73}],
    "dates": [{"x": 74, "words": "5 Oct", "anchor": "start"}, {"x": 352, "words": "25 Nov", "anchor": "end"}],
    "head": ["Day", "Mood"],
    "rows": [["5 October", "low"], ["25 November", "good"]],
}

COLUMNS = ["Demo Wren", "Demo Hazel"]
ASH = {"rows": 2, "kind": "dusk", "href": "/ui/", "name": "Demo Ash", "when": "10:00 am to 12:30 pm", "room": "Fern room"}
HELD = {"rows": 1, "kind": "straw", "href": "/ui/", "name": "Held until 9:26 am"}
TALK = {"rows": 1, "kind": "", "href": "/ui/", "name": "Consultation, 9:30 am"}
ROWS = [
    {"time": "9:30 am", "cells": [None, TALK]},
    {"time": "10:00 am", "cells": [ASH, None]},
    {"time": "10:30 am", "cells": [HELD]},
]

ALL = {"chart": CHART, "columns": COLUMNS, "rows": ROWS, "start": START, "end": END}
