-- The fault that work failed with: its code and both texts; null: an error that is no fault of ours, of which `last_error` has the name.
ALTER TABLE job ADD COLUMN last_fault text[];
ALTER TABLE work_failure ADD COLUMN last_fault text[];
-- What is parked since its line does not carry it is recognised by the code.
-- locks: the few hand-overs that are parked.
UPDATE work_failure SET last_fault = ARRAY['authority.not_sendable', last_error, last_error]
WHERE kind = 'forward' AND last_error LIKE 'authority.not_sendable%';
