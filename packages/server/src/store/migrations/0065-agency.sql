-- May an account file for organisers other than itself? Those from before may go on; of new ones an operator says so.
ALTER TABLE account ADD COLUMN may_file_for_others boolean NOT NULL DEFAULT true;
ALTER TABLE account ALTER COLUMN may_file_for_others SET DEFAULT false;
