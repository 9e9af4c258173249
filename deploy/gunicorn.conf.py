"""How the web server is started in production (docs/operations.md)."""

import os

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("KORU_WEB_WORKERS", "2"))
threads = int(os.environ.get("KORU_WEB_THREADS", "12"))  # koru/ui/room.py keeps four for what needs no database
timeout = 30  # longer than any statement may take (15 s)
graceful_timeout = 30
worker_tmp_dir = "/dev/shm"  # its heartbeat needs a file system in memory
control_socket_disable = True
loglevel = "warning"  # Koru writes a line a request itself, without addresses
