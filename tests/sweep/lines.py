"""What a line of the matrix says about one address."""

from dataclasses import dataclass

CLIENT, THERAPIST, DESK, ADMIN, NOBODY = "client", "therapist", "desk", "admin", "nobody"
EVERYBODY = frozenset({CLIENT, THERAPIST, DESK, ADMIN, NOBODY})
NO = 405
SIGN_IN = 302


@dataclass(frozen=True)
class Line:
    """For those it opens to: the status of GET, and of POST with an empty form. `missing` answers another's id and none.

    `traced`: opening it is on the list that the client sees. `shut` is met by the signed-in others, `stranger` by the rest.
    """

    opens: frozenset[str]
    get: int
    post: int
    missing: int = 404
    shut: int = 404
    stranger: tuple[int, int] = (SIGN_IN, SIGN_IN)
    traced: bool = False

    def status(self, method: str, kind: str, reached: bool) -> set[int]:
        """What somebody may be told. A verb that isn't there may be refused before or after the person is."""
        wrong_verb = {NO} if (self.post if method == "POST" else self.get) == NO else set()
        if kind in self.opens:
            usual = self.post if method == "POST" else self.get
            return {usual} if reached else {self.missing} | wrong_verb
        if kind == NOBODY:
            return {self.stranger[method == "POST"]} | wrong_verb
        return {self.shut} | wrong_verb


def anyone(get: int, post: int) -> Line:
    return Line(EVERYBODY, get, post)


def signed_in(get: int, post: int, stranger: tuple[int, int] = (SIGN_IN, SIGN_IN)) -> Line:
    return Line(EVERYBODY - {NOBODY}, get, post, stranger=stranger)


def client(get: int, post: int, missing: int = 404, stranger: tuple[int, int] = (SIGN_IN, SIGN_IN), shut: int = 404) -> Line:
    return Line(frozenset({CLIENT}), get, post, missing=missing, shut=shut, stranger=stranger)


def therapist(get: int, post: int, *, traced: bool = True) -> Line:
    return Line(frozenset({THERAPIST}), get, post, traced=traced)


def desk(get: int, post: int, *, traced: bool = False) -> Line:
    return Line(frozenset({DESK}), get, post, traced=traced)


def clinic(get: int, post: int) -> Line:
    """Therapists and the desk. An admin is of the clinic too, and finds nothing there."""
    return Line(frozenset({THERAPIST, DESK, ADMIN}), get, post)


def admin(get: int, post: int) -> Line:
    return Line(frozenset({ADMIN}), get, post, shut=SIGN_IN)
