-- As 0030, in steps that hold no lock for long.

-- step index
CREATE INDEX CONCURRENTLY webhook_delivery_waiting ON webhook_delivery (created_at) WHERE state = 'waiting';
-- step index
CREATE INDEX CONCURRENTLY authority_message_old ON authority_message (received_at)
  WHERE body->>'kind' IN ('sms_requested', 'sms_confirmed', 'sms_failed', 'rejected');
