-- The day that a signed letter bears, as whoever uploaded it says; null: nobody said.
ALTER TABLE material_upload ADD COLUMN signed_on date;
ALTER TABLE material ADD COLUMN signed_on date;
