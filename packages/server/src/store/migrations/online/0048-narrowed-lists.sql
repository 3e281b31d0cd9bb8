-- As 0048, in steps that hold no lock for long.

-- step index
CREATE INDEX CONCURRENTLY filing_by_province ON filing (province_code, started_at DESC, id DESC);
-- step index
CREATE INDEX CONCURRENTLY filing_by_province_due ON filing (province_code, coalesce(due_at, 'infinity'), id);
-- step index
CREATE INDEX CONCURRENTLY filing_by_kind ON filing (kind, started_at DESC, id DESC);
-- step index
CREATE INDEX CONCURRENTLY filing_by_kind_due ON filing (kind, coalesce(due_at, 'infinity'), id);
-- step index
CREATE INDEX CONCURRENTLY filing_by_service ON filing (service_kind, started_at DESC, id DESC);
-- step index
CREATE INDEX CONCURRENTLY filing_by_service_due ON filing (service_kind, coalesce(due_at, 'infinity'), id);
-- step index
CREATE INDEX CONCURRENTLY filing_search ON filing USING gin (search_grams(domain_name || ' '
  || coalesce(service_number, subject_number, '') || ' ' || coalesce(form ->> 'service.name', '')));
-- step index
CREATE INDEX CONCURRENTLY filing_by_sixes ON filing USING gin (six_grams(domain_name || ' '
  || coalesce(service_number, subject_number, '') || ' ' || coalesce(form ->> 'service.name', '')));
-- step index
CREATE INDEX CONCURRENTLY service_record_by_state ON service_record (state, number);
-- step index
CREATE INDEX CONCURRENTLY service_record_by_kind ON service_record (service_kind, number);
-- step index
CREATE INDEX CONCURRENTLY service_record_by_letter ON service_record (left(number, 1), number);
-- step index
CREATE INDEX CONCURRENTLY service_record_search ON service_record
  USING gin (search_grams(number || ' ' || domain_name || ' ' || service_name));
-- step index
CREATE INDEX CONCURRENTLY service_record_by_sixes ON service_record
  USING gin (six_grams(number || ' ' || domain_name || ' ' || service_name));
