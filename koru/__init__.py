"""Koru: a quiet companion for ketamine-assisted therapy."""
