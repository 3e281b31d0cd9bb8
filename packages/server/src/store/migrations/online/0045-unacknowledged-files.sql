-- As 0045, in steps that hold no lock for long.

-- step index
CREATE INDEX CONCURRENTLY authority_download_unacknowledged ON authority_download (provider, province_code, id)
  WHERE acknowledged_at IS NULL;
