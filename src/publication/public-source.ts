import fs from 'node:fs';
import type { Anchor, AnchorBook } from '../audit/index.js';
import { anchorBookOf } from '../audit/index.js';
import type { PublicDoor } from '../figures/index.js';
import { Problem } from '../kernel/index.js';
import type { PublicStore } from '../store/index.js';
import type { Origin } from './check-edition.js';
import { damaged, refuseOtherInstance } from './check-edition.js';
import type { Edition } from './edition.js';
import { editionDoor } from './edition-door.js';
import { editionMark, markOf, readEdition } from './read-edition.js';
import { readExport } from './read-export.js';
import { ANCHORS_SHELF } from './shelves.js';

/** What a request is answered from: one edition, or the instance at one data version. */
export interface PublicView {
  door: PublicDoor;
  /** Anchors of the audit log. */
  anchors: AnchorBook;
  /** Changes whenever an answer may have changed: the key of caches. */
  version: string;
  /** When the projections were made; `null` = the answers are counted now. */
  madeAt: Date | null;
}

export interface PublicSource {
  current(): Promise<PublicView>;
}

/** A source that looks now and then whether a new edition was published. */
export interface EditionSource extends PublicSource {
  readonly edition: Edition;
  /** Looks at once and waits for what it finds. */
  refresh(): Promise<void>;
}

export interface SourceOptions {
  /** How long an edition is shown before looking again. */
  lookEveryMillis?: number;
  /** Hears why a new edition was not taken; the old one is shown on. */
  onProblem?: (error: unknown) => void;
  /** Draws pages from an edition before anybody sees it; says why it cannot be shown, or `null`. */
  tryOut?: (view: PublicView) => Promise<string | null>;
}

interface Place {
  origin: Origin;
  /** Something that changes with the edition. */
  mark(): Promise<string>;
  read(known: Edition | undefined): Promise<Edition>;
  lookEveryMillis: number;
}

/** The projections in a database. @throws Problem `not-published-yet`, `publication-…` */
export const databaseSource = (store: PublicStore, options?: SourceOptions) =>
  openSource(
    {
      origin: 'database',
      mark: () => editionMark(store),
      read: (known) => readEdition(store, known),
      lookEveryMillis: 1_000,
    },
    options,
  );

/** The projections in an exported file; a file that takes its place is read when it is seen. */
export const fileSource = (path: string, options?: SourceOptions) =>
  openSource(
    {
      origin: 'file',
      mark: () => Promise.resolve(fileMark(path)),
      read: () => readExport(path),
      lookEveryMillis: 5_000,
    },
    options,
  );

function fileMark(path: string): string {
  const found = fs.statSync(path, { throwIfNoEntry: false });
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : '';
}

async function openSource(place: Place, options: SourceOptions = {}): Promise<EditionSource> {
  const { lookEveryMillis = place.lookEveryMillis, onProblem = () => undefined } = options;
  const { tryOut = () => Promise.resolve(null) } = options;
  const readTried = async (known?: Edition): Promise<Shown> => {
    const edition = await place.read(known);
    if (known) refuseOtherInstance(edition.head, known.head);
    const view = viewOf(edition);
    const why = await tryOut(view);
    if (why !== null) throw damaged(why, place.origin);
    return { edition, view };
  };
  let mark = await place.mark();
  let shown = await readTried();
  /** The mark of one that was refused: reading it again would cost as much and find the same. */
  let refused: string | null = null;
  let lookedAt = performance.now();
  let looking: Promise<void> | null = null;
  let told = '';
  // The same trouble is told once, not at every look.
  const tell = (error: unknown): void => {
    const text = error instanceof Error ? error.message : String(error);
    if (text !== told) onProblem(error);
    told = text;
  };

  const look = async (): Promise<void> => {
    let now: string | null = null;
    try {
      now = await place.mark();
      if (now === refused) return;
      if (now !== mark) {
        shown = await readTried(shown.edition);
        mark = now;
      }
      told = '';
      refused = null;
    } catch (error) {
      // Only what is wrong with the edition itself stays wrong until another takes its place.
      refused = error instanceof Problem && error.kind === 'refused' ? now : null;
      tell(error);
    }
  };
  const refresh = (): Promise<void> =>
    (looking ??= look().finally(() => {
      looking = null;
      lookedAt = performance.now();
    }));
  return {
    get edition() {
      return shown.edition;
    },
    refresh,
    // Nobody waits for the look: whoever comes meanwhile sees the edition that is there.
    current: () => {
      if (performance.now() - lookedAt > lookEveryMillis) void refresh();
      return Promise.resolve(shown.view);
    },
  };
}

interface Shown {
  edition: Edition;
  view: PublicView;
}

interface AnchorShelf {
  anchors: readonly Anchor[];
}

const viewOf = (edition: Edition): PublicView => ({
  door: editionDoor(edition),
  anchors: anchorBookOf(edition.answer<AnchorShelf>(ANCHORS_SHELF)?.anchors ?? []),
  version: markOf(edition.head),
  madeAt: edition.head.madeAt,
});
