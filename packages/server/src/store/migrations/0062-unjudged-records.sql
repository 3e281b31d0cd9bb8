-- What a run could not judge yet: records with something at the authority, services that the interface does not carry, and records of
-- which the authority has not delivered what is compared.
ALTER TABLE authority_reconciliation ADD COLUMN waiting bigint NOT NULL DEFAULT 0;
ALTER TABLE authority_reconciliation ADD COLUMN uncarried bigint NOT NULL DEFAULT 0;
ALTER TABLE authority_reconciliation ADD COLUMN unsaid bigint NOT NULL DEFAULT 0;
