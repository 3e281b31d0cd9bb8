-- What people of a customer's account may do in it: of everybody else it says nothing. Those from before may do everything, as they could.
ALTER TABLE auth_user ADD COLUMN "memberRight" text NOT NULL DEFAULT 'owner',
  -- When the person signed in last; NULL: not since there is this column.
  ADD COLUMN "lastSignInAt" timestamptz;
ALTER TABLE auth_user ADD CONSTRAINT auth_user_member_right_check
  CHECK ("memberRight" IN ('owner', 'filer', 'viewer')) NOT VALID;
ALTER TABLE auth_user VALIDATE CONSTRAINT auth_user_member_right_check;
CREATE INDEX auth_user_of_account ON auth_user ("accountId", username) WHERE role = 'customer';
