import { count } from '../../../web/index.js';

/** A cell as the file has it; marked when a reason is about it. */
export interface RowCell {
  text: string;
  isMarked: boolean;
}

/** A row that a person has to look at, beside what stood in the file. */
export interface ReviewRow {
  number: number;
  /** The household it became, if any. */
  householdId: string | null;
  headName: RowCell;
  fieldCode: RowCell;
  members: RowCell;
  b1: RowCell;
  b2: RowCell;
  fieldClass: RowCell;
  /** The recomputed class in words, or that there is none. */
  computed: string;
  /** The cell a reason is about stands in the raw row alone: that row is open from the start. */
  isOpen: boolean;
  /** Sentences beside the one the row stands under. */
  otherReasons: readonly string[];
  /** Column title → raw text, in the order of the file. */
  raw: readonly { title: string; text: string }[];
}

/** The rows that share their first reason, sheet by sheet. */
export interface ReasonGroup {
  code: string;
  /** In words: "Điểm B2 phải là bội số của 10 …". */
  sentence: string;
  total: number;
  /** How many of them stand here. */
  shown: number;
  sheets: readonly { sheet: string; rows: readonly ReviewRow[] }[];
}

const COLUMNS = [
  ['Dòng', 'n'],
  ['Chủ hộ', ''],
  ['Mã hộ', ''],
  ['Số khẩu', 'n'],
  ['B1', 'n'],
  ['B2', 'n'],
  ['Phân loại trong tệp', ''],
  ['Tính lại', ''],
] as const;

/** A table an officer reads; on a phone each row is a small block. The whole raw row opens below it. */
export function ReviewRows({ group }: { group: ReasonGroup }) {
  return (
    <table class="data review">
      <caption>
        <span class="unseen">{`${group.sentence} ${count(group.total)} dòng`}</span>
      </caption>
      <thead>
        <tr>
          {COLUMNS.map(([title, kind]) => (
            <th scope="col" class={kind}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      {group.sheets.map(({ sheet, rows }) => (
        <tbody>
          <tr class="sheet-name">
            <th scope="rowgroup" colspan={COLUMNS.length}>{`Trang tính “${sheet}”`}</th>
          </tr>
          {rows.map((row) => (
            <>
              <MainRow row={row} />
              <RawRow row={row} />
            </>
          ))}
        </tbody>
      ))}
    </table>
  );
}

function MainRow({ row }: { row: ReviewRow }) {
  const cells = [row.headName, row.fieldCode, row.members, row.b1, row.b2, row.fieldClass];
  return (
    <tr>
      <th scope="row" class="n" data-title="Dòng">
        {row.number}
      </th>
      {cells.map((cell, index) => {
        const [title, kind] = COLUMNS[index + 1] ?? ['', ''];
        return (
          <td class={kind} data-title={title}>
            <Value
              cell={cell}
              {...(index === 0 && row.householdId ? { href: `/ho/${row.householdId}?tu=tep` } : {})}
            />
          </td>
        );
      })}
      <td data-title="Tính lại">{row.computed}</td>
    </tr>
  );
}

function Value({ cell, href }: { cell: RowCell; href?: string }) {
  const text = cell.text === '' ? 'trống' : cell.text;
  const inner = href ? <a href={href}>{text}</a> : text;
  if (!cell.isMarked) return cell.text === '' ? <>–</> : <>{inner}</>;
  return (
    <mark>
      {inner}
      <span class="unseen"> (cần xem)</span>
    </mark>
  );
}

function RawRow({ row }: { row: ReviewRow }) {
  return (
    <tr class="raw">
      <td colspan={COLUMNS.length}>
        {row.otherReasons.length > 0 ? <p>{row.otherReasons.join(' ')}</p> : null}
        <details open={row.isOpen}>
          <summary>{`Cả dòng ${row.number} như trong tệp`}</summary>
          <dl>
            {row.raw.map(({ title, text }) => (
              <>
                <dt>{title}</dt>
                <dd>{text}</dd>
              </>
            ))}
          </dl>
        </details>
      </td>
    </tr>
  );
}
