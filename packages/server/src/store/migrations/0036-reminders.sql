-- When the customer of something that waits is reminded next; whoever reminds sets the next one in the same transaction.
CREATE TABLE reminder (
  kind text NOT NULL CONSTRAINT reminder_kind_check CHECK (kind IN ('filing', 'demand')),
  item_id text NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT reminder_pkey PRIMARY KEY (kind, item_id)
);
CREATE INDEX reminder_due ON reminder (at, kind, item_id);

-- What waits already gets the last of its reminders: on the morning of the 16th day from its end, and of the last but one.
INSERT INTO reminder (kind, item_id, at)
  SELECT 'filing', id, due_at - interval '16 days' + interval '9 hours' FROM filing
  WHERE state IN ('returned', 'sms_failed', 'rejected') AND due_at IS NOT NULL;
INSERT INTO reminder (kind, item_id, at)
  SELECT 'demand', id, ((due_on - 1)::timestamp + interval '9 hours') AT TIME ZONE 'Asia/Shanghai' FROM correction_demand
  WHERE ended_at IS NULL AND due_on IS NOT NULL;
