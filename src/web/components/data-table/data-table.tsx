import type { Child } from 'hono/jsx';
import { SITE } from '../../text/site.js';

export interface Column<Row> {
  title: Child;
  /** The first column is the row's heading. */
  cell: (row: Row, index: number) => Child;
  /** Numbers stand right, tabular, and never wrap. */
  numeric?: boolean;
  /** Left out on a phone, because another column or a link gives it. */
  wideOnly?: boolean;
}

export interface DataTableProps<Row> {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Read out, not shown: the card's title says it already. */
  caption: string;
  rowClass?: (row: Row) => string | undefined;
  /** Simulated rows carry the mark inside the table, so that a copy or a cut-out keeps it. */
  isSimulated?: boolean;
  /** In words, when there is no row. */
  empty?: Child;
}

/** A plain table: copies into a spreadsheet as it stands. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  if (props.rows.length === 0 && props.empty) return <p class="empty">{props.empty}</p>;
  return (
    <table class="data">
      <caption>
        <span class="unseen">{props.caption}</span>
        {props.isSimulated ? <small class="mark">{SITE.simulated}</small> : null}
      </caption>
      <thead>
        <tr>
          {props.columns.map((column) => (
            <th scope="col" {...classOf(column)}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row, index) => (
          <BodyRow {...props} row={row} index={index} />
        ))}
      </tbody>
    </table>
  );
}

function BodyRow<Row>(props: DataTableProps<Row> & { row: Row; index: number }) {
  const { columns, row, index, rowClass } = props;
  const extra = rowClass?.(row);
  return (
    <tr {...(extra ? { class: extra } : {})}>
      {columns.map((column, at) =>
        at === 0 ? (
          <th scope="row" {...classOf(column)}>
            {column.cell(row, index)}
          </th>
        ) : (
          <td {...classOf(column)}>{column.cell(row, index)}</td>
        ),
      )}
    </tr>
  );
}

function classOf(column: { numeric?: boolean; wideOnly?: boolean }): { class?: string } {
  const names = [column.numeric ? 'n' : '', column.wideOnly ? 'w' : ''].filter(Boolean);
  return names.length > 0 ? { class: names.join(' ') } : {};
}
