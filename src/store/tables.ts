import type { ColumnType, Generated } from 'kysely';

// The tables as Kysely sees them. Made from the schema (npm run schema); do not edit.

/** `numeric` comes out as text, so that no decimal changes on the way. */
type Decimal = ColumnType<string, string | number, string | number>;
type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Json = ColumnType<unknown, unknown, unknown>;

export interface AccountLinksTable {
  link_id: string;
  account_id: string;
  issuer: string;
  key_id: string;
  ciphertext: Buffer;
  match_hash: Buffer;
  linked_at: Timestamp;
  ended_at: Timestamp | null;
}

export interface AccountRecoveryCodesTable {
  account_id: string;
  code_hash: Buffer;
  made_at: Timestamp;
  used_at: Timestamp | null;
}

export interface AccountTotpTable {
  account_id: string;
  key_id: string;
  ciphertext: Buffer;
  last_step: ColumnType<number | string, number | string | bigint, number | string | bigint>;
  confirmed_at: Timestamp;
}

export interface AccountedRowsTable {
  book_id: string | null;
  import_id: string | null;
  sheet: string | null;
  row_number: number | null;
  place_id: string | null;
  outcome: string | null;
  reasons: string[] | null;
  household_id: string | null;
  titles: Json | null;
  raw: Json | null;
  recorded_at: Timestamp | null;
}

export interface AccountsTable {
  account_id: string;
  username: string;
  password_hash: string;
  person_account_id: string;
  is_demo: boolean;
  created_at: Timestamp;
  disabled_at: Timestamp | null;
  has_local_password: Generated<boolean>;
  password_changed_at: Timestamp | null;
}

export interface AuditCheckpointHeadsTable {
  stream: string;
  number: ColumnType<number | string, number | string | bigint, number | string | bigint>;
  seq: ColumnType<number | string, number | string | bigint, number | string | bigint>;
  hash: Buffer;
}

export interface AuditCheckpointsTable {
  number: ColumnType<number | string, number | string | bigint, number | string | bigint>;
  at: Timestamp;
  instance_id: string | null;
  root: Buffer;
  streams: ColumnType<number | string, number | string | bigint, number | string | bigint>;
  entries: ColumnType<number | string, number | string | bigint, number | string | bigint>;
  previous_hash: Buffer;
  key_id: string;
  signature: Buffer;
}

export interface AuditEntriesTable {
  entry_id: string;
  stream: string;
  recorded_at: Timestamp;
  actor_id: string;
  office_id: string | null;
  command_id: string | null;
  action: string;
  subject_kind: string;
  subject_id: string;
  book_id: string | null;
  place_id: string | null;
  base_version: string | null;
  reason: string | null;
  payload: Json | null;
  seq: ColumnType<number | string, number | string | bigint, number | string | bigint>;
  digest: Buffer;
  hash: Buffer;
  payload_salt: Buffer | null;
  payload_digest: Buffer;
  role: string | null;
  device: string | null;
  purpose: string | null;
  inspection_id: string | null;
  on_behalf_of: string | null;
  digest_form: number | null;
}

export interface AuditHeadsTable {
  stream: string;
  seq: ColumnType<number | string, number | string | bigint, number | string | bigint>;
  hash: Buffer;
}

export interface AuditKeysTable {
  key_number: number;
  key_id: string;
  public_key: Buffer;
  created_at: Timestamp;
  signed_by: string;
  signature: Buffer;
}

export interface BooksTable {
  book_id: string;
  province_code: string;
  label: string;
  opened_for_unit_code: string | null;
  opened_for_unit_valid_from: string | null;
  opened_at: Timestamp;
}

export interface CommandOutcomesTable {
  command_id: string;
  actor_id: string;
  scope_keys: string[];
  reason: string | null;
  input_hash: Buffer;
  result: Json;
}

export interface CommandsTable {
  command_id: string;
  name: string;
  actor_id: string;
  office_id: string | null;
  recorded_at: Timestamp;
  on_behalf_of: string | null;
  on_behalf_too: Generated<string[]>;
}

