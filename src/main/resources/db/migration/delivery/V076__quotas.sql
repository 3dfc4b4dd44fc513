-- A provider's limits by day. per_day NULL: no quota.
ALTER TABLE provider_setting
    ADD COLUMN per_day int DEFAULT 100000 CHECK (per_day > 0),
    ADD COLUMN warm_up_start date,
    -- The first days' limits; after the last of them it grows by the factor each day, or ends where there is none.
    ADD COLUMN warm_up_limits int[],
    ADD COLUMN warm_up_growth numeric(6, 3) CHECK (warm_up_growth > 1);

CREATE TABLE provider_domain (
    provider   text NOT NULL REFERENCES provider_setting ON DELETE CASCADE,
    domain     text NOT NULL,
    per_second numeric(9, 3) CHECK (per_second > 0),
    per_day    int CHECK (per_day > 0),
    PRIMARY KEY (provider, domain)
);

-- How much of a day is used up, for all instances; domain '' is all of the provider's. Days are UTC.
CREATE TABLE provider_day (
    provider text NOT NULL,
    day      date NOT NULL,
    domain   text NOT NULL,
    used     int NOT NULL,
    PRIMARY KEY (provider, day, domain)
);
