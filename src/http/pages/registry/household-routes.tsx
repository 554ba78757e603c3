import type { HistoryOptions } from '../../../audit/index.js';
import { historyOf } from '../../../audit/index.js';
import { areaRegister } from '../../../areas/index.js';
import type { RowsRef } from '../../../figures/index.js';
import { basisOfRef, formNumber, rowsBehind } from '../../../figures/index.js';
import type { PovertyStatus } from '../../../kernel/index.js';
import { POVERTY_STATUSES, parsePlainDate, cutText, tidyText } from '../../../kernel/index.js';
import { ethnicNames } from '../../../packs/index.js';
import { householdView, identifierRights, listHouseholds } from '../../../registry/index.js';
import type { HouseholdPage as HouseholdRows } from '../../../registry/index.js';
import { mayImport } from '../../../review/index.js';
import type { Actor } from '../../../store/index.js';
import { may, withActor } from '../../../store/index.js';
import { roundChoices } from '../../choices.js';
import type { Ctx } from '../../env.js';
import { officer } from '../../officer.js';
import { idOf, notFound, pageNumberOf, roundOf, unitCodeOf } from '../../query.js';
import { page } from '../../render-page.js';
import { roleNames } from '../../role-names.js';
import { roundsShown } from '../../rounds.js';
import { HistoryPage } from './history-page.js';
import { householdHistory } from './household-history.js';
import { householdPageData } from './household-model.js';
import { HouseholdListPage } from './household-list-page.js';
import { HouseholdPage } from './household-page.js';

/** Where the reader came from says what for; the household is told. */
const PURPOSE: Readonly<Record<string, string>> = {
  so: 'tìm trong sổ hộ của địa bàn',
  'bieu-mau': 'đối chiếu số liệu của biểu mẫu',
  tep: 'rà soát tệp kết quả mới nhập',
};

/** GET /ho/:id?tu=so|bieu-mau|tep */
export async function household(c: Ctx): Promise<Response> {
  const actor = officer(c);
  const id = idOf(c.req.param('id'));
  const purpose = PURPOSE[c.req.query('tu') ?? ''] ?? null;
  const { view, acts, rights } = await withHistory(c, actor, id, {
    ...{ limit: ON_PAGE, isWithReading: false },
    purpose,
  });
  const data = householdPageData(view, around(actor), acts);
  const numbers = { ...rights, householdId: id };
  return page(c, <HouseholdPage shell={c.get('shell')} data={data} numbers={numbers} />);
}

/** GET /ho/:id/lich-su */
export async function householdHistoryPage(c: Ctx): Promise<Response> {
  const actor = officer(c);
  const id = idOf(c.req.param('id'));
  const purpose = 'xem lịch sử của hồ sơ';
  const { view, acts } = await withHistory(c, actor, id, { limit: IN_FULL, purpose });
  const { headName, fieldCode } = householdPageData(view, around(actor), acts);
  return page(
    c,
    <HistoryPage
      shell={c.get('shell')}
      householdId={id}
      headName={headName}
      fieldCode={fieldCode}
      lines={householdHistory(view, acts, roleNames)}
      isCut={acts.length === IN_FULL}
    />,
  );
}

const around = (actor: Actor) => ({
  ethnicGroups: ethnicNames(),
  roles: roleNames,
  mayIssueCode: may(actor, 'citizen-code:propose'),
});

/** Entries asked of the log: more than the page of a household shows, or as many as a page can hold. */
const ON_PAGE = 6;
const IN_FULL = 500;

interface Reading extends HistoryOptions {
  purpose: string | null;
}

async function withHistory(c: Ctx, actor: Actor, id: string, { purpose, ...options }: Reading) {
  const found = await withActor(c.get('store'), actor, async (tx) => {
    const view = await householdView(tx, id, purpose);
    if (!view) return null;
    const rights = await identifierRights(tx, view.place.placeId);
    const acts = await historyOf(tx, view, options);
    return { view, acts, rights };
  });
  if (!found) throw notFound();
  return found;
}