export interface CurrentHouseholdRoundsTable {
  book_id: string | null;
  household_id: string | null;
  round: number | null;
  row_id: string | null;
  place_id: string | null;
  standard_id: string | null;
  area: 'rural' | 'urban' | null;
  area_class: string | null;
  is_extremely_disadvantaged: boolean | null;
  field_code: string | null;
  head_name: string | null;
  head_name_key: string | null;
  head_sex: 'male' | 'female' | null;
  head_birth_year: number | null;
  head_ethnicity_id: string | null;
  is_ethnic_minority: boolean | null;
  members: number | null;
  has_no_labour_capacity: boolean | null;
  has_merit_person: boolean | null;
  quick_screen_passed: boolean | null;
  b1: Decimal | null;
  b2: number | null;
  deprived_emp: boolean | null;
  deprived_dep: boolean | null;
  deprived_nut: boolean | null;
  deprived_ins: boolean | null;
  deprived_adu: boolean | null;
  deprived_chi: boolean | null;
  deprived_hqu: boolean | null;
  deprived_har: boolean | null;
  deprived_wat: boolean | null;
  deprived_toi: boolean | null;
  deprived_tel: boolean | null;
  deprived_inf: boolean | null;
  cause_no_land: boolean | null;
  cause_no_capital: boolean | null;
  cause_no_labour: boolean | null;
  cause_no_tools: boolean | null;
  cause_no_knowledge: boolean | null;
  cause_no_skill: boolean | null;
  cause_illness: boolean | null;
  cause_other: boolean | null;
  field_status: 'poor' | 'near_poor' | 'average_living' | 'not_poor' | 'not_computable' | null;
  proposed_status: 'poor' | 'near_poor' | 'average_living' | 'not_poor' | 'not_computable' | null;
  recognised_status: 'poor' | 'near_poor' | 'average_living' | 'not_poor' | 'not_computable' | null;
  decision_id: string | null;
  rule_version: string | null;
  reviewed_on: string | null;
  reviewer: string | null;
  is_synthetic: boolean | null;
  import_id: string | null;
  command_id: string | null;
  recorded_at: Timestamp | null;
}

export interface DecisionsInForceTable {
  decision_id: string | null;
  round: number | null;
  unit_code: string | null;
  unit_valid_from: string | null;
  number: string | null;
  decided_on: string | null;
  signer_name: string | null;
  signer_title: string | null;
  signed_file_sha256: Buffer | null;
  is_simulated: boolean | null;
  command_id: string | null;
  recorded_at: Timestamp | null;
  kind: string | null;
  replaces_decision_id: string | null;
  list_id: string | null;
  signed_file_name: string | null;
}

export interface EarlierStatusesTable {
  book_id: string;
  household_id: string;
  round: number;
  place_id: string;
  standard_id: string;
  status: 'poor' | 'near_poor' | 'average_living' | 'not_poor' | 'not_computable';
  is_simulated: boolean;
  source: string;
  command_id: string;
  recorded_at: Timestamp;
}

export interface HouseholdCodesTable {
  book_id: string;
  household_id: string;
  code_id: string;
  place_id: string;
  code_hash: Buffer;
  reason: string | null;
  command_id: string;
  recorded_at: Timestamp;
  head_birth_year: number | null;
}

export interface HouseholdEventsTable {
  book_id: string;
  household_id: string;
  event_id: string;
  place_id: string;
  round: number;
  kind: string;
  related_household_id: string | null;
  happened_on: string | null;
  is_synthetic: boolean;
  command_id: string;
  recorded_at: Timestamp;
}

export interface HouseholdRoundEndingsTable {
  book_id: string;
  household_id: string;
  round: number;
  row_id: string;
  place_id: string;
  kind: string;
  command_id: string;
  recorded_at: Timestamp;
}

export interface HouseholdRoundsTable {
  book_id: string;
  household_id: string;
  round: number;
  row_id: string;
  place_id: string;
  standard_id: string;
  area: 'rural' | 'urban' | null;
  area_class: string | null;
  is_extremely_disadvantaged: boolean | null;
  field_code: string | null;
  head_name: string | null;
  head_name_key: string | null;
  head_sex: 'male' | 'female' | null;
  head_birth_year: number | null;
  head_ethnicity_id: string | null;
  is_ethnic_minority: boolean | null;
  members: number | null;
  has_no_labour_capacity: boolean | null;
  has_merit_person: boolean | null;
  quick_screen_passed: boolean | null;
  b1: Decimal | null;
  b2: number | null;
  deprived_emp: boolean | null;
  deprived_dep: boolean | null;
  deprived_nut: boolean | null;
  deprived_ins: boolean | null;
  deprived_adu: boolean | null;
  deprived_chi: boolean | null;
  deprived_hqu: boolean | null;
  deprived_har: boolean | null;
  deprived_wat: boolean | null;
  deprived_toi: boolean | null;
  deprived_tel: boolean | null;
  deprived_inf: boolean | null;
  cause_no_land: boolean | null;
  cause_no_capital: boolean | null;
  cause_no_labour: boolean | null;
  cause_no_tools: boolean | null;
  cause_no_knowledge: boolean | null;
  cause_no_skill: boolean | null;
  cause_illness: boolean | null;
  cause_other: boolean | null;
  field_status: 'poor' | 'near_poor' | 'average_living' | 'not_poor' | 'not_computable' | null;
  proposed_status: 'poor' | 'near_poor' | 'average_living' | 'not_poor' | 'not_computable' | null;
  recognised_status: 'poor' | 'near_poor' | 'average_living' | 'not_poor' | 'not_computable' | null;
  decision_id: string | null;
  rule_version: string | null;
  reviewed_on: string | null;
  reviewer: string | null;
  is_synthetic: boolean;
  import_id: string | null;
  command_id: string;
  recorded_at: Timestamp;
}

