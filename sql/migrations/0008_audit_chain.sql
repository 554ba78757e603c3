-- Purpose: chain the audit log (docs/decisions/0007-audit-chain.md). Every entry has a place in a
-- stream; its hash covers the hash before it and its own digest, so that an edited, removed, reordered
-- or inserted entry shows. The digest covers a salted digest of the payload: payload and salt can be
-- removed by decision and the chain still adds up. Signed checkpoints over the heads of all streams,
-- kept elsewhere as daily anchors, show a tail that was cut off. Inspections hide the reading they do
-- until their result is public.
-- Locks: audit_entries is rewritten once. Volume: about 300 bytes an entry more.
-- Check: thonban audit verify, or sql/checks/audit-chain.sql in psql.

-- Text as it was hashed: jsonb would reorder it.
alter table audit_entries
  alter column stream type text collate "C",
  alter column payload type json using payload::json,
  add column seq bigint,
  add column digest bytea,
  add column hash bytea,
  add column payload_salt bytea,
  add column payload_digest bytea,
  add column role text,
  add column device text,
  add column purpose text,
  add column inspection_id uuid;

-- An unsalted hash of a short payload can be guessed after the payload is gone.
alter table audit_entries drop column payload_hash;

create table audit_heads (
  stream text collate "C" primary key,
  seq bigint not null,
  hash bytea not null
) with (fillfactor = 50);

create table audit_keys (
  key_number integer primary key,
  key_id text not null unique,
  -- SubjectPublicKeyInfo (RFC 8410), Ed25519.
  public_key bytea not null,
  created_at timestamptz not null,
  -- The key before it; itself for the first one and for one that replaces a lost key.
  signed_by text not null,
  signature bytea not null
);

create table audit_checkpoints (
  number bigint primary key,
  at timestamptz not null,
  instance_id uuid,
  root bytea not null,
  streams bigint not null,
  entries bigint not null,
  -- One successor for each: two processes cannot fork the list.
  previous_hash bytea not null unique,
  key_id text not null references audit_keys (key_id),
  signature bytea not null
);
create index audit_checkpoints_at on audit_checkpoints (at);

-- Heads that changed since the checkpoint before.
create table audit_checkpoint_heads (
  stream text collate "C" not null,
  number bigint not null references audit_checkpoints (number),
  seq bigint not null,
  hash bytea not null,
  primary key (stream, number)
);
create index audit_checkpoint_heads_number on audit_checkpoint_heads (number);

-- A decision to inspect. What its inspectors read is hidden from others until the result is public.
create table inspections (
  inspection_id uuid primary key,
  title text not null,
  decision_number text not null,
  decision_date date not null,
  signer text not null,
  office_id uuid,
  opened_on date not null,
  closed_on date,
  result_number text,
  result_public_on date,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  check (closed_on is null or closed_on >= opened_on),
  check (result_public_on is null or closed_on is not null)
);

-- The owner may look at every entry, append to a chain and take a payload out (thonban audit redact).
-- No policy lets anybody delete.
create policy owner_reads on audit_entries for select to thonban_owner using (true);
create policy owner_appends on audit_entries for insert to thonban_owner with check (true);
create policy owner_redacts on audit_entries for update to thonban_owner using (true)
  with check (payload is null and payload_salt is null);

-- Entries from before the chain are chained as they stand today: from here on a change of them shows,
-- before nothing could. One entry says so. The fields are those of `digestOf` in src/store/audit.
create policy chaining on audit_entries for update to thonban_owner using (true) with check (true);
insert into audit_entries (entry_id, stream, recorded_at, actor_id, action, subject_kind, subject_id,
  payload)
select gen_random_uuid(), 'instance', date_trunc('milliseconds', now()),
  '00000000-0000-0000-0000-000000000000', 'audit.chain-earlier', 'audit', 'instance',
  json_build_object('entries', count(*))
from audit_entries
having count(*) > 0;

update audit_entries set payload = coalesce(payload, 'null'::json),
  payload_salt = uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
update audit_entries
set payload_digest = sha256(payload_salt || convert_to(payload::text, 'UTF8'));
update audit_entries set digest = sha256(convert_to(json_strip_nulls(json_build_object(
  'action', action, 'actor_id', actor_id, 'base_version', base_version, 'book_id', book_id,
  'command_id', command_id, 'device', device, 'entry_id', entry_id, 'inspection_id', inspection_id,
  'office_id', office_id, 'payload_digest', encode(payload_digest, 'hex'), 'place_id', place_id,
  'purpose', purpose, 'reason', reason,
  'recorded_at', to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'role', role, 'stream', stream, 'subject_id', subject_id, 'subject_kind', subject_kind
))::text, 'UTF8'));

do $$
declare
  entry record;
  last_stream text;
  last_seq bigint;
  last_hash bytea;
begin
  for entry in
    select e.entry_id, e.stream, e.digest from audit_entries e
    order by e.stream, e.recorded_at, e.entry_id
  loop
    if last_stream is distinct from entry.stream then
      last_stream := entry.stream;
      last_seq := 0;
      last_hash := sha256(convert_to(entry.stream, 'UTF8'));
    end if;
    last_seq := last_seq + 1;
    last_hash := sha256(last_hash || entry.digest);
    update audit_entries set seq = last_seq, hash = last_hash where entry_id = entry.entry_id;
  end loop;
end $$;
drop policy chaining on audit_entries;

insert into audit_heads (stream, seq, hash)
select distinct on (stream) stream, seq, hash from audit_entries order by stream, seq desc;

alter table audit_entries
  alter column seq set not null,
  alter column digest set not null,
  alter column hash set not null,
  alter column payload_digest set not null,
  add constraint audit_entries_stream_seq unique (stream, seq),
  -- Both or neither: a payload without its salt could be guessed, a salt alone proves nothing.
  add constraint audit_entries_redaction check ((payload is null) = (payload_salt is null));
create index audit_entries_recorded_at on audit_entries (recorded_at, entry_id);

-- An entry is appended in the name of whoever acts, and of nobody else.
alter policy append on audit_entries with check (
  actor_id = nullif(current_setting('thonban.actor', true), '')::uuid
);

grant select, insert, update on audit_heads to thonban_app;
grant select, insert on audit_keys, audit_checkpoints, audit_checkpoint_heads to thonban_app;
grant select, insert on inspections to thonban_app;
grant update (closed_on, result_number, result_public_on) on inspections to thonban_app;
grant select on audit_heads, audit_keys, audit_checkpoints, audit_checkpoint_heads, inspections
  to thonban_backup;
