"""The Dagster code location and everything it runs.

Belongs here: nothing but the rooms named in the design. No import may happen in this file: `import orchestration` is free.
"""