export interface HouseholdsTable {
  book_id: string;
  household_id: string;
  place_id: string;
  opened_round: number | null;
  import_id: string | null;
  command_id: string;
  recorded_at: Timestamp;
}

export interface ImportsTable {
  import_id: string;
  kind: string;
  file_name: string;
  file_sha256: Buffer;
  file_bytes: ColumnType<number | string, number | string | bigint, number | string | bigint>;
  round: number;
  mapping_hash: Buffer;
  state: 'previewed' | 'committed' | 'voided';
  counts: Json;
  actor_id: string;
  office_id: string | null;
  command_id: string;
  created_at: Timestamp;
  committed_at: Timestamp | null;
  voided_at: Timestamp | null;
  void_reason: string | null;
  reach: string[];
  scope_keys: string[];
  on_behalf: Generated<string[]>;
}

export interface InspectionMembersTable {
  inspection_id: string;
  account_id: string;
  joined_at: Timestamp;
  left_at: Timestamp | null;
}

export interface InspectionsTable {
  inspection_id: string;
  title: string;
  decision_number: string;
  decision_date: string;
  signer: string;
  office_id: string | null;
  opened_on: string;
  closed_on: string | null;
  result_number: string | null;
  result_public_on: string | null;
  recorded_by: string;
  recorded_at: Timestamp;
  scope_keys: Generated<string[]>;
  known_to: Generated<string[]>;
}

export interface InstanceTable {
  only_row: Generated<boolean>;
  instance_id: string;
  kind: 'demo' | 'real';
  province_code: string;
  seed: ColumnType<number | string, number | string | bigint, number | string | bigint> | null;
  scale: Decimal | null;
  created_at: Timestamp;
}

export interface IntakeBundlesTable {
  book_id: string;
  import_id: string;
  sheet: string;
  place_id: string;
  outcome: string;
  first_row: number;
  row_count: number;
  titles: Json;
  entries: Json;
  recorded_at: Timestamp;
}

export interface IntakeRowsTable {
  book_id: string;
  import_id: string;
  sheet: string;
  row_number: number;
  place_id: string;
  is_preview: Generated<boolean>;
  raw: Json;
  reading: Json | null;
  outcome: string;
  reasons: Generated<string[]>;
  household_id: string | null;
  recorded_at: Timestamp;
}

export interface JobsTable {
  job_id: string;
  kind: string;
  state: Generated<'queued' | 'running' | 'done' | 'failed'>;
  input: Json;
  progress: Generated<Json>;
  result: Json | null;
  problem: Json | null;
  actor_id: string;
  created_at: Timestamp;
  started_at: Timestamp | null;
  finished_at: Timestamp | null;
  attempts: Generated<number>;
  scope_keys: string[];
  not_before: Timestamp | null;
}

export interface MembershipsTable {
  book_id: string;
  household_id: string;
  person_id: string;
  place_id: string;
  relation: string;
  valid_from: string;
  valid_to: string | null;
  end_reason: string | null;
}

export interface OfficeMovesTable {
  move_id: string;
  from_code: string;
  from_valid_from: string;
  effective_on: string;
  state: string;
  choices: Json;
  plan: Json;
  result: Json | null;
  problem: Json | null;
  job_id: string | null;
  actor_id: string;
  command_id: string;
  planned_at: Timestamp;
  executed_at: Timestamp | null;
  voided_at: Timestamp | null;
  void_reason: string | null;
}

export interface OfficesTable {
  office_id: string;
  name: string;
  kind: string;
  valid_from: string;
  valid_to: string | null;
  parent_office_id: string | null;
  unit_code: string | null;
  unit_valid_from: string | null;
  place_id: string | null;
  state: Generated<string>;
  source: string | null;
}

