-- Threads of people's chats: which thread shows which conversation, sealed under the member's key; the address by keyed hash.
CREATE TABLE thread (
    person BYTEA PRIMARY KEY,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    sealed BYTEA NOT NULL
);

CREATE INDEX thread_member ON thread (member);
