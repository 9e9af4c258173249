"""Rows of clients' records are asked for by whose they are, and pages about a client open their record."""

import pytest

from .door import pages_without_a_door, questions, watched

# Who asks for everybody's, and why they may.
ALLOWED = {
    "koru.desk.appointment_views.opened": "by its id, and through the record it belongs to before anything is shown",
    "koru.desk.board._requests": "talks of visitors, who have no record yet",
    "koru.care.flag_counts.count_flags": "numbers for admins, of nobody by name",
    "koru.care.supervising.capacity": "how many each therapist has, for clinical leads, of nobody by name",
    "koru.care.supervising.goodbyes": "two numbers for clinical leads, of nobody by name",
    "koru.care.supervising.seen_in_time": "instants for clinical leads, of nobody by name",
    "koru.care.flags.open_flag": "by its id among those its reader may open, and through the record before anything is shown",
    "koru.care.flags.flags_for": "those its reader may open; of others' clients it says only that something waits",
    "koru.care.typing_plan.save": "lets go of whatever nobody has touched for thirty days; the rest by whose it is",
    "koru.care.watching._soon": "the clock's own look: nobody is answered",
    "koru.desk.client_tasks.calls": "the desk's own line: whom somebody is asked to call, never why",
    "koru.desk.client_tasks.to_put_right": "the desk's own line: who waits for an answer, never what they asked",
    "koru.desk.request_tasks.talks": "talks of visitors, who have no record yet",
    "koru.desk.appointment_tasks.ways_home": "the desk's own list: names and times of everybody's sessions",
    "koru.desk.requests._talked_earlier": "the talk of the request in hand, locked",
    "koru.desk.slots.slots_on": "the desk's own day: names and times of everybody",
}
SHOWS_NOTHING = {
    "koru.care.typing_views.plan": "keeps the writer's own unfinished words as they type; asks how the two stand",
    "koru.care.typing_views.safety_plan": "the same",
    "koru.care.own_brief_views.take_back": "a client's own: it takes back what they share",
}


def test_rows_of_a_record_are_asked_for_by_whose_they_are() -> None:
    asked = [one for module, code in watched() for one in questions(module, code)]
    assert len(asked) > 20
    loose = {one.place: f"line {one.line}: {one.model}" for one in asked if not one.names_somebody}
    assert {place: where for place, where in loose.items() if place not in ALLOWED} == {}
    assert set(ALLOWED) <= set(loose), "no longer needed"


def test_pages_about_a_client_open_their_record() -> None:
    rooms = [(module, code) for module, code in watched() if module.startswith(("koru.care", "koru.desk"))]
    shut = {page for module, code in rooms for page in pages_without_a_door(module, code)}
    assert shut == set(SHOWS_NOTHING)


@pytest.mark.parametrize(
    "code",
    [
        "Entry.objects.filter(pk=entry_id).first()",
        "Entry.objects.all()",
        "CheckIn._default_manager.get(pk=check_in_id)",
        "models.Draft.objects.order_by('-saved_at')[:3]",
        "get_object_or_404(Appointment, pk=appointment_id)",
        "get_object_or_404(Appointment.objects.select_related('kind'), pk=appointment_id)",
        "Consent.objects.in_force().filter(kind='treatment')",
        "Appointment.objects.filter(client=None)",
        "show(Entry.objects.all(), client=client)",
    ],
)
def test_a_question_for_everybodys_rows_is_noticed(code: str) -> None:
    (found,) = questions("made.up", f"def page(request):\n    return {code}\n")
    assert not found.names_somebody
    assert found.place == "made.up.page"


@pytest.mark.parametrize(
    "code",
    [
        "Entry.objects.readable_in(record).within(span)",
        "CheckIn.objects.kept().filter(client=record.client).first()",
        "get_object_or_404(Appointment.objects.of_client(client), pk=appointment_id)",
        "get_object_or_404(Entry, pk=entry_id, client=client)",
        "ShareWish.objects.filter(entry=entry).first()",
    ],
)
def test_a_question_that_names_whose_rows_is_left_alone(code: str) -> None:
    (found,) = questions("made.up", f"def page(request):\n    return {code}\n")
    assert found.names_somebody


def test_a_page_that_opens_no_record_is_noticed() -> None:
    code = (
        "@therapist_required\ndef page(request, client_id):\n    return render(request, 'x', Person.objects.get(pk=client_id))\n"
    )
    assert pages_without_a_door("made.up", code) == ["made.up.page"]
    with_door = code.replace("return", "with open_record(client_id, by=request.user, why='x') as record:\n        return")
    assert pages_without_a_door("made.up", with_door) == []


def test_a_page_may_open_its_record_by_a_function_beside_it() -> None:
    page = "@therapist_required\ndef page(request, client_id):\n    return _opened(request, client_id)\n"
    helper = "def _opened(request, client_id):\n    {}\n        return render(request, 'x')\n"
    opens = helper.format("with open_record(client_id, by=request.user, why='x'):")
    assert pages_without_a_door("made.up", page + opens) == []
    assert pages_without_a_door("made.up", page + helper.format("if True:")) == ["made.up.page"]
