"""Backups of the database that can be trusted: of one instant, the keys apart, restored only when all of it is proved."""
