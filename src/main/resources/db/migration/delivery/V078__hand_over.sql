-- Messages about to be handed to a provider, a few together. Of what a dead process had claimed only these may have left; the rest is simply taken up
-- again. A row of which no message is being sent any more means nothing, and goes when the next one comes.
CREATE TABLE hand_over (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_ids bigint[] NOT NULL
);

-- Of what is being sent now nobody has written it down.
INSERT INTO hand_over (message_ids) SELECT array_agg(id) FROM message WHERE status = 'sending' HAVING count(*) > 0;
