-- How old the oldest delivery that waits is, read as the first row of an index.
CREATE INDEX webhook_delivery_waiting ON webhook_delivery (created_at) WHERE state = 'waiting';
-- Messages of the authority that matter to one hand-over only, by age: they are cleared away after the days that are kept.
CREATE INDEX authority_message_old ON authority_message (received_at)
  WHERE body->>'kind' IN ('sms_requested', 'sms_confirmed', 'sms_failed', 'rejected');
