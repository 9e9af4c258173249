"""The pictures of docs/pictures.md: each page of each role, taken from a running demo."""
