from django.urls import path

from . import finding_views, giving_views, letter_views

app_name = "finding"
urlpatterns = [
    path("journal/calendar/", finding_views.calendar, name="calendar"),
    path("journal/calendar/<str:day>/", finding_views.day, name="day"),
    path("journal/search/", finding_views.search, name="search"),
    path("journal/search/<uuid:search_id>/", finding_views.found, name="found"),
    path("journal/tags/", finding_views.all_tags, name="tags"),
    path("journal/tags/<uuid:tag_id>/", finding_views.tagged, name="tagged"),
    path("journal/<uuid:entry_id>/tags/", finding_views.tag, name="tag"),
    path("journal/<uuid:entry_id>/rest/", finding_views.rest, name="rest"),
    path("journal/<uuid:entry_id>/passage/", giving_views.passage, name="passage"),
    path("journal/passages/<uuid:passage_id>/give/", giving_views.give, name="give"),
    path("journal/passages/<uuid:passage_id>/take-back/", giving_views.take_back, name="take_back"),
    path("journal/<uuid:entry_id>/look/", giving_views.look, name="look"),
    path("journal/<uuid:entry_id>/raise/", giving_views.raise_entry, name="raise_entry"),
    path("journal/raise/", giving_views.raising, name="raising"),
    path("journal/raise/something/", giving_views.raise_something, name="raise_something"),
    path("journal/raise/<uuid:raised_id>/let-go/", giving_views.let_go, name="let_go"),
    path("journal/letters/", letter_views.letters, name="letters"),
    path("journal/letters/new/", letter_views.write, name="new_letter"),
    path("journal/letters/<uuid:sealed_id>/", letter_views.letter, name="letter"),
    path("journal/letters/<uuid:sealed_id>/open/", letter_views.open_early, name="open_early"),
    path("journal/letters/<uuid:sealed_id>/delete/", letter_views.delete, name="delete_letter"),
]
