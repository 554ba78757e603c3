import { newId } from '../../../src/kernel/index.js';
import { commandInputOf, recordIdentifier } from '../../../src/registry/index.js';
import { maskedIdentifiers } from '../../../src/registry/identifiers/show-identifiers.js';
import type { Store } from '../../../src/store/index.js';
import { SYSTEM_ACTOR, runCommand, withActor } from '../../../src/store/index.js';
import type { PlaceName } from './description.js';
import type { Household } from './households.js';
import { scopeKey } from './places.js';
import type { Tokens } from './tokens.js';

interface Numbered {
  store: Store;
  tokens: Tokens;
  bookId: string;
  places: Readonly<Record<PlaceName, string>>;
}

/** A personal number for a member of the first household of each place, and of the one that moved. */
export async function addWorldNumbers(
  { store, tokens, places, bookId }: Numbered,
  households: readonly Household[],
): Promise<void> {
  const actor = SYSTEM_ACTOR((['pA', 'pB'] as const).map((scope) => scopeKey(scope, places)));
  const numbered = households.filter(({ name }) => /^household (..a|moved .*)$/.test(name));
  for (const [i, record] of numbered.entries()) {
    const personId = record.people[0]!;
    const number = tokens.number(`020080${100_001 + i}`, record.places);
    const input = { householdId: record.id, personId, number, isConfirmed: true };
    const call = { actor, commandId: newId(), name: 'identifier.record' };
    const command = { ...call, permission: 'identifier:propose' as const };
    await runCommand(store, { ...command, input: commandInputOf(store, input) }, (tx) =>
      recordIdentifier(tx, input),
    );
    const [identifier] = await withActor(store, actor, (tx) =>
      maskedIdentifiers(tx, bookId, record.id),
    );
    const identifierId = tokens.id(identifier!.identifierId, 'identifier', record);
    record.person = { personId, identifierId, number };
  }
}
