import { findRole, withPaperAttempt } from '../../../access/index.js';
import { Problem, newId } from '../../../kernel/index.js';
import {
  codeStanding,
  dataUses,
  findByCode,
  issueHouseholdCode,
  readCode,
} from '../../../registry/index.js';
import type { DataUse } from '../../../registry/index.js';
import { withActor } from '../../../store/index.js';
import { siteOrigin } from '../../client.js';
import type { Ctx } from '../../env.js';
import { fields } from '../../fields.js';
import { instantText } from '../../instant.js';
import { officer } from '../../officer.js';
import { idOf, notFound } from '../../query.js';
import { page, privatePage } from '../../render-page.js';
import { statusOf } from '../access/refused.js';
import { AskPage } from './ask-page.js';
import { UsesPage, purposeText, useText } from './uses-page.js';
import { CodeFormPage, CodeSlipPage } from './code-slip-page.js';

/** GET /du-lieu-cua-toi: the code on the paper and a year of birth. */
export const askPage = (c: Ctx) => page(c, <AskPage shell={c.get('shell')} problem={null} />);

/**
 * POST /du-lieu-cua-toi: who used the data of the household that holds this paper. A wrong code and a
 * wrong year get one answer, and are counted for the code with a growing delay.
 */
export async function usesRoute(c: Ctx): Promise<Response> {
  const form = await fields(c);
  const store = c.get('store');
  try {
    const [code, year] = [readCode(form['ma'] ?? ''), yearOf(form['nam-sinh'])];
    const found = await withPaperAttempt(store, code, () => findByCode(store, code, year));
    if (!found) throw noMatch();
    const { uses, hasMore } = await dataUses(store, found);
    const shown = { village: found.villageName, uses: uses.map(lineOf), hasMore };
    return privatePage(c, <UsesPage shell={c.get('shell')} {...shown} />);
  } catch (error) {
    if (!(error instanceof Problem) || error.kind === 'environment') throw error;
    const typed = {
      code: (form['ma'] ?? '').slice(0, 40),
      year: (form['nam-sinh'] ?? '').slice(0, 10),
    };
    return privatePage(
      c,
      <AskPage shell={c.get('shell')} problem={error} typed={typed} />,
      statusOf(c, error),
    );
  }
}

function yearOf(text: string | undefined): number {
  const year = Number(text?.trim());
  if (/^\s*(19|20)\d{2}\s*$/.test(text ?? '')) return year;
  throw new Problem('refused', {
    code: 'birth-year-misspelt',
    what: 'Năm sinh của chủ hộ viết chưa đúng.',
    todo: 'Viết bốn chữ số, ví dụ 1968.',
  });
}

const noMatch = (): Problem =>
  new Problem('refused', {
    code: 'code-unknown',
    what: 'Mã và năm sinh này không khớp với hộ nào.',
    why: 'Mã có thể đã được thay bằng mã mới, hoặc năm sinh khác với năm ghi trong sổ.',
    todo: 'So lại với phiếu mới nhất; vẫn không được thì mang phiếu đến Ủy ban nhân dân xã.',
  });

/** Somebody looked, and had to say what for. */
const LOOKED: ReadonlySet<string> = new Set(['household.read', 'identifier.read']);

const lineOf = (use: DataUse) => ({
  when: instantText(use.at),
  what: useText(use.what),
  who: [use.office, positionOf(use.role)].filter(Boolean).join(' · '),
  purpose: use.purpose ?? purposeText(use.what),
  isReading: LOOKED.has(use.what),
});

/** "cán bộ cấp xã": a person may hold several roles at once. */
const positionOf = (role: string | null): string =>
  (role ?? '')
    .split(/[,\s]+/)
    .flatMap((id) => findRole(id)?.label ?? [])
    .join(', ');

/** GET /ho/:id/phieu */
export const codeForm = (c: Ctx): Promise<Response> =>
  drawCodeForm(c, idOf(c.req.param('id')), { problem: null, typed: {} });

interface Drawn {
  problem: Problem | null;
  typed: { reason?: string; birthYear?: string };
}

async function drawCodeForm(c: Ctx, id: string, { problem, typed }: Drawn): Promise<Response> {
  const store = c.get('store');
  const standing = await withActor(store, officer(c), (tx) => codeStanding(tx, id));
  if (!standing) throw notFound();
  const shown = { ...standing, householdId: id, commandId: newId(store.clock), problem, typed };
  const form = <CodeFormPage shell={c.get('shell')} {...shown} />;
  return page(c, form, statusOf(c, problem));
}

/** POST /ho/:id/phieu: the code leaves once, on this page, for the paper. */
export async function issueCodeRoute(c: Ctx): Promise<Response> {
  const householdId = idOf(c.req.param('id'));
  const { commandId = '', reason = '', birthYear = '' } = await fields(c);
  const call = { actor: officer(c), commandId, householdId, reason, birthYear };
  let issued;
  try {
    issued = await issueHouseholdCode(c.get('store'), call);
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.kind !== 'usage') throw problem;
    return drawCodeForm(c, householdId, { problem, typed: { reason, birthYear } });
  }
  const address = `${new URL(siteOrigin(c)).host}/du-lieu-cua-toi`;
  const shown = { ...issued, householdId, address };
  return page(c, <CodeSlipPage shell={c.get('shell')} {...shown} />);
}
