-- Tables of the sign-in library (better-auth 1.7 with its username plugin), under our names; the columns are named as
-- it names them. A test asks the library what it misses here: nothing.
CREATE TABLE auth_user (
  id text PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL CONSTRAINT auth_user_email UNIQUE,
  "emailVerified" boolean NOT NULL DEFAULT false,
  image text,
  username text CONSTRAINT auth_user_username UNIQUE,
  "displayUsername" text,
  role text NOT NULL CHECK (role IN ('customer', 'reviewer', 'operator', 'auditor')),
  "accountId" text REFERENCES account (id),
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  CONSTRAINT auth_user_customer_has_account CHECK (role <> 'customer' OR "accountId" IS NOT NULL)
);

CREATE TABLE auth_session (
  id text PRIMARY KEY,
  token text NOT NULL CONSTRAINT auth_session_token UNIQUE,
  "userId" text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  "expiresAt" timestamptz NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX auth_session_by_user ON auth_session ("userId");

CREATE TABLE auth_credential (
  id text PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX auth_credential_by_user ON auth_credential ("userId");

CREATE TABLE auth_verification (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX auth_verification_by_identifier ON auth_verification (identifier);

-- Attempts per address and path, so that several servers slow a guesser down together.
CREATE TABLE auth_rate_limit (
  id text PRIMARY KEY,
  key text NOT NULL CONSTRAINT auth_rate_limit_key UNIQUE,
  count integer NOT NULL,
  "lastRequest" bigint NOT NULL
);
