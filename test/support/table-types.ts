import type pg from 'pg';

const HEADER = `import type { ColumnType, Generated } from 'kysely';

// The tables as Kysely sees them. Made from the schema (npm run schema); do not edit.

/** \`numeric\` comes out as text, so that no decimal changes on the way. */
type Decimal = ColumnType<string, string | number, string | number>;
type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Json = ColumnType<unknown, unknown, unknown>;
`;

const TYPES: Record<string, string> = {
  bigint: 'ColumnType<number | string, number | string | bigint, number | string | bigint>',
  boolean: 'boolean',
  bytea: 'Buffer',
  date: 'string',
  integer: 'number',
  jsonb: 'Json',
  json: 'Json',
  numeric: 'Decimal',
  smallint: 'number',
  text: 'string',
  'text[]': 'string[]',
  'uuid[]': 'string[]',
  'timestamp with time zone': 'Timestamp',
  uuid: 'string',
};

interface Column {
  table: string;
  column: string;
  type: string;
  labels: string[] | null;
  is_nullable: boolean;
  has_default: boolean;
  is_view: boolean;
}

const COLUMNS = `
  select c.oid::regclass::text as table, a.attname::text as column,
    format_type(a.atttypid, null) as type,
    (select array_agg(e.enumlabel::text order by e.enumsortorder) from pg_enum e
      where e.enumtypid = a.atttypid) as labels,
    not a.attnotnull as is_nullable, a.atthasdef as has_default, c.relkind = 'v' as is_view
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relnamespace in ('public'::regnamespace, 'publication'::regnamespace)
    and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped
  order by c.oid::regclass::text, a.attnum`;

/** The text of `src/store/tables.ts`: one interface a table, and `Database` that names them all. */
export async function tableTypes(client: pg.Client): Promise<string> {
  const { rows } = await client.query<Column>(COLUMNS);
  const tables = new Map<string, Column[]>();
  for (const row of rows) tables.set(row.table, [...(tables.get(row.table) ?? []), row]);
  const parts = [HEADER];
  for (const [table, columns] of tables) {
    const fields = columns.map((column) => `  ${column.column}: ${typeOf(column)};`);
    parts.push(`export interface ${interfaceName(table)} {\n${fields.join('\n')}\n}\n`);
  }
  const names = [...tables.keys()].map((table) => `  ${key(table)}: ${interfaceName(table)};`);
  parts.push(`export interface Database {\n${names.join('\n')}\n}\n`);
  return parts.join('\n');
}

function typeOf({ type, labels, is_nullable, has_default, is_view }: Column): string {
  const base = labels?.map((label) => `'${label}'`).join(' | ') ?? TYPES[type.replace(/\(.*/, '')];
  if (base === undefined) throw new Error(`no TypeScript type for ${type}`);
  // The catalogs do not know which columns of a view can be null: all of them might.
  const selected = is_nullable || is_view ? `${base} | null` : base;
  return has_default ? `Generated<${selected}>` : selected;
}

const interfaceName = (table: string): string =>
  `${table
    .split(/[_.]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}Table`;

/** A table of another schema has a dot in its name. */
const key = (table: string): string => (table.includes('.') ? `'${table}'` : table);
