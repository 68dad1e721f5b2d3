"""Real engines, PostgreSQL and Valkey, for a developer's machine and for the tests.

The programs come from wheels (`requirements/engines.txt`), else from the system. Nothing
here needs root or is part of a running shop: in production you have your own.
"""
