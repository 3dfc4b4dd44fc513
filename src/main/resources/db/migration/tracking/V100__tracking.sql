-- Where links of mails lead: once by address, whoever it was sent to. A redirect goes to what stands here, and nowhere else.
CREATE TABLE tracked_link (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- SHA-256 of the address: an index takes no text of any length.
    hash bytea NOT NULL UNIQUE,
    url  text NOT NULL
);

-- Opens and clicks, people's and machines'; no address of whoever asked, and no more of their program than its name.
-- Of message and link only their numbers, by signed tokens: rows come in sets, some time after the answer was given, and a set must not fail for one
-- of them. The ledger stands on a higher floor anyway.
CREATE TABLE engagement (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id bigint NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('open', 'click', 'trap')),
    link_id    bigint,
    at         timestamptz NOT NULL,
    device     text NOT NULL CHECK (device IN ('desktop', 'mobile', 'tablet', 'unknown')),
    client     text NOT NULL,
    -- Why it is no person's; NULL once decided: a person's.
    machine    text,
    decided    boolean NOT NULL DEFAULT false
);
-- A set that is written again after a commit nobody heard of changes nothing. Leads to one message's life, too.
CREATE UNIQUE INDEX engagement_once ON engagement (message_id, at, kind, coalesce(link_id, 0));
CREATE INDEX engagement_undecided ON engagement (at) WHERE NOT decided;
