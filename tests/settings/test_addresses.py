"""Addresses of servers, as Django and Celery want them."""

from koru.settings.addresses import broker, database, mail


def test_a_database_on_a_socket_keeps_the_folder_as_its_host() -> None:
    found = database("postgresql://koru@/koru?host=/run/short")
    assert (found["HOST"], found["NAME"], found["USER"], found["PORT"]) == ("/run/short", "koru", "koru", "")


def test_a_password_may_hold_anything_when_it_is_escaped() -> None:
    found = database("postgresql://koru:p%40ss%2Fword@db.example.org:6432/koru?sslmode=require")
    assert (found["PASSWORD"], found["HOST"], found["PORT"]) == ("p@ss/word", "db.example.org", "6432")
    assert found["OPTIONS"]["sslmode"] == "require"


def test_every_connection_has_time_limits() -> None:
    options = database("postgresql://localhost/koru")["OPTIONS"]["options"]
    assert "statement_timeout=15000" in options
    assert "lock_timeout=3000" in options
    assert "idle_in_transaction_session_timeout=30000" in options
    assert database("postgresql://localhost/koru")["OPTIONS"]["tcp_user_timeout"] == 20_000, "one that nobody hears from"


def test_test_databases_can_stand_side_by_side() -> None:
    assert database("postgresql://localhost/koru", "_two")["TEST"]["NAME"] == "test_koru_two"


def test_celery_calls_a_socket_by_another_name() -> None:
    assert broker("unix:///run/short/valkey.sock?db=3") == "redis+socket:///run/short/valkey.sock?virtual_host=3"
    assert broker("redis://cache.example.org:6379/0") == "redis://cache.example.org:6379/0"


def test_mail_by_its_scheme() -> None:
    assert mail("smtp+tls://me:pass@mail.example.org")["EMAIL_PORT"] == 587
    assert mail("smtp+tls://me:pass@mail.example.org")["EMAIL_USE_TLS"]
    assert mail("smtps://mail.example.org:4650")["EMAIL_PORT"] == 4650
