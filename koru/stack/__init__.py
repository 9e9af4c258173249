"""The demo's and the tests' own servers and their supervisor. Imports nothing of Koru's rooms."""
