"""The rates of the surface. Source: reports-v1, "Rate limits", for each key and minute."""

from setpiece.api.rates import Rate

UPLOADS = Rate("upload", 10)
FILES = Rate("file operations", 30)
ENTITIES = Rate("entity operations", 30)
REPORTS = Rate("report creation", 20)
JOBS = Rate("job status", 60)
CREDITS = Rate("credits", 100)
OTHER = Rate("everything else", 100)
