"""SQL of the processes that share a house: PostgreSQL alone, by the server's clock, outside of any unit of work.

A process that is found dead goes with its leases, and whatever it had claimed of the outbox may have arrived.
"""

_NOW = "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)"
"""The server's clock, in the microseconds of our columns."""

REGISTER = (
    f"INSERT INTO process (id, started, lease_until, version) VALUES (%(id)s, {_NOW}, {_NOW} + %(lease)s, %(version)s)"
    f" RETURNING {_NOW}"
)
RENEW = (
    f"UPDATE process SET lease_until = {_NOW} + %(lease)s WHERE id = %(id)s AND lease_until > {_NOW} RETURNING {_NOW}"
)
REAP = (
    f"DELETE FROM process WHERE id IN (SELECT id FROM process WHERE lease_until <= {_NOW} FOR UPDATE SKIP LOCKED)"
    " RETURNING id"
)
LEAVE = "DELETE FROM process WHERE id = %s"
LIVING = f"SELECT id FROM process WHERE lease_until > {_NOW}"
ALIVE = f"SELECT 1 FROM process WHERE id = %s AND lease_until > {_NOW} FOR KEY SHARE"
"""The row stays as long as the transaction does: nobody can find its process dead and take over meanwhile."""
MAY_HAVE_ARRIVED = (
    "UPDATE outbox SET state = CASE WHEN state = 'claimed' THEN 'unknown' ELSE state END, owner = ''"
    " WHERE owner = ANY(%s)"
)
SEEK = (
    "INSERT INTO lease (name, owner, epoch) VALUES (%(name)s, %(id)s, 1) ON CONFLICT (name) DO UPDATE"
    " SET owner = excluded.owner, epoch = lease.epoch + 1"
    " WHERE lease.owner IS NULL OR lease.owner = excluded.owner RETURNING epoch"
)
"""A lease is free where its owner's row is gone, or where it was to be given back and its owner could not say so."""
GIVE_BACK = "UPDATE lease SET owner = NULL WHERE name = %s AND owner = %s"
HOLDINGS = "SELECT owner, name FROM lease WHERE owner IS NOT NULL AND starts_with(name, %s) ORDER BY name"
