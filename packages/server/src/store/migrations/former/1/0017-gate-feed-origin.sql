-- Where the feed of changes begins: who has read everything up to here is part of its history, though nothing was told yet.
INSERT INTO gate_log (sequence, name, exact, record, mark, tx)
  SELECT version, '', false, NULL, mark, 0 FROM gate_change ON CONFLICT DO NOTHING;
