"""Counters for the person on duty. No ids, no texts, no labels that could describe a visitor (checklist 39)."""

from prometheus_client import Counter, Gauge, Histogram

UPDATES = Counter("stezhka_updates", "Updates handled", ["kind"])
MALFORMED = Counter("stezhka_updates_malformed", "Updates that made no sense and were skipped")
DUPLICATES = Counter("stezhka_updates_duplicate", "Updates delivered again and dropped")
POISONED = Counter("stezhka_updates_poisoned", "Updates that could not be handled even alone and were given up")
FLOW_FAULTS = Counter("stezhka_flow_faults", "Flows that raised; the visitor saw the kind fallback screen")
CALLS = Counter("stezhka_calls", "Calls to Telegram", ["method", "outcome"])
REPEATS = Counter("stezhka_repeats", "Calls sent again because it is unknown whether Telegram has done them")
EXPIRED = Counter("stezhka_expired", "Rows that became too late to be of use")
CONFLICTS = Counter("stezhka_conflicts", "Times another process polled with our token (409)")
WAITING = Gauge("stezhka_outbox_waiting", "Rows waiting to be sent")
EXIT_SECONDS = Histogram(
    "stezhka_exit_seconds",
    "Exit committed until Telegram has accepted the cover",
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 30),
)
BATCH_SECONDS = Histogram(
    "stezhka_batch_seconds",
    "A batch from load to commit",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1),
)