export interface PeopleTable {
  person_account_id: string;
  full_name: string;
  is_synthetic: boolean;
}

export interface PersonIdentifiersTable {
  book_id: string;
  person_id: string;
  identifier_id: string;
  place_id: string;
  kind: string;
  key_id: string;
  ciphertext: Buffer;
  match_hash: Buffer;
  command_id: string;
  recorded_at: Timestamp;
  ended_at: Timestamp | null;
  ended_by_command_id: string | null;
}

export interface PersonsTable {
  book_id: string;
  person_id: string;
  place_id: string;
  full_name: string;
  name_key: string;
  sex: 'male' | 'female' | null;
  birth_year: number | null;
  birth_date: string | null;
  ethnicity_id: string | null;
  is_synthetic: boolean;
  recorded_at: Timestamp;
}

export interface PlaceClassesTable {
  place_id: string;
  scheme: string;
  area_class: string | null;
  is_extremely_disadvantaged: boolean | null;
  valid_from: string;
  valid_to: string | null;
  is_simulated: boolean;
}

export interface PlaceScopesTable {
  scope_key: string;
  place_id: string;
}

export interface PlaceUnitsTable {
  place_id: string;
  unit_code: string;
  unit_valid_from: string;
  valid_from: string;
  valid_to: string | null;
  is_certain: Generated<boolean>;
}

export interface PlacesTable {
  place_id: string;
  province_code: string;
  kind: string;
  name: string;
  sort_key: string;
  is_simulated: boolean;
}

export interface PublicationEditionsTable {
  only_row: Generated<boolean>;
  format: number;
  kind: string;
  province_code: string;
  program: string;
  data_version: string;
  made_at: Timestamp;
  digest: string;
}

export interface PublicationInputsTable {
  round: number;
  fingerprint: string;
}

export interface PublicationShelvesTable {
  shelf: string;
  answers: Json;
  sha256: string;
}

export interface RecognitionDecisionsTable {
  decision_id: string;
  round: number;
  unit_code: string;
  unit_valid_from: string;
  number: string | null;
  decided_on: string | null;
  signer_name: string | null;
  signer_title: string | null;
  signed_file_sha256: Buffer | null;
  is_simulated: boolean;
  command_id: string;
  recorded_at: Timestamp;
  kind: Generated<string>;
  replaces_decision_id: string | null;
  list_id: string | null;
  signed_file_name: string | null;
}

export interface RecognitionListPeopleTable {
  list_id: string;
  person_id: string;
  place_id: string;
  part: string;
}

export interface RecognitionListRowsTable {
  book_id: string;
  list_id: string;
  snapshot_no: number;
  household_id: string;
  place_id: string;
  round: number;
  row_id: string;
  status: 'poor' | 'near_poor' | 'average_living' | 'not_poor' | 'not_computable' | null;
  last_status: 'poor' | 'near_poor' | 'average_living' | 'not_poor' | 'not_computable' | null;
  row_digest: Buffer;
}

export interface RecognitionListSnapshotsTable {
  list_id: string;
  snapshot_no: number;
  place_id: string;
  standard_id: string;
  rule_versions: string[];
  rows_hash: Buffer;
  households: number;
  counts: Json;
  command_id: string;
  taken_at: Timestamp;
}

export interface RecognitionListStepsTable {
  list_id: string;
  step_no: number;
  place_id: string;
  act: string;
  snapshot_no: number;
  person_id: string;
  part: string | null;
  account_id: string;
  office_id: string | null;
  role: string | null;
  reason: string | null;
  command_id: string;
  recorded_at: Timestamp;
  on_behalf_of: string | null;
}

export interface RecognitionListsTable {
  list_id: string;
  kind: string;
  round: number;
  unit_code: string;
  unit_valid_from: string;
  place_id: string;
  state: string;
  reason: string | null;
  flow_id: string;
  decision_id: string | null;
  command_id: string;
  opened_at: Timestamp;
}

export interface ReviewRoundsTable {
  round: number;
  standard_id: string;
  window_from: string;
  window_to: string;
  reference_date: string;
  effect_year: number;
  is_synthetic: boolean;
}

export interface RoleAssignmentsTable {
  assignment_id: string;
  person_account_id: string;
  office_id: string;
  role: string;
  scope_key: string;
  valid_from: string;
  valid_to: string | null;
  delegated_from: string | null;
  permissions: string[] | null;
  reason: string | null;
  withdrawn_at: Timestamp | null;
  ended_by: string | null;
  end_reason: string | null;
  is_delegation: Generated<boolean>;
  source_is_delegation: boolean | null;
}