/** GET /ho?round=&status=&ten=&trang=, or /ho?mau=… for the households behind a cell of a form. */
export async function householdList(c: Ctx): Promise<Response> {
  const actor = officer(c);
  const store = c.get('store');
  const { rounds, latest } = await roundsShown(c);
  const round = roundOf(c.req.query('round'), latest);
  const number = pageNumberOf(c.req.query('trang'));
  const status = statusOf(c.req.query('status'));
  const name = cutText(tidyText(c.req.query('ten') ?? ''), 80);
  const ref = refOf(c, round);
  const search = ref ? {} : { ...(status && { status }), ...(name && { name }) };
  const only = ref ? await behind(c, actor, ref) : undefined;
  const listed = ref && isLeaving(ref) ? round - 1 : round;
  const result: HouseholdRows = await withActor(store, actor, (tx) =>
    listHouseholds(tx, {
      ...{ round: listed, page: number },
      ...search,
      ...(ref && only && { only, behind: { ...ref } }),
    }),
  );
  return page(
    c,
    <HouseholdListPage
      shell={c.get('shell')}
      title={
        ref ? `Các hộ sau cột ${ref.column}, mẫu ${ref.form}` : `Hộ trong địa bàn, năm ${round}`
      }
      sub={<Reach actor={actor} />}
      result={result}
      rounds={roundChoices(rounds)}
      chosen={{ round: String(round), status: status ?? '', name }}
      cameFrom={ref ? 'bieu-mau' : 'so'}
      hasSearch={ref === null}
      hasNumberSearch={ref === null && may(actor, 'identifier:read')}
      page={number}
      hrefOf={(to) => hrefOf(c, to)}
    />,
  );
}

/** Whose list this is; whoever brings in no files finds here what was brought in. */
const Reach = ({ actor }: { actor: Actor }) => (
  <>
    {`${actor.name} · chỉ gồm hộ bạn được xem; mỗi lần tìm đều được lưu`}
    {mayImport(actor) ? null : (
      <>
        {' · '}
        <a href="/nhap-lieu">các lần nhập tệp</a>
      </>
    )}
  </>
);

function hrefOf(c: Ctx, to: number): string {
  const query = new URLSearchParams(c.req.query());
  query.set('trang', String(to));
  return `/ho?${query.toString()}`;
}

/** Without a choice the poor households; an empty choice means all. */
function statusOf(text: string | undefined): PovertyStatus | undefined {
  if (text === undefined) return 'poor';
  return POVERTY_STATUSES.find((status) => status === text);
}

/** The cell of a form in the address, as `RowsRef`. */
function refOf(c: Ctx, round: number): RowsRef | null {
  const form = c.req.query('mau');
  if (form === undefined) return null;
  const boundaries = parsePlainDate(c.req.query('boundaries') ?? '');
  const column = Number(c.req.query('cot'));
  if (!boundaries || !Number.isInteger(column)) throw notFound();
  const { provinceCode } = c.get('instance');
  const code = unitCodeOf(c.req.query('area'), provinceCode);
  const measure = c.req.query('phanto');
  return {
    form: formNumber(form),
    round,
    boundaries,
    unitCode: areaRegister().unitOn(code, boundaries) ? code : null,
    column,
    measure: measure === 'household' || measure === 'person' ? measure : null,
  };
}

/** Who stood in a class before, and who left it, may have no row in the round itself. */
const isLeaving = ({ form, column }: RowsRef): boolean => form !== 1 && column <= 4;

async function behind(c: Ctx, actor: Actor, ref: RowsRef) {
  const store = c.get('store');
  const basis = await basisOfRef(store, ref, ref.unitCode ?? '');
  return withActor(store, actor, (tx) => rowsBehind(tx, ref, basis), { readOnly: true });
}
