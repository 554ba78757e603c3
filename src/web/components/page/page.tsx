import type { Child } from 'hono/jsx';
import type { NavItem, NavKey } from '../../text/site.js';
import { OFFICER_NAV, PUBLIC_NAV, SITE } from '../../text/site.js';

/** Who is signed in, and what the frame offers them. */
export interface ShellUser {
  name: string;
  permissions: readonly string[];
  /** Brings in files of whole communes. */
  canImport?: boolean;
}

/** What every page knows of the instance and of who looks at it. */
export interface Shell {
  isDemo: boolean;
  /** "tỉnh Lạng Sơn". */
  provinceName: string;
  stylesheetHref: string;
  /** `null` = the public. */
  user: ShellUser | null;
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
            <p>{SITE.everyFigure}</p>
            {shell.publishedAt ? null : <a href="/du-lieu-cua-toi">{SITE.dataUse}</a>}
            <a href="/nhat-ky/neo">{SITE.anchors}</a>
            <a href="/api/v1">{SITE.openData}</a>
          </div>
        </footer>
      </body>
    </html>
  );
}

function Header({ shell, nav }: { shell: Shell; nav: NavKey | undefined }) {
  const officers = officerItems(shell.user);
  return (
    <header>
      <div class="wrap">
        <div class="top">
          <a class="brand" href="/">
            <b>{SITE.name}</b>
            <small>
              <span class="long-name">{`${SITE.longName} · `}</span>
              {shell.provinceName}
            </small>
          </a>
          {shell.publishedAt ? null : <Account user={shell.user} current={nav === 'account'} />}
        </div>
        <nav aria-label={SITE.mainNav}>
          <Items items={PUBLIC_NAV} nav={nav} />
          {officers.length > 0 ? <Items items={officers} nav={nav} /> : null}
        </nav>
      </div>
    </header>
  );
}

/** On a phone each group has a line of its own; on a desk they stand in one. */
const Items = ({ items, nav }: { items: readonly NavItem[]; nav: NavKey | undefined }) => (
  <div>
    {items.map(({ key, href, label }) => (
      <a href={href} {...currentIf(key === nav)}>
        {label}
      </a>
    ))}
  </div>
);

const currentIf = (isCurrent: boolean) => (isCurrent ? { 'aria-current': 'page' as const } : {});

/** What this person's roles open. */
const officerItems = (user: ShellUser | null) =>
  OFFICER_NAV.filter(
    ({ key, needs }) =>
      (user?.permissions.includes(needs) ?? false) &&
      (key !== 'intake' || user?.canImport === true),
  );

/** Stands in one place for everybody. One's own name leads to one's own account. */
function Account({ user, current }: { user: ShellUser | null; current: boolean }) {
  if (!user) {
    return (
      <p class="account">
        <a href="/dang-nhap" {...currentIf(current)}>
          {SITE.signIn}
        </a>
      </p>
    );
  }
  return (
    <form class="account" method="post" action="/dang-xuat">
      <a href="/tai-khoan" title={user.name} {...currentIf(current)}>
        {user.name}
      </a>
      <button type="submit" class="plain">
        {SITE.signOut}
      </button>
    </form>
  );
}
