import { count } from '../../text/numbers.js';

export interface IdentityCheck {
  id: string;
  /** The identity in words: "Mẫu 1 cột 3 = Mẫu 2 cột 9". */
  title: string;
  ok: boolean | null;
  difference: number | null;
  reason?: string | null;
  /** Opens the households behind a difference; only for those who may see them. */
  href?: string | null;
}

/** What was checked on a form: quiet when it holds, plain when it does not. */
export function IdentityStrip({ checks }: { checks: readonly IdentityCheck[] }) {
  const wrong = checks.filter((check) => check.ok === false);
  const unknown = checks.filter((check) => check.ok === null);
  const right = checks.length - wrong.length - unknown.length;
  return (
    <details class={wrong.length > 0 ? 'checks wrong' : 'checks'} open={wrong.length > 0}>
      <summary>{sentence(right, wrong.length, unknown)}</summary>
      <ul>
        {[...wrong, ...unknown, ...checks.filter((check) => check.ok === true)].map((check) => (
          <li class={check.ok === false ? 'wrong' : ''}>
            <b>{check.ok === null ? 'chưa tính được' : check.ok ? 'đúng' : 'lệch'}</b> {check.title}
            {check.ok === false ? ` · chênh ${count(check.difference)}` : ''}
            {check.ok === null && check.reason ? ` · ${check.reason}` : ''}
            {check.ok === false && check.href ? (
              <>
                {' · '}
                <a href={check.href}>mở các hộ phía sau</a>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </details>
  );
}

function sentence(right: number, wrong: number, unknown: readonly IdentityCheck[]): string {
  const parts = [`${right} đẳng thức đúng`];
  if (wrong > 0) parts.push(`${wrong} đẳng thức lệch`);
  if (unknown.length > 0) {
    const reasons = [...new Set(unknown.map((check) => check.reason).filter(Boolean))];
    const why = reasons.length === 1 ? `: ${reasons[0]}` : '';
    parts.push(`${unknown.length} chưa tính được${why}`);
  }
  return parts.join(', ');
}
