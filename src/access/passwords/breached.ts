import { areaRegister } from '../../areas/index.js';
import { withoutDiacritics } from '../../kernel/index.js';
import type { Known } from './guessable.js';

interface Lists {
  breached: ReadonlySet<string>;
  places: ReadonlySet<string>;
}

let lists: Promise<Lists> | undefined;

/**
 * What the password of this person is compared with. The list (49,000 passwords that were used most
 * often in breaches) is unpacked when a password is set for the first time: serving pages needs none.
 */
export async function knownAbout(person: readonly string[]): Promise<Known> {
  const { breached, places } = await (lists ??= load());
  return { breached, words: new Set([...places, ...person.flatMap(wordsOf)]) };
}

async function load(): Promise<Lists> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const breached = new Set(dictionary['passwords-common']);
  const places = areaRegister().units.flatMap((unit) => [unit.shortName, ...unit.aliases]);
  return { breached, places: new Set(places.map(plainWord).filter((word) => word.length >= 4)) };
}

const plainWord = (text: string): string => withoutDiacritics(text).replace(/[^a-z0-9]/g, '');

/** "Nông Thị Xuân": the whole and each word, as people build passwords of them. */
function wordsOf(text: string): string[] {
  const words = withoutDiacritics(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length >= 3);
  return [plainWord(text), ...words].filter((word) => word.length >= 3);
}
