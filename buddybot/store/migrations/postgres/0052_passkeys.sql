-- Passkeys of moderators for the desk: credential is a keyed hash, public the public half of a key pair.

CREATE TABLE passkey (
    credential BYTEA PRIMARY KEY,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    public BYTEA NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX passkey_member ON passkey (member);
