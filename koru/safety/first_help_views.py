"""Help at once, for a client who has just answered or asked: the page, and its buttons. All of it works without scripts."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer

from .first_help import page_of
from .first_help_forms import CallForm, StepForm
from .first_help_page import asking_page, plan_path, shown_of
from .flags import Flag
from .helping import ask_for_call, did
from .noticing import ask_for_help
from .ways_back import HOME, own_path


def mine(request: HttpRequest, flag_id: UUID) -> Flag:
    flag: Flag = get_object_or_404(Flag.objects.of_client(person_of(request)).select_related("client"), pk=flag_id)
    return flag


@require_safe
@client_required
def first_help(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    """People to reach first, then one's own plan and people, then the clinic and by when it looks."""
    flag = mine(request, flag_id)
    return render(request, "safety/first_help.html", {**shown_of(request, flag), "form": CallForm(None, flag.client)})


@require_POST
@client_required
def step(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    """One of the page's buttons: kept, and on to where it leads."""
    flag, form = mine(request, flag_id), StepForm(request.POST)
    if not form.is_valid():
        raise Http404
    what = form.cleaned_data["what"]
    did(flag, what, by=flag.client)
    if what == "help":
        return HttpResponse(status=204)
    back = own_path(request.POST.get("back", ""))
    return redirect(plan_path() if what == "plan" else back)


@require_POST
@client_required
def call_me(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    """ "Please call me today", with the number and when it suits."""
    flag = mine(request, flag_id)
    form, shown = CallForm(request.POST, flag.client), shown_of(request, flag)
    if not form.is_valid():
        return answer(request, "safety/first_help.html", form, shown)
    asked = ask_for_call(flag, form.cleaned_data["number"], form.cleaned_data["best_time"], by=flag.client)
    return redirect(page_of(asked, shown["back"]))


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def ask(request: HttpRequest) -> HttpResponse:
    """ "I need help from my clinic": asks once more before anything is sent, and shows what the clinic knows already."""
    client = person_of(request)
    if request.method == "POST":
        return redirect(page_of(ask_for_help(client, by=client), HOME))
    return render(request, "safety/ask_for_help.html", asking_page(client))
