-- Why files are asked for again only at `download_after`: code and both texts; null: nothing is wrong.
ALTER TABLE authority_line ADD COLUMN download_because text[];
