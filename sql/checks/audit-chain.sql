-- The first entry of each stream that does not follow from the one before, for an inspector with psql
-- and a login that may read every entry. `thonban audit verify` asks the same and more (heads, signed
-- checkpoints, anchors kept elsewhere); this file says the formula in plain SQL. No rows: intact.
with chained as (
  select e.*, row_number() over stream_order as place,
    coalesce(lag(hash) over stream_order, sha256(convert_to(stream, 'UTF8'))) as hash_before,
    sha256(convert_to(json_strip_nulls(json_build_object(
      'action', action, 'actor_id', actor_id, 'base_version', base_version, 'book_id', book_id,
      'command_id', command_id, 'device', device, 'digest_form', digest_form, 'entry_id', entry_id,
      'inspection_id', inspection_id, 'office_id', office_id, 'on_behalf_of', on_behalf_of,
      'payload_digest', encode(payload_digest, 'hex'), 'place_id', place_id,
      'purpose', case when digest_form is null then purpose end,
      'reason', case when digest_form is null then reason end,
      'recorded_at', to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || case when recorded_at < '0001-01-01 00:00+00' then ' BC' else '' end,
      'role', role, 'stream', stream, 'subject_id', subject_id, 'subject_kind', subject_kind
    ))::text, 'UTF8')) as digest_now,
    sha256(payload_salt || convert_to(case
      when digest_form is null then payload::text
      else '{"payload":' || payload::text || ',"purpose":' || coalesce(to_json(purpose)::text, 'null')
        || ',"reason":' || coalesce(to_json(reason)::text, 'null') || '}'
    end, 'UTF8')) as payload_digest_now
  from audit_entries e
  window stream_order as (partition by stream order by seq)
)
select distinct on (stream) stream, seq, entry_id, recorded_at, action,
  seq <> place as is_out_of_place,
  digest <> digest_now as is_edited,
  hash <> sha256(hash_before || digest) as is_unchained,
  payload is not null and payload_digest is distinct from payload_digest_now as is_payload_edited,
  payload is null and digest_form = 2 and coalesce(reason, purpose) is not null as has_added_words
from chained
where seq <> place or digest <> digest_now or hash <> sha256(hash_before || digest)
  or payload is not null and payload_digest is distinct from payload_digest_now
  or payload is null and digest_form = 2 and coalesce(reason, purpose) is not null
order by stream, seq;
