import type { Child } from 'hono/jsx';

interface CardProps {
  title: Child;
  /** One sentence: what is shown, of what, in which unit. */
  lead?: Child;
  /** Under the picture: source, definition, download. */
  source?: Child;
  id?: string;
  wide?: boolean;
  children?: Child;
}

/** Paper with one rule. Never put inside another card. */
export function Card({ title, lead, source, id, wide, children }: CardProps) {
  return (
    <section class={wide ? 'card wide' : 'card'} {...(id ? { id } : {})}>
      <h2>{title}</h2>
      {lead ? <p class="lead">{lead}</p> : null}
      {children}
      {source ? <div class="source">{source}</div> : null}
    </section>
  );
}
