-- Of a run that is sent at each one's best hour: everybody's shares of the hours as they were when it began, by channel, so that each step reckons with the same.
ALTER TABLE campaign_run ADD COLUMN hour_shares jsonb;

-- How many of it are due at which hour of their own clock, and on whose reactions that rests.
CREATE TABLE campaign_hour (
    campaign_id bigint NOT NULL,
    run         int NOT NULL,
    hour        smallint NOT NULL CHECK (hour BETWEEN 0 AND 23),
    own         bigint NOT NULL,
    everybodys  bigint NOT NULL,
    PRIMARY KEY (campaign_id, run, hour),
    FOREIGN KEY (campaign_id, run) REFERENCES campaign_run ON DELETE CASCADE
);
