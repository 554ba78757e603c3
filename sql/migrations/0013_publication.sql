-- Purpose: public projections: the answers of the public door, already suppressed, apart from all that
-- they were counted from. A process that serves the public reads them as thonban_public, which may
-- select here and nowhere else. Schema and tables belong to thonban_publisher, a role that cannot log
-- in and holds no right outside: even a view or function added here could not reach a household.
-- Locks: none. Volume: some hundred rows, 10 to 30 MB of text before compression for a province.
-- Check: select shelf, length(answers::text) from publication.shelves order by 1;

create schema publication authorization thonban_publisher;

-- One row: what is published now. It changes in the transaction that changes the shelves.
create table publication.editions (
  only_row boolean primary key default true check (only_row),
  format integer not null,
  kind text not null check (kind in ('demo', 'real')),
  province_code text not null,
  program text not null,
  data_version text not null,
  made_at timestamptz not null,
  digest text not null
);

-- A shelf holds the answers to one sort of question by area, as the text that is sent.
create table publication.shelves (
  shelf text primary key,
  answers json not null,
  sha256 text not null
);

-- What each round was counted from, to see which rounds a command touched. Not for the public: the
-- number of rows tells of corrections.
create table publication.inputs (
  round integer primary key,
  fingerprint text not null
);

alter table publication.editions owner to thonban_publisher;
alter table publication.shelves owner to thonban_publisher;
alter table publication.inputs owner to thonban_publisher;

grant usage on schema publication to thonban_app, thonban_public;
grant select, insert, update, delete
  on publication.editions, publication.shelves, publication.inputs to thonban_app;
grant select on publication.editions, publication.shelves to thonban_public;
