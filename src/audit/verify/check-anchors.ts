import type { Anchor } from '../anchors/anchor.js';
import { checkpointOfAnchor } from '../anchors/anchor.js';
import { statementOf } from '../checkpoints/statement.js';
import type { Break, VerifiedAnchor } from './report.js';
import { breakAt } from './report.js';

/** Anchors against the checkpoints that stand now: `found` holds the statements of those they name. */
export function checkAnchors(
  anchors: readonly Anchor[],
  found: ReadonlyMap<number, string>,
): { anchors: VerifiedAnchor[]; anchorBreaks: Break[] } {
  const anchorBreaks: Break[] = [];
  const verified = anchors.map((anchor): VerifiedAnchor => {
    const { date, number, at } = anchor;
    const stands = found.get(number);
    const ok = stands === statementOf(checkpointOfAnchor(anchor));
    if (!ok) {
      const [kind, what] =
        stands === undefined
          ? ([
              'anchor-checkpoint-gone',
              `Mốc số ${number} (ngày ${date}) không còn: nhật ký đã bị lùi lại hoặc thay bằng nhật ký khác.`,
            ] as const)
          : ([
              'anchor-differs',
              `Mốc số ${number} (ngày ${date}) khác với bản giữ bên ngoài: nhật ký đã bị viết lại.`,
            ] as const);
      anchorBreaks.push(breakAt(kind, what, { checkpoint: number, recordedAt: at }));
    }
    return { date, number, ok };
  });
  return { anchors: verified, anchorBreaks };
}
