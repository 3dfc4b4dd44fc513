-- A segment's page tells who left lately. Entries are told by their block ranges: an index of theirs would cost more than the page gains.
CREATE INDEX segment_membership_exits ON segment_membership (segment_id, left_at) WHERE left_at IS NOT NULL;
