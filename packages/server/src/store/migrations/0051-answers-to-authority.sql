-- A package of no filing is what an operator has answered about a case; with it the case ends once the authority has the package.
ALTER TABLE authority_package ADD COLUMN case_id text;
ALTER TABLE authority_package ADD COLUMN made_by text;
