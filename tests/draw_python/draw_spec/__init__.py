"""lunzheng-draw/1, a second implementation from SPEC.md alone (standard library only)."""
