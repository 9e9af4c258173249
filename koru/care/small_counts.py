"""Small counts are not shown: a number of people is told only where neither it nor the rest is a few. Pure.

Fewer than five of a group could be named by who knows them; so could the others, told by what is left.
"""

FEWEST = 5


def shown(part: int, whole: int) -> str:
    """ "12 of 30"; "fewer than 5 of 30"; "all but fewer than 5 of 30". Empty where the group itself is too small."""
    if whole < FEWEST:
        return ""
    if part < FEWEST:
        return f"fewer than {FEWEST} of {whole}"
    return f"all but fewer than {FEWEST} of {whole}" if whole - part < FEWEST else f"{part} of {whole}"


def is_enough(people: int) -> bool:
    """Whether something may be said of so many people as a group."""
    return people >= FEWEST
