-- As 0032, without holding up who writes jobs.

-- step index
CREATE INDEX CONCURRENTLY job_of_filing ON job ((payload->>'filingId'));
