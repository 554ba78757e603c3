import type { Child } from 'hono/jsx';

export interface NoticeProps {
  what: Child;
  why?: Child;
  todo?: Child;
  /** `alert` is read out at once. */
  tone?: 'info' | 'done' | 'alert';
  children?: Child;
}

/** What happened, why, what to do now: the one shape of a message. */
export function Notice({ what, why, todo, tone = 'info', children }: NoticeProps) {
  return (
    <div class={`notice ${tone}`} role={tone === 'alert' ? 'alert' : 'status'}>
      <p>
        <b>{what}</b>
      </p>
      {why ? <p>{why}</p> : null}
      {todo ? <p>{todo}</p> : null}
      {children}
    </div>
  );
}