export interface RoundTalliesTable {
  book_id: string;
  round: number;
  place_id: string;
  tally_id: Generated<string>;
  recognised_status: 'poor' | 'near_poor' | 'average_living' | 'not_poor' | 'not_computable' | null;
  proposed_status: 'poor' | 'near_poor' | 'average_living' | 'not_poor' | 'not_computable' | null;
  head_sex: 'male' | 'female' | null;
  head_ethnicity_id: string | null;
  is_ethnic_minority: boolean | null;
  area_class: string | null;
  is_synthetic: boolean;
  households: number;
  persons: number;
  unknown_size: number;
  recorded_at: Timestamp;
}

export interface SchemaMigrationsTable {
  version: number;
  name: string;
  checksum: string;
  applied_at: Generated<Timestamp>;
}

export interface SessionsTable {
  token_hash: Buffer;
  account_id: string;
  created_at: Timestamp;
  last_seen_at: Timestamp;
  expires_at: Timestamp;
  ended_at: Timestamp | null;
  device: string | null;
  session_id: string;
  browser_hash: Buffer | null;
  method: Generated<string>;
  second_factor_at: Timestamp | null;
  end_reason: string | null;
}

export interface SignInAttemptsTable {
  kind: string;
  subject_hash: Buffer;
  failures: number;
  last_at: Timestamp;
  not_before: Timestamp;
}

export interface UnitEdgesTable {
  from_code: string;
  from_valid_from: string;
  to_code: string;
  to_valid_from: string;
  effective: string;
  part: string;
  instrument: string;
}

export interface UnitsTable {
  code: string;
  valid_from: string;
  valid_to: string | null;
  name: string;
  level: string;
  kind: string;
  area: string | null;
  parent_code: string | null;
  parent_valid_from: string | null;
  province_code: string | null;
  sort_key: string;
}

export interface Database {
  account_links: AccountLinksTable;
  account_recovery_codes: AccountRecoveryCodesTable;
  account_totp: AccountTotpTable;
  accounted_rows: AccountedRowsTable;
  accounts: AccountsTable;
  audit_checkpoint_heads: AuditCheckpointHeadsTable;
  audit_checkpoints: AuditCheckpointsTable;
  audit_entries: AuditEntriesTable;
  audit_heads: AuditHeadsTable;
  audit_keys: AuditKeysTable;
  books: BooksTable;
  command_outcomes: CommandOutcomesTable;
  commands: CommandsTable;
  current_household_rounds: CurrentHouseholdRoundsTable;
  decisions_in_force: DecisionsInForceTable;
  earlier_statuses: EarlierStatusesTable;
  household_codes: HouseholdCodesTable;
  household_events: HouseholdEventsTable;
  household_round_endings: HouseholdRoundEndingsTable;
  household_rounds: HouseholdRoundsTable;
  households: HouseholdsTable;
  imports: ImportsTable;
  inspection_members: InspectionMembersTable;
  inspections: InspectionsTable;
  instance: InstanceTable;
  intake_bundles: IntakeBundlesTable;
  intake_rows: IntakeRowsTable;
  jobs: JobsTable;
  memberships: MembershipsTable;
  office_moves: OfficeMovesTable;
  offices: OfficesTable;
  people: PeopleTable;
  person_identifiers: PersonIdentifiersTable;
  persons: PersonsTable;
  place_classes: PlaceClassesTable;
  place_scopes: PlaceScopesTable;
  place_units: PlaceUnitsTable;
  places: PlacesTable;
  'publication.editions': PublicationEditionsTable;
  'publication.inputs': PublicationInputsTable;
  'publication.shelves': PublicationShelvesTable;
  recognition_decisions: RecognitionDecisionsTable;
  recognition_list_people: RecognitionListPeopleTable;
  recognition_list_rows: RecognitionListRowsTable;
  recognition_list_snapshots: RecognitionListSnapshotsTable;
  recognition_list_steps: RecognitionListStepsTable;
  recognition_lists: RecognitionListsTable;
  review_rounds: ReviewRoundsTable;
  role_assignments: RoleAssignmentsTable;
  round_tallies: RoundTalliesTable;
  schema_migrations: SchemaMigrationsTable;
  sessions: SessionsTable;
  sign_in_attempts: SignInAttemptsTable;
  unit_edges: UnitEdgesTable;
  units: UnitsTable;
}
