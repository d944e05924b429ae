-- Indexes for whatever is asked of all at once, so that no question reads a table that grows with the house.

-- Each second: what has waited for a day.
CREATE INDEX outbox_created ON outbox (created_at);

-- Matching: who is kept from whom, seen from the other side; circles with a seat free; who is asked about one.
CREATE INDEX tie_other ON tie (other);
CREATE INDEX room_circle ON room (opened_at) WHERE kind = 'circle' AND closed_at IS NULL;
CREATE INDEX gathering_room ON gathering (room) WHERE room IS NOT NULL;

-- Everyone who talks with one account of the bot.
CREATE INDEX route_identity ON route (platform, identity);

-- What hangs on a room or on an author, so that ending either reads only its own notes.
CREATE INDEX note_room ON note (room, author, said_at);
CREATE INDEX note_author ON note (author);
CREATE INDEX pending_member ON pending (member);
CREATE INDEX pending_room ON pending (room);
CREATE INDEX pending_made ON pending (made_at);

-- The hourly sweep.
CREATE INDEX member_idle ON member (stage, seen_at);
CREATE INDEX room_closed ON room (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX tie_until ON tie (until) WHERE until IS NOT NULL;
CREATE INDEX offer_closed ON offer (expires_at) WHERE closed = 1;
CREATE INDEX gathering_closed ON gathering (expires_at) WHERE closed = 1;
CREATE INDEX outcome_made ON outcome (made_at);
CREATE INDEX case_opened ON case_file (opened_at);
CREATE INDEX case_closed ON case_file (closed_at);
CREATE INDEX case_reporter ON case_file (reporter);
CREATE INDEX sanction_given ON sanction (given_at);
CREATE INDEX removal_until ON removal (until);
CREATE INDEX pass_word_expires ON pass_word (expires_at);
