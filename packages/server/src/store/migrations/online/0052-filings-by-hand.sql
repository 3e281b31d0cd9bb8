-- As 0052, in steps that hold no lock for long.

-- step
ALTER TABLE filing ADD COLUMN by_hand boolean NOT NULL DEFAULT false;
