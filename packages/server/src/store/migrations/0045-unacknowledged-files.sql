-- Files of which nobody knows whether the authority knows that they are here: few at any time, and looked for in every look.
CREATE INDEX authority_download_unacknowledged ON authority_download (provider, province_code, id) WHERE acknowledged_at IS NULL;
