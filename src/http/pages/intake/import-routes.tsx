import { areaRegister } from '../../../areas/index.js';
import { readInstance } from '../../../figures/index.js';
import {
  Problem,
  cutText,
  httpStatusOf,
  newId,
  periodicRound,
  tidyText,
  today,
  yearOf,
} from '../../../kernel/index.js';
import {
  commitImport,
  importOfWholeCommunes,
  importRowGroups,
  importRowsNeedingReview,
  importSummary,
  listImports,
  mayImport,
  previewAgain,
  previewImport,
  undoImport,
} from '../../../review/index.js';
import type { ImportResult, ImportRowGroup, ImportSummary } from '../../../review/index.js';
import { withActor } from '../../../store/index.js';
import type { Actor, Tx } from '../../../store/index.js';
import type { Choice } from '../../../web/index.js';
import { roundChoices } from '../../choices.js';
import type { Ctx } from '../../env.js';
import { fields, postedForm } from '../../fields.js';
import { officer } from '../../officer.js';
import { idOf, notFound, pageNumberOf, roundOf, unitCodeOf } from '../../query.js';
import { page } from '../../render-page.js';
import { isTold } from '../../told.js';
import { importLine, importPageData, reasonGroup } from './import-data.js';
import { ImportListPage } from './import-list-page.js';
import { ImportPage } from './import-page.js';
import { ownUnits } from './own-units.js';
import { SHEET_FIELD } from './unresolved-sheets.js';

/** GET /nhap-lieu */
export const importList = (c: Ctx): Promise<Response> =>
  drawImports(c, { problem: null, round: '', area: '' });

/** A refused upload: what was wrong, and what was chosen. Only the file must be chosen again. */
interface Sent {
  problem: Problem | null;
  round: string;
  area: string;
}

async function drawImports(c: Ctx, { problem, round, area }: Sent): Promise<Response> {
  const actor = officer(c);
  const store = c.get('store');
  const imports = await withActor(store, actor, (tx) => listImports(tx), { readOnly: true });
  const rounds = await openRounds(c);
  const form = mayImport(actor)
    ? {
        commandId: newId(store.clock),
        rounds: roundChoices(rounds.all),
        chosen: { round: round || String(rounds.likely), area },
        areas: onlySheetChoices(c, actor),
      }
    : null;
  return page(
    c,
    <ImportListPage
      shell={c.get('shell')}
      {...{ form, problem }}
      imports={imports.map(importLine)}
    />,
    problem ? httpStatusOf(problem) : 200,
  );
}

/** For a file of one sheet whose name says no unit. */
function onlySheetChoices(c: Ctx, actor: Actor): Choice[] {
  const communes = areaRegister().communesOf(
    c.get('instance').provinceCode,
    today(c.get('store').clock),
  );
  const own = ownUnits(actor, c.get('instance').provinceCode, communes);
  const choices = own.map((unit) => ({ value: unit.code, label: unit.name }));
  return [{ value: '', label: 'Theo tên trang tính' }, ...choices];
}

/** The first campaign on the standard of 2022–2025: older files are not reviewed again. */
const FIRST_ROUND = 2021;

/** Rounds in the book and every campaign up to this year's: the first file of a round opens it. */
async function openRounds(c: Ctx): Promise<{ all: number[]; likely: number }> {
  const store = c.get('store');
  const held = (await readInstance(store)).rounds.map((one) => one.round);
  const thisYear = yearOf(today(store.clock));
  const campaigns = Array.from(
    { length: thisYear - FIRST_ROUND + 1 },
    (_, index) => FIRST_ROUND + index,
  );
  // A demonstration ends before today: a file tried there belongs to one of its rounds.
  const isDemo = c.get('instance').kind === 'demo';
  return {
    all: [...new Set([...held, ...campaigns])],
    likely: isDemo ? (held.at(-1) ?? thisYear) : thisYear,
  };
}

/** POST /nhap-lieu: reads the file and shows what it would do; writes no household. */
export async function uploadRoute(c: Ctx): Promise<Response> {
  const body = await postedForm(c);
  try {
    return c.redirect(pageOf(await preview(c, body)), 303);
  } catch (error) {
    // Who may bring nothing in gets the sentence alone, without the imports of others around it.
    if (!isTold(error) || !mayImport(officer(c))) throw error;
    const chosen = { round: text(body['round']), area: text(body['area']) };
    return drawImports(c, { problem: error, ...chosen });
  }
}

async function preview(c: Ctx, body: Record<string, string | File>): Promise<ImportResult> {
  const actor = officer(c);
  if (!mayImport(actor)) throw importOfWholeCommunes();
  const { file, round } = body;
  const area = text(body['area']);
  if (!(file instanceof File) || file.name === '') throw noFile();
  if (file.size === 0) throw emptyFile(cutText(tidyText(file.name), 200));
  return previewImport(c.get('store'), {
    actor,
    commandId: text(body['commandId']),
    file: Buffer.from(await file.arrayBuffer()),
    fileName: cutText(tidyText(file.name), 200),
    round: roundOf(text(round), yearOf(today(c.get('store').clock))),
    ...(area && { area: unitCodeOf(area, '') }),
  });
}

