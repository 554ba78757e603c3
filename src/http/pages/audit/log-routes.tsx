import type { EntryFilter } from '../../../audit/index.js';
import { exportEntries, listEntries, pastExports, readEntry } from '../../../audit/index.js';
import { httpStatusOf, today } from '../../../kernel/index.js';
import type { Tx } from '../../../store/index.js';
import { may, withActor } from '../../../store/index.js';
import type { Choice } from '../../../web/index.js';
import { download } from '../../download.js';
import type { Ctx } from '../../env.js';
import { officer } from '../../officer.js';
import { idOf, notFound, pageNumberOf } from '../../query.js';
import { page } from '../../render-page.js';
import { roleNames } from '../../role-names.js';
import { AuditEntryPage } from './entry-page.js';
import { entriesCsv, entriesXlsx } from './export-file.js';
import type { OfficeNamed } from './log-filter.js';
import { daysReversed, filterOf, namedApart } from './log-filter.js';
import { LogPage } from './log-page.js';

const NOTHING = { rows: [], hasMore: false };

/** Exports shown under the list. */
const EXPORTS_SHOWN = 5;

/** GET /nhat-ky?tu=&den=&nguoi=&coquan=&loai=&viec=&doituong=&trang= */
export async function auditLog(c: Ctx): Promise<Response> {
  const actor = officer(c);
  const { filter, asked } = filterOf(c);
  const number = pageNumberOf(c.req.query('trang'));
  const problem = daysReversed(filter);
  const found = await withActor(c.get('store'), actor, async (tx) => ({
    exports: await pastExports(tx, EXPORTS_SHOWN),
    offices: await officeChoices(tx),
    result: problem ? NOTHING : await listEntries(tx, filter, number),
  }));
  return page(
    c,
    <LogPage
      {...found}
      shell={c.get('shell')}
      asked={asked}
      problem={problem}
      page={number}
      names={roleNames}
      canInspect={may(actor, 'inspection:read')}
    />,
    problem ? httpStatusOf(problem) : 200,
  );
}

/** In the order of the page of offices: the province, then its communes. */
async function officeChoices(tx: Tx): Promise<Choice[]> {
  const { rows } = await tx.query<OfficeNamed>(
    `select o.office_id as "officeId", o.name, o.valid_to as "validTo", o.unit_code as "unitCode"
     from offices o
     left join units u on u.code = o.unit_code and u.valid_from = o.unit_valid_from
     order by o.place_id is not null, coalesce(u.level, 'province') <> 'province', u.sort_key,
       o.valid_to desc nulls first, o.name, o.office_id`,
  );
  return [{ value: '', label: 'Mọi cơ quan' }, ...namedApart(rows)];
}

/** GET /nhat-ky/muc/:id */
export async function auditEntry(c: Ctx): Promise<Response> {
  const id = idOf(c.req.param('id'));
  const entry = await withActor(c.get('store'), officer(c), (tx) => readEntry(tx, id));
  if (!entry) throw notFound();
  return page(c, <AuditEntryPage shell={c.get('shell')} entry={entry} names={roleNames} />);
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** GET /nhat-ky/tai?dang=csv|xlsx&…: the checksum stands in the name of the file, and in the log. */
export async function auditDownload(c: Ctx): Promise<Response> {
  const store = c.get('store');
  const { filter } = filterOf(c);
  const problem = daysReversed(filter);
  if (problem) throw problem;
  const isDemo = c.get('instance').kind === 'demo';
  const format = c.req.query('dang') === 'csv' ? 'csv' : 'xlsx';
  const { body, checksum } = await exportEntries(store, {
    ...{ actor: officer(c), filter, format },
    write: async (rows) =>
      format === 'csv' ? entriesCsv(rows, roleNames, isDemo) : entriesXlsx(rows, roleNames, isDemo),
  });
  const name = `nhat-ky-${periodOf(filter, today(store.clock))}-${checksum.slice(0, 12)}.${format}`;
  return download(body, name, format === 'csv' ? 'text/csv; charset=utf-8' : XLSX);
}

const periodOf = ({ from, to }: EntryFilter, day: string): string =>
  from || to ? `${from ?? 'dau'}-den-${to ?? day}` : `den-${day}`;
