-- Who received the secrets that a key has by rotation: when such a person is disabled or deleted, the key ends.
ALTER TABLE api_key
  ADD COLUMN rotated_by text,
  ADD COLUMN earlier_rotated_by text;
