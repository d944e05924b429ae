-- Passkeys of moderators for the desk: credential is a keyed hash, public the public half of a key pair.

CREATE TABLE passkey (
    credential BLOB PRIMARY KEY,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    public BLOB NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_member ON passkey (member);
