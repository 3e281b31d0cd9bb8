-- The filing is entered in the authority's own pages although there is a line: what is at the authority now was never on the line.
ALTER TABLE filing ADD COLUMN by_hand boolean NOT NULL DEFAULT false;
