-- An operator unlocks sign-in for somebody: a link after which the browser is known.
ALTER TABLE one_time_token DROP CONSTRAINT one_time_token_purpose_check;
ALTER TABLE one_time_token ADD CONSTRAINT one_time_token_purpose_check
  CHECK (purpose IN ('invitation', 'reset', 'unlock', 'ticket', 'passkey_sign_in', 'passkey_add', 'oidc'));
ALTER TABLE person_mail DROP CONSTRAINT person_mail_purpose_check;
ALTER TABLE person_mail ADD CONSTRAINT person_mail_purpose_check CHECK (purpose IN ('invitation', 'reset', 'unlock'));
