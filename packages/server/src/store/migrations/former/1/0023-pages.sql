-- Lists are read page by page; each order in which they are read has an index that ends in a unique column.

-- By due date, what has none last: the queue of one state, and all open filings.
CREATE INDEX filing_by_state_due ON filing (state, (coalesce(due_at, 'infinity')), id);
CREATE INDEX filing_open_due ON filing ((coalesce(due_at, 'infinity')), id) WHERE state NOT IN ('filed', 'abandoned');
CREATE INDEX filing_by_start ON filing (started_at DESC, id DESC);

-- Records by the numbers of subject and service.
DROP INDEX subject_record_by_account;
CREATE INDEX subject_record_by_account ON subject_record (account_id, number);
DROP INDEX service_record_by_subject;
CREATE INDEX service_record_by_subject ON service_record (subject_record_id, number);
