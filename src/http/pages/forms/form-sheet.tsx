import type { Form, FormColumn, FormRow } from '../../../figures/index.js';
import { NO_NUMBER, SITE, count, decimal } from '../../../web/index.js';
import { isRate, unitHref } from '../home/home-model.js';

const MEASURE_LABEL = { household: 'Hộ', person: 'Nhân khẩu' } as const;

/** The form as printed: grouped heads, numbered columns, a bold line for the province. */
export function FormSheet({ form }: { form: Form }) {
  const hasMeasures = form.rows.some((row) => row.measure !== null);
  return (
    <div class="sheet" role="region" aria-label={`Mẫu ${form.form}`} tabindex={0}>
      <table>
        <caption>
          <span class="unseen">{`Mẫu ${form.form}. ${form.title}, năm ${form.round}`}</span>
          {form.synthetic ? <small class="mark">{SITE.simulated}</small> : null}
        </caption>
        <colgroup>
          <col class="name" />
          {hasMeasures ? <col class="measure" /> : null}
          {form.columns.map(() => (
            <col class="number" />
          ))}
        </colgroup>
        <thead>
          <HeadRows columns={form.columns} hasMeasures={hasMeasures} />
        </thead>
        {unitsOf(form.rows).map((rows) => (
          <UnitRows rows={rows} columns={form.columns} hasMeasures={hasMeasures} />
        ))}
      </table>
    </div>
  );
}

interface HeadProps {
  columns: readonly FormColumn[];
  hasMeasures: boolean;
}

function HeadRows({ columns, hasMeasures }: HeadProps) {
  const groups = groupsOf(columns);
  const hasGroups = groups.some((group) => group.title !== null);
  const down = hasGroups ? { rowspan: 2 } : {};
  return (
    <>
      <tr>
        <th scope="col" rowspan={hasGroups ? 3 : 2}>
          Đơn vị
        </th>
        {hasMeasures ? (
          <th scope="col" rowspan={hasGroups ? 3 : 2}>
            Phân tổ
          </th>
        ) : null}
        {groups.map((group) =>
          group.title === null ? (
            group.columns.map((column) => (
              <th scope="col" class="n" {...down}>
                {column.title}
              </th>
            ))
          ) : (
            <th scope="colgroup" class="g" colspan={group.columns.length}>
              {group.title}
            </th>
          ),
        )}
      </tr>
      {hasGroups ? (
        <tr>
          {groups
            .filter((group) => group.title !== null)
            .flatMap((group) => group.columns)
            .map((column) => (
              <th scope="col" class="n">
                {column.title}
              </th>
            ))}
        </tr>
      ) : null}
      <tr class="numbers">
        {columns.map((column) => (
          <th scope="col" class="n">
            {column.number}
            {column.formula === null ? null : <Formula formula={column.formula} />}
          </th>
        ))}
      </tr>
    </>
  );
}

const OPERATORS: Readonly<Record<string, string>> = { '*': '×', '-': '−' };

/** "= 3/1×100" under the column's number; it may break before an operator. */
function Formula({ formula }: { formula: string }) {
  const parts = formula.replaceAll(' ', '').split(/(?=[-+*])/);
  return (
    <small>
      {'= '}
      {parts.map((part) => (
        <>
          {part.replace(/^[-*]/, (sign) => OPERATORS[sign] ?? sign)}
          <wbr />
        </>
      ))}
    </small>
  );
}

interface Group {
  title: string | null;
  columns: FormColumn[];
}

/** Neighbouring columns under one heading. */
function groupsOf(columns: readonly FormColumn[]): Group[] {
  const groups: Group[] = [];
  for (const column of columns) {
    const last = groups.at(-1);
    if (last && column.group !== null && last.title === column.group) last.columns.push(column);
    else groups.push({ title: column.group, columns: [column] });
  }
  return groups;
}

/** Rows of one unit stand together: households, then persons. */
function unitsOf(rows: readonly FormRow[]): FormRow[][] {
  const units: FormRow[][] = [];
  for (const row of rows) {
    const last = units.at(-1);
    const head = last?.[0];
    if (last && head && isSameUnit(head, row)) last.push(row);
    else units.push([row]);
  }
  return units;
}

const isSameUnit = (a: FormRow, b: FormRow): boolean =>
  a.level === b.level && a.unitCode === b.unitCode && a.unitValidFrom === b.unitValidFrom;

interface UnitRowsProps extends HeadProps {
  rows: readonly FormRow[];
}

function UnitRows({ rows, columns, hasMeasures }: UnitRowsProps) {
  return (
    <tbody>
      {rows.map((row, index) => (
        <tr {...(row.level === 'province' ? { class: 'total' } : {})}>
          {index === 0 ? (
            <th scope="rowgroup" rowspan={rows.length}>
              <UnitName row={row} />
            </th>
          ) : null}
          {hasMeasures ? <td>{row.measure ? MEASURE_LABEL[row.measure] : ''}</td> : null}
          {columns.map((column) => (
            <td class="n">{cellText(row, column.number)}</td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function UnitName({ row }: { row: FormRow }) {
  if (row.level !== 'commune' || row.unitCode === null) return <>{row.name}</>;
  return <a href={unitHref(row.unitCode, row.unitValidFrom)}>{row.name}</a>;
}

function cellText(row: FormRow, number: number): string {
  if (row.suppressed?.includes(String(number))) return 'ẩn';
  const cell = row.cells[number];
  if (cell === null || cell === undefined) return NO_NUMBER;
  return isRate(cell) ? decimal(cell.value) : count(cell);
}
