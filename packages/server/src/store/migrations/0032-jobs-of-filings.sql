-- Which job hands a filing over: a filing tells how its hand-over goes.
CREATE INDEX job_of_filing ON job ((payload->>'filingId'));