const noFile = (): Problem =>
  new Problem('usage', {
    code: 'no-file',
    what: 'Chưa chọn tệp nào.',
    todo: 'Chọn tệp Excel (.xlsx) hoặc CSV rồi gửi lại.',
  });

const emptyFile = (name: string): Problem =>
  new Problem('usage', {
    code: 'file-empty',
    what: `Tệp “${name}” trống, không có dữ liệu nào.`,
    why: 'Tệp có thể chưa được lưu xong, hoặc bị lỗi khi chép.',
    todo: 'Mở tệp trên máy để kiểm tra, lưu lại rồi gửi lại.',
  });

/** A file that was written before answers with its first import, and says so. */
const pageOf = ({ importId, alreadyImported }: ImportResult): string =>
  `/nhap-lieu/${importId}${alreadyImported ? '?lap=1' : ''}`;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** GET /nhap-lieu/:id, or with ?ly-do=&trang= all rows of one reason. */
export const importPage = (c: Ctx): Promise<Response> =>
  drawImport(c, idOf(c.req.param('id')), { problem: null, reason: '' });

/** An act on an import that was refused, with the reason that was typed. */
interface Tried {
  problem: Problem | null;
  reason: string;
}

async function drawImport(c: Ctx, id: string, { problem, ...typed }: Tried): Promise<Response> {
  const actor = officer(c);
  const store = c.get('store');
  const reason = c.req.query('ly-do');
  const number = pageNumberOf(c.req.query('trang'));
  const data = await withActor(store, actor, async (tx) => {
    const summary = await importSummary(tx, id);
    if (!summary) throw notFound();
    const { groups, shown } = await rowsShown(tx, id, reason, number);
    const units = summary.unresolvedSheets.length > 0 ? unitsOf(c, actor, summary) : [];
    const reasons = groups.map((group) => reasonGroup(group, summary.state));
    return { ...importPageData(summary), groups: reasons, shown, units };
  });
  const commandIds = {
    commit: newId(store.clock),
    undo: newId(store.clock),
    assign: newId(store.clock),
  };
  return page(
    c,
    <ImportPage
      shell={c.get('shell')}
      data={{
        ...{ ...data, commandIds, canImport: mayImport(actor) },
        isRepeated: c.req.query('lap') !== undefined,
      }}
      {...{ problem, typed }}
    />,
    problem ? httpStatusOf(problem) : 200,
  );
}

/** An act on one import: a refusal is told on its page, beside what was typed. */
async function act(c: Ctx, reason: string, work: (id: string) => Promise<string>) {
  const id = idOf(c.req.param('id'));
  try {
    return c.redirect(await work(id), 303);
  } catch (error) {
    if (!isTold(error) || !mayImport(officer(c))) throw error;
    return drawImport(c, id, { problem: error, reason });
  }
}

interface RowsShown {
  groups: ImportRowGroup[];
  shown: { page: number; pageCount: number } | null;
}

async function rowsShown(
  tx: Tx,
  id: string,
  reason: string | undefined,
  number: number,
): Promise<RowsShown> {
  if (reason === undefined) return { groups: await importRowGroups(tx, id), shown: null };
  const found = await importRowsNeedingReview(tx, id, { page: number, reason });
  const { rows, total, page: at, pageSize } = found;
  if (rows.length === 0) throw notFound();
  return {
    groups: [{ reason, total, rows }],
    shown: { page: at, pageCount: Math.ceil(total / pageSize) },
  };
}

/** Units of the round that this person may write to, to give to a sheet by hand. */
function unitsOf(c: Ctx, actor: Actor, { round }: ImportSummary): Choice[] {
  const { provinceCode } = c.get('instance');
  const units = areaRegister().communesOf(provinceCode, periodicRound(round).referenceDate);
  return ownUnits(actor, provinceCode, units).map(({ code, name }) => ({
    value: code,
    label: name,
  }));
}

/** POST /nhap-lieu/:id/trang-tinh: units for sheets whose name did not say, then previewed again. */
export async function assignRoute(c: Ctx): Promise<Response> {
  const actor = officer(c);
  const { commandId = '', ...answers } = await fields(c);
  return act(c, '', async (importId) => {
    const sheetUnits = Object.fromEntries(
      Object.entries(answers).flatMap(([name, code]) =>
        name.startsWith(SHEET_FIELD) && code
          ? [[name.slice(SHEET_FIELD.length), unitCodeOf(code, '')]]
          : [],
      ),
    );
    if (Object.keys(sheetUnits).length === 0) return `/nhap-lieu/${importId}`;
    return pageOf(await previewAgain(c.get('store'), { actor, commandId, importId, sheetUnits }));
  });
}

/** POST /nhap-lieu/:id/ghi */
export async function commitRoute(c: Ctx): Promise<Response> {
  const actor = officer(c);
  const { commandId = '' } = await fields(c);
  return act(c, '', async (importId) =>
    pageOf(await commitImport(c.get('store'), { actor, commandId, importId })),
  );
}

/** POST /nhap-lieu/:id/huy */
export async function undoRoute(c: Ctx): Promise<Response> {
  const actor = officer(c);
  const { commandId = '', reason: typed = '' } = await fields(c);
  const reason = tidyText(typed);
  return act(c, reason, async (importId) => {
    await undoImport(c.get('store'), { actor, commandId, importId, reason });
    return `/nhap-lieu/${importId}`;
  });
}
