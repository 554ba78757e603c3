import type { PublicStore } from '../store/index.js';
import { Problem } from '../kernel/index.js';
import { checkedEdition, refuseOtherFormat } from './check-edition.js';
import type { Edition, EditionHead, Shelf } from './edition.js';

const HEAD = `select format, kind, province_code as "provinceCode", program,
    data_version as "dataVersion", made_at as "madeAt", digest
  from publication.editions`;

/** Tables that are missing, or not for this login: an instance that was never brought forward. */
const NOT_THERE = new Set(['42P01', '3F000', '42501']);

/** Digest and time of what is published now, to see whether it was replaced. */
export async function editionMark(store: PublicStore): Promise<string> {
  const head = await store.read(async (query) => (await query<EditionHead>(HEAD)).rows[0]);
  return head ? markOf(head) : '';
}

/** Changes with every publication, also when it shows the same numbers at a later time. */
export const markOf = ({ digest, madeAt }: EditionHead): string =>
  `${digest.slice(0, 16)}-${madeAt.getTime()}`;

/**
 * Reads the edition in one transaction; shelves that `known` has already are not sent again.
 * @throws Problem `not-published-yet`, `publication-…`
 */
export async function readEdition(store: PublicStore, known?: Edition): Promise<Edition> {
  const { head, shelves } = await store
    .read(async (query) => {
      const found = (await query<EditionHead>(HEAD)).rows[0];
      if (!found) throw notPublishedYet();
      refuseOtherFormat(found.format, 'database');
      const sums = await query<{ shelf: string; sha256: string }>(
        'select shelf, sha256 from publication.shelves',
      );
      const read = new Map<string, Shelf>();
      for (const { shelf, sha256 } of sums.rows) {
        const same = known?.shelves.get(shelf);
        if (same?.sha256 === sha256) {
          read.set(shelf, same);
          continue;
        }
        const { rows } = await query<{ json: string }>(
          'select answers::text as json from publication.shelves where shelf = $1',
          [shelf],
        );
        read.set(shelf, { json: Buffer.from(rows[0]?.json ?? '', 'utf8'), sha256 });
      }
      return { head: found, shelves: read };
    })
    .catch((error: unknown) => {
      throw isNotThere(error) ? notPublishedYet() : error;
    });
  return checkedEdition(head, shelves, 'database');
}

function isNotThere(error: unknown): boolean {
  const cause: unknown = error instanceof Problem ? error.cause : error;
  return cause instanceof Error && 'code' in cause && NOT_THERE.has(String(cause.code));
}

const notPublishedYet = (): Problem =>
  new Problem('environment', {
    code: 'not-published-yet',
    what: 'Chưa có bản công khai nào trong cơ sở dữ liệu.',
    why: 'Bản công khai do hệ thống của cán bộ lập ra, sau mỗi lần ghi sổ.',
    todo: 'Chạy hệ thống của cán bộ (npm start), hoặc lập một lần bằng: thonban publish.',
  });
