"""A record as FHIR R4 (clinical.md 11): plain dicts, checked against the standard's own rules in tests."""
