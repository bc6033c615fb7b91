-- When it was last tried to send a batch, in seconds since 1970: it may still be on its way to the provider.
ALTER TABLE provider_batches ADD COLUMN sent REAL;
