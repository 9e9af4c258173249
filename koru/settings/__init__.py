"""How Koru is put together: demo, test and production, over one base."""
