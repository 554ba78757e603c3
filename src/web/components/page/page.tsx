import type { Child } from 'hono/jsx';
import type { NavKey } from '../../text/site.js';
import { OFFICER_NAV, PUBLIC_NAV, SITE } from '../../text/site.js';

/** What every page knows of the instance and of who looks at it. */
export interface Shell {
  isDemo: boolean;
  /** "tỉnh Lạng Sơn". */
  provinceName: string;
  stylesheetHref: string;
  /** `null` = the public. */
  user: { name: string; permissions: readonly string[] } | null;
  /**
   * Set where published projections alone are served: when they were made, "09:30 23/11/2025". Nobody
   * signs in there, and nobody is answered about a household.
   */
  publishedAt?: string;
}

interface PageProps {
  shell: Shell;
  /** Also the heading, unless `heading` says otherwise. */
  title: string;
  heading?: Child;
  /** Under the heading: what, where, standard, date. */
  sub?: Child;
  nav?: NavKey;
  children?: Child;
}

/** The frame of every page: simulation band, names, navigation, one heading, footer. */
export function Page({ shell, title, heading, sub, nav, children }: PageProps) {
  return (
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} – ${SITE.name}`}</title>
        {shell.isDemo || shell.user ? <meta name="robots" content="noindex" /> : null}
        <meta name="theme-color" content="#23407a" />
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={shell.stylesheetHref} />
      </head>
      <body>
        <a class="skip" href="#noi-dung">
          {SITE.skip}
        </a>
        {shell.isDemo ? (
          <aside class="band" aria-label={SITE.notice}>
            {SITE.simulated}
          </aside>
        ) : null}
        <Header shell={shell} nav={nav} />
        <main class="wrap" id="noi-dung" tabindex={-1}>
          <h1>{heading ?? title}</h1>
          {sub ? <p class="sub">{sub}</p> : null}
          {children}
        </main>
        <footer>
          <div class="wrap">
            {shell.publishedAt ? (
              <p class="published">{`${SITE.publishedAt} ${shell.publishedAt}`}</p>
            ) : null}
            {SITE.everyFigure} · <a href="/api/v1">{SITE.openData}</a> ·{' '}
            <a href="/nhat-ky/neo">{SITE.anchors}</a>
            {shell.publishedAt ? null : (
              <>
                {' · '}
                <a href="/du-lieu-cua-toi">{SITE.dataUse}</a>
              </>
            )}
          </div>
        </footer>
      </body>
    </html>
  );
}

function Header({ shell, nav }: { shell: Shell; nav: NavKey | undefined }) {
  const items = [...PUBLIC_NAV, ...officerItems(shell.user)];
  return (
    <header>
      <div class="wrap">
        <a class="brand" href="/">
          <b>{SITE.name}</b>
          <small>
            {SITE.longName} · {shell.provinceName}
          </small>
        </a>
        <nav aria-label={SITE.mainNav}>
          {items.map((item) => (
            <a href={item.href} {...(item.key === nav ? { 'aria-current': 'page' as const } : {})}>
              {item.label}
            </a>
          ))}
          {shell.publishedAt ? null : <Account user={shell.user} current={nav === 'account'} />}
        </nav>
      </div>
    </header>
  );
}

/** What this person's roles open. */
const officerItems = (user: Shell['user']) =>
  OFFICER_NAV.filter(({ needs }) => user?.permissions.includes(needs) ?? false);

const Account = ({ user, current }: { user: Shell['user']; current: boolean }) =>
  user ? <SignOut user={user} current={current} /> : <SignInLink current={current} />;

function SignInLink({ current }: { current: boolean }) {
  return (
    <a href="/dang-nhap" {...(current ? { 'aria-current': 'page' as const } : {})}>
      {SITE.signIn}
    </a>
  );
}

interface SignOutProps {
  user: NonNullable<Shell['user']>;
  current: boolean;
}

/** One's own name leads to one's own account. */
function SignOut({ user, current }: SignOutProps) {
  return (
    <form class="sign-out" method="post" action="/dang-xuat">
      <a href="/tai-khoan" {...(current ? { 'aria-current': 'page' as const } : {})}>
        {user.name}
      </a>
      <button type="submit" class="plain">
        {SITE.signOut}
      </button>
    </form>
  );
}
