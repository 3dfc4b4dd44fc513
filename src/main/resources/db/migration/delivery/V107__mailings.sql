-- One message to many. What it says stands here once, as its template was when it began; what is said to whom is in message_content.data, and the text of
-- each is made of both, when it leaves and whenever it is looked at. Kept as text, half a million mails of 20 KB would be ten gigabytes of the same.
CREATE TABLE mailing (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key         text NOT NULL UNIQUE,
    channel     text NOT NULL CHECK (channel IN ('email', 'sms', 'push')),
    template    text NOT NULL,
    type        text NOT NULL,
    category    text NOT NULL,
    subject     text,
    preheader   text,
    html        text,
    text        text,
    origin_type text NOT NULL,
    origin_id   text NOT NULL,
    opened_at   timestamptz NOT NULL
);

-- Not checked row by row: they come by the hundred thousand, and mailings are never taken away.
ALTER TABLE message ADD COLUMN mailing_id bigint;

-- NULL: made from the mailing's.
ALTER TABLE message_content ALTER COLUMN text DROP NOT NULL;
ALTER TABLE message_content ALTER COLUMN headers DROP NOT NULL;
