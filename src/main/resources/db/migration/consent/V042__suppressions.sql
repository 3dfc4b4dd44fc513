-- An erased person's address stays suppressed, as a keyed hash that nobody can read or guess an address from.
ALTER TABLE suppression ADD hashed boolean NOT NULL DEFAULT false, ADD note text;
CREATE INDEX suppression_newest ON suppression (since DESC, channel, address);
CREATE INDEX suppression_address ON suppression (address text_pattern_ops);
