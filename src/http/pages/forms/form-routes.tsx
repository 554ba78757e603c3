import { areaRegister } from '../../../areas/index.js';
import type { Form, RowsRef } from '../../../figures/index.js';
import { formCsv, formNumber, formXlsx } from '../../../figures/index.js';
import { audit, withActor } from '../../../store/index.js';
import { areaChoices, boundaryChoices, roundChoices } from '../../choices.js';
import { download } from '../../download.js';
import type { Ctx } from '../../env.js';
import { figuresFor } from '../../projection.js';
import { boundariesOf, roundOf, unitCodeOf } from '../../query.js';
import { page } from '../../render-page.js';
import { roundsShown } from '../../rounds.js';
import { FormListPage, FormPage } from './form-page.js';

/** GET /bieu-mau */
export const formList = async (c: Ctx): Promise<Response> =>
  page(c, <FormListPage shell={c.get('shell')} />);

/** GET /bieu-mau/:n?round=&area=&boundaries= */
export async function formPage(c: Ctx): Promise<Response> {
  const { form, boundaries, rounds } = await readForm(c);
  const register = areaRegister();
  const { provinceCode } = c.get('instance');
  return page(
    c,
    <FormPage
      shell={c.get('shell')}
      form={form}
      choices={{
        rounds: roundChoices(rounds),
        areas: areaChoices(register, provinceCode, form.boundaries),
        boundaries: boundaryChoices(register, provinceCode, form.round),
        chosenBoundaries: boundaries ?? '',
      }}
      rowsHref={c.get('actor') ? rowsHref : null}
    />,
  );
}

/** GET /bieu-mau/:n/tai?dang=csv|xlsx */
export async function formDownload(c: Ctx): Promise<Response> {
  const { form } = await readForm(c);
  await auditExport(c, form);
  const name = `mau-${form.form}-${form.round}-${form.area}`;
  if (c.req.query('dang') === 'csv') {
    return download(formCsv(form), `${name}.csv`, 'text/csv; charset=utf-8');
  }
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return download(await formXlsx(form), `${name}.xlsx`, type);
}

/** What an officer takes away may show cells that are not published; public files are the same for all. */
async function auditExport(c: Ctx, form: Form): Promise<void> {
  const actor = c.get('actor');
  if (!actor) return;
  const { round, area, boundaries } = form;
  await withActor(c.get('store'), actor, (tx) =>
    audit(tx, {
      action: 'form.export',
      subjectKind: 'form',
      subjectId: String(form.form),
      payload: { round, area, boundaries, format: c.req.query('dang') ?? 'xlsx' },
    }),
  );
}

async function readForm(c: Ctx) {
  const number = formNumber(c.req.param('n'));
  const { rounds, latest } = await roundsShown(c);
  const boundaries = boundariesOf(c.req.query('boundaries'));
  const form = await figuresFor(c).form({
    form: number,
    round: roundOf(c.req.query('round'), latest),
    area: unitCodeOf(c.req.query('area'), c.get('instance').provinceCode),
    ...(boundaries && { boundaries }),
  });
  return { form, boundaries, rounds };
}

/** Households behind a cell; the page asks row security what this officer may see. */
function rowsHref(ref: RowsRef): string {
  const query = new URLSearchParams({
    mau: String(ref.form),
    round: String(ref.round),
    boundaries: ref.boundaries,
    cot: String(ref.column),
    ...(ref.unitCode && { area: ref.unitCode }),
    ...(ref.measure && { phanto: ref.measure }),
  });
  return `/ho?${query.toString()}`;
}
