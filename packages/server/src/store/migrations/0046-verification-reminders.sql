-- Customers are told before a verification of identity runs out.
ALTER TABLE reminder DROP CONSTRAINT reminder_kind_check;
ALTER TABLE reminder ADD CONSTRAINT reminder_kind_check CHECK (kind IN ('filing', 'demand', 'move', 'verification')) NOT VALID;
ALTER TABLE reminder VALIDATE CONSTRAINT reminder_kind_check;
-- locks: verifications of the last days, a few for each open filing; reading them keeps nobody waiting.
-- Of those that count now: on the morning of the day before.
INSERT INTO reminder (kind, item_id, at)
  SELECT 'verification', id, (valid_until AT TIME ZONE 'Asia/Shanghai')::date::timestamp AT TIME ZONE 'Asia/Shanghai' - interval '15 hours'
  FROM verification
  WHERE state = 'passed' AND valid_until > now() + interval '1 day';
