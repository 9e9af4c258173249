from django.urls import URLPattern, path

from . import focus_views, routine_csv_views, routine_note_views, routine_views, routine_whole_views

urlpatterns: list[URLPattern] = [
    path("routine/", routine_views.routine, name="routine"),
    path("routine/new/", routine_views.new, name="routine_new"),
    path("routine/routine.csv", routine_csv_views.csv, name="routine_csv"),
    path("routine/focus/", focus_views.focus, name="focus"),
    path("routine/back/", routine_whole_views.back, name="routine_back"),
    path("routine/word/", routine_whole_views.word, name="routine_word"),
    path("routine/word/when/", routine_whole_views.ask, name="routine_ask"),
    path("routine/word/note/", routine_whole_views.note, name="routine_word_note"),
    path("routine/share/", routine_whole_views.share, name="routine_share"),
    path("routine/<uuid:routine_id>/", routine_views.edit, name="routine_edit"),
    path("routine/note/<str:routine_note>/", routine_note_views.by_note, name="routine_by_note"),
    path("routine/noted/", routine_note_views.noted, name="routine_noted"),
    path("routine/<uuid:routine_id>/notes/", routine_note_views.notes, name="routine_notes"),
    path("routine/<uuid:routine_id>/smaller/", routine_views.smaller, name="routine_smaller"),
    path("routine/<uuid:routine_id>/again/", routine_views.again, name="routine_again"),
    path("routine/<uuid:routine_id>/mark/", routine_views.mark_day, name="routine_mark"),
    *(
        path(f"routine/<uuid:routine_id>/{what}/", routine_views.act, {"what": what}, name=f"routine_{what}")
        for what in routine_views.ACTS
    ),
]
