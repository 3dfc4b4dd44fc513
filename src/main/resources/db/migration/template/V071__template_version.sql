-- What a template said before, by whom it was changed and why. The newest one is what message_template says.
CREATE TABLE message_template_version (
    key       text NOT NULL REFERENCES message_template ON DELETE CASCADE,
    version   int NOT NULL,
    name      text NOT NULL,
    type      text NOT NULL,
    category  text NOT NULL,
    subject   text,
    preheader text,
    html      text,
    text      text,
    design    jsonb,
    active    boolean NOT NULL,
    author    text NOT NULL,
    at        timestamptz NOT NULL,
    note      text NOT NULL DEFAULT '',
    origin    text NOT NULL CHECK (origin IN ('ui', 'api', 'shipped', 'rollback')),
    PRIMARY KEY (key, version)
);

INSERT INTO message_template_version
SELECT key, version, name, type, category, subject, preheader, html, text, design, active, CASE WHEN version = shipped_version THEN 'Drover' ELSE 'unknown' END, updated_at, '',
       CASE WHEN version = shipped_version THEN 'shipped' ELSE 'api' END
  FROM message_template;
