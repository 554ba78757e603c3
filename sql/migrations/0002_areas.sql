-- Purpose: units over time, places, and the closure that row security reads. Reference tables: every
-- node of a cluster holds them whole. Volume: thousands. Check: select count(*) from units;

create table units (
  code text not null,
  valid_from date not null,
  valid_to date,
  name text not null,
  level text not null check (level in ('country', 'province', 'district', 'commune')),
  kind text not null,
  area text check (area in ('rural', 'urban')),
  parent_code text,
  parent_valid_from date,
  province_code text,
  sort_key text collate "C" not null,
  primary key (code, valid_from),
  check (valid_to is null or valid_to >= valid_from)
);

-- `part`: full = the whole predecessor goes there, partial = some of its villages do.
create table unit_edges (
  from_code text not null,
  from_valid_from date not null,
  to_code text not null,
  to_valid_from date not null,
  effective date not null,
  part text not null check (part in ('full', 'partial')),
  instrument text not null,
  primary key (from_code, from_valid_from, to_code, to_valid_from),
  foreign key (from_code, from_valid_from) references units,
  foreign key (to_code, to_valid_from) references units
);

-- A place is where a row belongs: a village, or "commune X, village unknown".
create table places (
  place_id uuid primary key,
  province_code text not null,
  kind text not null check (kind in ('village', 'unknown_village')),
  name text not null,
  sort_key text collate "C" not null,
  is_simulated boolean not null
);

-- Which commune a place lies in, by date. `is_certain` is false while a place of a split commune has
-- two possible successors: it is then visible to both and "chưa xác định" in as-is totals.
create table place_units (
  place_id uuid not null references places,
  unit_code text not null,
  unit_valid_from date not null,
  valid_from date not null,
  valid_to date,
  is_certain boolean not null default true,
  primary key (place_id, unit_code, unit_valid_from, valid_from),
  foreign key (unit_code, unit_valid_from) references units
);
create index place_units_unit on place_units (unit_code, unit_valid_from);

-- Area class (khu vực I, II, III) and extreme disadvantage of a place, by date and scheme.
create table place_classes (
  place_id uuid not null references places,
  scheme text not null,
  area_class text check (area_class in ('I', 'II', 'III')),
  is_extremely_disadvantaged boolean,
  valid_from date not null,
  valid_to date,
  is_simulated boolean not null,
  primary key (place_id, scheme, valid_from)
);

-- Closure of scopes: `p:20` (province), `u:06004@2025-07-01` (unit version), `v:<place id>` (village).
-- Row security asks only this table, so that a scope of any size is one hashed look-up.
create table place_scopes (
  scope_key text not null,
  place_id uuid not null references places,
  primary key (scope_key, place_id)
);

grant select, insert on units, unit_edges, places, place_units, place_classes, place_scopes
  to thonban_app;
grant update (valid_to) on place_units to thonban_app;
