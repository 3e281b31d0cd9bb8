-- An operator looks at the system as a customer: named, with a reason, for a limited time; the customer sees it. Kept, like the
-- audit, when the person is deleted.
CREATE TABLE support_access (
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES account (id),
  operator_id text NOT NULL,
  operator_name text NOT NULL,
  reason text NOT NULL,
  begun_at timestamptz NOT NULL,
  until timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by text CHECK (ended_by IN ('operator', 'customer')),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE INDEX support_access_by_account ON support_access (account_id, id DESC);

-- The session in which it is on.
ALTER TABLE auth_session
  ADD COLUMN "supportAccessId" text,
  ADD COLUMN "supportAccountId" text,
  ADD COLUMN "supportUntil" timestamptz;
CREATE INDEX auth_session_by_support ON auth_session ("supportAccessId") WHERE "supportAccessId" IS NOT NULL;
