CREATE TABLE customer_segment (
    id                     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key                    text NOT NULL UNIQUE,
    name                   text NOT NULL,
    description            text NOT NULL DEFAULT '',
    segment_type           text NOT NULL CHECK (segment_type IN ('static', 'dynamic', 'rfm', 'behavioral')),
    filter_criteria        jsonb,
    rfm_config             jsonb,
    rule                   text,
    rule_file              text,
    -- Whether its rule is in force: a segment whose rule file was taken away keeps its members and is decided upon no more.
    is_active              boolean NOT NULL DEFAULT true,
    auto_refresh           boolean NOT NULL DEFAULT true,
    refresh_interval_hours int NOT NULL DEFAULT 24 CHECK (refresh_interval_hours > 0),
    last_calculated_at     timestamptz,
    created_at             timestamptz NOT NULL,
    updated_at             timestamptz NOT NULL
);

-- A row for each stay: who is a member now has a row without an end.
CREATE TABLE segment_membership (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    segment_id  bigint NOT NULL REFERENCES customer_segment ON DELETE CASCADE,
    customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE,
    entered_at  timestamptz NOT NULL,
    left_at     timestamptz,
    source      text NOT NULL CHECK (source IN ('rule', 'manual', 'import', 'automation', 'api')),
    rule        text,
    reason      text NOT NULL,
    left_reason text
);
CREATE UNIQUE INDEX segment_membership_now ON segment_membership (segment_id, customer_id) WHERE left_at IS NULL;
CREATE INDEX segment_membership_entered ON segment_membership USING brin (entered_at);
CREATE INDEX segment_membership_customer ON segment_membership (customer_id, entered_at);

CREATE TABLE segment_rebuild (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cause      text NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at   timestamptz,
    customers  bigint NOT NULL DEFAULT 0,
    entered    bigint NOT NULL DEFAULT 0,
    departed   bigint NOT NULL DEFAULT 0,
    millis     bigint
);
