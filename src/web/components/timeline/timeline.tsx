import type { Child } from 'hono/jsx';

export interface TimelineItem {
  /** The year of the round. */
  when: string;
  what: Child;
  /** Second line: scores, standard. */
  more?: Child;
  tone: 'strong' | 'soft' | 'plain' | 'unknown';
}

/** Rounds in a row, oldest first; a column on a phone. */
export function Timeline({ items, label }: { items: readonly TimelineItem[]; label: string }) {
  return (
    <ol class="timeline" aria-label={label}>
      {items.map((item) => (
        <li class={item.tone}>
          <b>{item.when}</b>
          <span>{item.what}</span>
          {item.more ? <small>{item.more}</small> : null}
        </li>
      ))}
    </ol>
  );
}
