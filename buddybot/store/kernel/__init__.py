"""Storage kernel: SQL access, sealing, keys, migrations, inbox, outbox, receipts and timers."""
