-- Few among millions, and looked for by whoever looks after the installation.
CREATE INDEX message_trouble ON message (status, id) WHERE status IN ('deferred', 'bounced', 'failed', 'unknown');
