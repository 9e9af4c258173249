"""Letters to oneself: written, shut, waiting, opened."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer

from . import drafts, letters_to_self, library, showing
from .finding_forms import LetterForm
from .letters_to_self import SLOT
from .models import LetterToSelf
from .views import begun


@client_required
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """All of one's letters: those that wait, and those that are open."""
    client = person_of(request)
    today = letters_to_self.today_of(client, timezone.now())
    mine = list(LetterToSelf.objects.of(client)[:200])
    ready = [one for one in mine if one.is_open_on(today)]
    return render(request, "journaling/letters.html", {"ready": ready, "waiting": [one for one in mine if one not in ready]})


@client_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A letter to oneself. Until it is sealed it is kept like any unfinished words."""
    client = person_of(request)
    versions = drafts.versions(client, None, SLOT)
    draft = showing.picked(versions, request.GET.get("draft", ""))
    data = request.POST if request.method == "POST" else None
    form = LetterForm(data, initial=begun(draft, None) | {"prompt": SLOT}, writer=client)
    if form.is_valid():
        done = form.cleaned_data
        letter = letters_to_self.seal_for_later(done["text"], done["opens_on"], **form.sent, by=client)
        return redirect("finding:letter", letter.pk)
    if form.is_bound and not form.unfinished().is_blank:
        drafts.save(form.unfinished(), by=client)
    others = [version for version in versions if draft and version.pk != draft.pk]
    context = {"draft": draft, "others": others, "words": library.load().words.page}
    return answer(request, "journaling/letter_write.html", form, context)


@client_required
@require_safe
def letter(request: HttpRequest, sealed_id: UUID) -> HttpResponse:
    """The words, once their day has come; before it, only when that is."""
    mine = letters_to_self.own_letter(person_of(request), sealed_id)
    now = timezone.now()
    is_open = mine.is_open_on(letters_to_self.today_of(mine.client, now))
    context = {"letter": mine, "is_open": is_open, "text": letters_to_self.words_of(mine, now)}
    return render(request, "journaling/letter.html", context)


@client_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_early(request: HttpRequest, sealed_id: UUID) -> HttpResponse:
    """One plain question, then it opens."""
    client = person_of(request)
    mine = letters_to_self.own_letter(client, sealed_id)
    if request.method != "POST":
        return render(request, "journaling/letter_early.html", {"letter": mine})
    letters_to_self.open_early(mine, by=client)
    return redirect("finding:letter", mine.pk)


@client_required
@require_POST
def delete(request: HttpRequest, sealed_id: UUID) -> HttpResponse:
    client = person_of(request)
    letters_to_self.delete_letter(letters_to_self.own_letter(client, sealed_id), by=client)
    messages.success(request, "The letter is gone, and so is its note.")
    return redirect("finding:letters")
