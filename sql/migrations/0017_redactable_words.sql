-- Purpose: let a decision take out not only the payload of an audit entry but also what people typed
-- beside it (reason, purpose), where the name of somebody else can stand. From here on these words are
-- covered by the salted digest, together with the payload, and no longer by the digest of the fields:
-- digest_form 2. Entries from before (null) keep their words, and the chain adds up over both.
-- Locks: a column without a default, no rewrite. Volume: two bytes an entry.
-- Check: thonban audit verify, or sql/checks/audit-chain.sql in psql.
alter table audit_entries add column digest_form smallint check (digest_form = 2);
