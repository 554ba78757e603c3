import type { Anchor } from '../audit/index.js';
import { readAnchor } from '../audit/index.js';
import { Problem } from '../kernel/index.js';
import type { Origin } from './check-edition.js';
import { damaged } from './check-edition.js';
import type { Edition } from './edition.js';
import { editionDoor } from './edition-door.js';
import { projectRound } from './project.js';
import { ANCHORS_SHELF, DEFINITIONS_SHELF, INSTANCE_SHELF } from './shelves.js';

/**
 * Asks an edition every question that the public can ask. The answers must be its shelves again, each
 * of them and no other: what nobody asks for has no place in it, and no page meets a question without
 * an answer. A checksum says only that a file is as somebody wrote it.
 * @throws Problem `publication-damaged`
 */
export async function refuseIncomplete(edition: Edition, origin: Origin): Promise<void> {
  try {
    const why = wrongAnchors(edition) ?? (await wrongShelf(edition));
    if (why !== null) throw damaged(why, origin);
  } catch (error) {
    if (error instanceof Problem && error.code === 'publication-damaged') throw error;
    throw damaged('Có câu hỏi của trang công khai mà nó không trả lời được.', origin, error);
  }
}

async function wrongShelf(edition: Edition): Promise<string | null> {
  const asked = new Set([INSTANCE_SHELF, DEFINITIONS_SHELF, ANCHORS_SHELF]);
  const door = editionDoor(edition);
  const { rounds } = await door.instance();
  for (const round of rounds) {
    for await (const { shelf, answers } of projectRound(door, round)) {
      const kept = edition.shelves.get(shelf)?.json.toString('utf8');
      // A round that stands there twice would be asked for ever.
      if (asked.has(shelf) || kept !== JSON.stringify(answers)) {
        return `Phần "${shelf}" không trả lời đúng những gì trang công khai hỏi.`;
      }
      asked.add(shelf);
    }
  }
  const stray = [...edition.shelves.keys()].find((shelf) => !asked.has(shelf));
  return stray === undefined ? null : `Phần "${stray}" không thuộc bản công khai.`;
}

/** Newest first, one a day, each as it was signed. */
function wrongAnchors(edition: Edition): string | null {
  const { anchors } = edition.answer<{ anchors: readonly Anchor[] }>(ANCHORS_SHELF) ?? {};
  if (!Array.isArray(anchors)) return 'Thiếu danh sách mốc nhật ký.';
  const dates = anchors.map((anchor) => readAnchor(JSON.stringify(anchor), 'mốc').date);
  const isInOrder = dates.every((date, at) => at === 0 || date < (dates[at - 1] ?? date));
  return isInOrder ? null : 'Các mốc nhật ký không theo thứ tự ngày.';
}
