-- People: second factors, one-time links and tickets, sessions with two limits and people who are disabled.

ALTER TABLE auth_user
  ADD COLUMN "disabledAt" timestamptz,
  -- Where links are mailed to; the library's `email` is an invented one.
  ADD COLUMN sealed_mail text;

-- Sessions of a former release go on, as if they had been opened by password and used just now.
ALTER TABLE auth_session
  ADD COLUMN "lastSeenAt" timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN "openedBy" text NOT NULL DEFAULT 'password' CHECK ("openedBy" IN ('password', 'passkey', 'oidc', 'ticket')),
  -- Browser and system, e.g. `Firefox, Windows`; no address.
  ADD COLUMN device text NOT NULL DEFAULT '',
  -- The person must set up a second factor before anything else.
  ADD COLUMN "secondFactorDue" boolean NOT NULL DEFAULT false;
ALTER TABLE auth_session
  ALTER COLUMN "lastSeenAt" DROP DEFAULT,
  ALTER COLUMN "openedBy" DROP DEFAULT,
  ALTER COLUMN device DROP DEFAULT,
  ALTER COLUMN "secondFactorDue" DROP DEFAULT;
CREATE INDEX auth_session_by_end ON auth_session ("expiresAt");

CREATE TABLE person_totp (
  user_id text PRIMARY KEY REFERENCES auth_user (id) ON DELETE CASCADE,
  sealed_secret text NOT NULL,
  made_at timestamptz NOT NULL,
  -- NULL until the person has shown one code.
  confirmed_at timestamptz,
  -- The newest step of 30 s whose code was taken: no code is taken twice.
  last_step bigint NOT NULL DEFAULT 0
);

-- Digests of random codes; a code that was used is gone.
CREATE TABLE person_recovery_code (
  user_id text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  digest text NOT NULL,
  PRIMARY KEY (user_id, digest)
);

CREATE TABLE person_passkey (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  credential_id text NOT NULL CONSTRAINT person_passkey_credential UNIQUE,
  public_key text NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  name text NOT NULL,
  made_at timestamptz NOT NULL,
  last_used_at timestamptz
);
CREATE INDEX person_passkey_by_user ON person_passkey (user_id);

-- Whatever is good for one use, by digests of random texts. Links of invitations and resets and tickets are taken by deleting
-- the row; challenges are signed, and have a row once they were used.
CREATE TABLE one_time_token (
  digest text PRIMARY KEY,
  purpose text NOT NULL CHECK (purpose IN ('invitation', 'reset', 'ticket', 'passkey_sign_in', 'passkey_add', 'oidc')),
  user_id text REFERENCES auth_user (id) ON DELETE CASCADE,
  -- No secret of anybody.
  payload jsonb NOT NULL,
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX one_time_token_by_end ON one_time_token (expires_at);
CREATE INDEX one_time_token_by_user ON one_time_token (user_id, purpose);

-- Links to be mailed: one for each person at a time. The link is made when the mail is sent.
CREATE TABLE person_mail (
  user_id text PRIMARY KEY REFERENCES auth_user (id) ON DELETE CASCADE,
  purpose text NOT NULL CHECK (purpose IN ('invitation', 'reset')),
  asked_at timestamptz NOT NULL,
  due_at timestamptz,
  attempts integer NOT NULL DEFAULT 0
);
CREATE INDEX person_mail_due ON person_mail (due_at) WHERE due_at IS NOT NULL;

-- Who somebody is to the provider's own sign-in or portal.
CREATE UNIQUE INDEX auth_credential_by_provider ON auth_credential ("providerId", "accountId");

ALTER TABLE reseal_progress DROP CONSTRAINT reseal_progress_kind_check;
ALTER TABLE reseal_progress ADD CONSTRAINT reseal_progress_kind_check
  CHECK (kind IN ('codes', 'filings', 'subjects', 'webhooks', 'addresses', 'messages', 'seals', 'people', 'totp'));
