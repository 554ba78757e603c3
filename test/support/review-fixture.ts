import { addPlace, areaRegister, installUnits, placeTimeline } from '../../src/areas/index.js';
import type { PlainDate } from '../../src/kernel/index.js';
import { newId, periodicRound } from '../../src/kernel/index.js';
import type { PovertyStatus } from '../../src/kernel/index.js';
import { endRounds, insertRounds } from '../../src/registry/index.js';
import type { Store, Tx } from '../../src/store/index.js';
import { SYSTEM_ACTOR, runCommand, withActor } from '../../src/store/index.js';

const PROVINCE = SYSTEM_ACTOR(['p:20']);

/** One household in one round, as a test writes it. */
export interface TestRow {
  household: string;
  placeId: string;
  round: number;
  proposed?: PovertyStatus | null;
  /** Needs a decision of the unit. */
  recognised?: PovertyStatus | null;
  members?: number | null;
  ethnicityId?: string;
  sex?: 'male' | 'female';
}

/**
 * A small real instance by hand: units of the packs, one book, villages and rows as a test needs them.
 * Every act is a command, so that caches notice it.
 */
export class ReviewFixture {
  readonly bookId = newId();
  readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  act<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const call = { actor: PROVINCE, commandId: newId(), name: 'test', input: {} };
    const permission = 'household:propose' as const;
    return runCommand(this.store, { ...call, permission }, work);
  }

  async begin(rounds: readonly { round: number; standardId: string }[]): Promise<void> {
    await this.act(async (tx) => {
      await tx.query(
        `insert into instance (instance_id, kind, province_code, created_at)
         values ($1, 'real', '20', $2)`,
        [newId(), tx.now],
      );
      await installUnits(tx);
      await tx.query(
        `insert into books (book_id, province_code, label, opened_at) values ($1, '20', 'A', $2)`,
        [this.bookId, tx.now],
      );
      for (const { round, standardId } of rounds) await this.#round(tx, round, standardId);
    });
  }

  async #round(tx: Tx, round: number, standardId: string): Promise<void> {
    const calendar = periodicRound(round);
    await tx.query(
      `insert into review_rounds (round, standard_id, window_from, window_to, reference_date,
         effect_year, is_synthetic) values ($1, $2, $3, $4, $5, $6, false)`,
      [
        round,
        standardId,
        calendar.windowFrom,
        calendar.windowTo,
        calendar.referenceDate,
        calendar.effectYear,
      ],
    );
  }

  /** A village that lies in the unit with this code on this date and follows its lineage. */
  village(code: string, on: string, name = 'Thôn'): Promise<string> {
    const register = areaRegister();
    const unit = register.unitOn(code, on as PlainDate);
    if (!unit) throw new Error(`no unit ${code} on ${on}`);
    return this.act((tx) =>
      addPlace(tx, {
        provinceCode: '20',
        kind: 'village',
        name,
        isSimulated: false,
        stays: placeTimeline(register, unit, unit.validFrom),
      }),
    );
  }

  /** Decides a unit of a round; returns the decision's id for its rows. */
  decide(round: number, code: string): Promise<string> {
    const unit = areaRegister().unitOn(code, periodicRound(round).referenceDate);
    if (!unit) throw new Error(`no unit ${code} in ${round}`);
    return this.act(async (tx) => {
      const decisionId = newId();
      await tx.query(
        `insert into recognition_decisions (decision_id, round, unit_code, unit_valid_from, number,
           decided_on, signer_name, signed_file_sha256, is_simulated, command_id, recorded_at)
         values ($1, $2, $3, $4, '01/QĐ-UBND', $5, 'A', '\\x00', false, $6, $7)`,
        [decisionId, round, code, unit.validFrom, `${round}-12-20`, newId(), tx.now],
      );
      return decisionId;
    });
  }

  /** Writes rows; the same household name is the same household. Returns row ids in order. */
  write(rows: readonly TestRow[], recordedAt?: string): Promise<string[]> {
    return this.act(async (tx) => {
      const at = recordedAt ?? tx.now.toISOString();
      const ids: string[] = [];
      for (const row of rows) ids.push(await this.#row(tx, row, at));
      return ids;
    });
  }

  async #row(tx: Tx, row: TestRow, at: string): Promise<string> {
    const householdId = this.idOf(row.household);
    const commandId = newId();
    await tx.query(
      `insert into households (book_id, household_id, place_id, command_id, recorded_at)
       values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [this.bookId, householdId, row.placeId, commandId, at],
    );
    const rowId = newId();
    await insertRounds(
      tx,
      `insert into household_rounds (book_id, household_id, round, row_id, place_id, standard_id,
         head_sex, head_ethnicity_id, is_ethnic_minority, members, proposed_status,
         recognised_status, decision_id, is_synthetic, command_id, recorded_at)
       select $1, $2, $3, $4, $5, r.standard_id, $6, $7, $8, $9, $10, $11, $12, false, $13, $14
       from review_rounds r where r.round = $3`,
      [
        this.bookId,
        householdId,
        row.round,
        rowId,
        row.placeId,
        row.sex ?? 'male',
        row.ethnicityId ?? 'tay',
        (row.ethnicityId ?? 'tay') !== 'kinh',
        row.members === undefined ? 4 : row.members,
        row.proposed ?? null,
        row.recognised ?? null,
        row.recognised ? newId() : null,
        commandId,
        at,
      ],
    );
    return rowId;
  }

  /** Ends a row as a correction or a voiding act does. */
  async end(row: TestRow, rowId: string, recordedAt?: string): Promise<void> {
    await this.act((tx) =>
      endRounds(
        tx,
        `insert into household_round_endings (book_id, household_id, round, row_id, place_id, kind,
           command_id, recorded_at) values ($1, $2, $3, $4, $5, 'replaced', $6, $7)`,
        [
          this.bookId,
          this.idOf(row.household),
          row.round,
          rowId,
          row.placeId,
          newId(),
          recordedAt ?? tx.now,
        ],
      ),
    );
  }

  readonly #ids = new Map<string, string>();

  idOf(household: string): string {
    const known = this.#ids.get(household) ?? newId();
    this.#ids.set(household, known);
    return known;
  }

  read<T>(scopes: readonly string[], work: (tx: Tx) => Promise<T>): Promise<T> {
    return withActor(this.store, SYSTEM_ACTOR(scopes), work, { readOnly: true });
  }
}
