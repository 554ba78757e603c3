import fc from 'fast-check';

/** Harmless where it is escaped; anywhere else the judge finds it. */
export const CANARY = `"'><zqx zqa="1">`;

/** What people who mean harm type into fields, by what it is aimed at. */
export const NASTY: Readonly<Record<string, readonly string[]>> = {
  sql: [
    `' or 1=1 --`,
    `'; drop table households; --`,
    `\\'; select pg_sleep(9); --`,
    `1) union select null, version() --`,
    `$1`,
    `$$x$$`,
    `%' escape '%`,
    `{"a":1}`,
    `{1,2}`,
  ],
  html: [CANARY, `<script>zqx</script>`, `</title><zqx>`, `{{7*7}}`, `javascript:zqx`, `&lt;zqx`],
  formula: [`=cmd|' /C calc'!A0`, '+1+1', '-1+1', '@SUM(1)', '\t=1', '\r=1'],
  header: [
    'a\r\nx-zq: 1',
    'a\nset-cookie: zq=1',
    '\r\n\r\n<zqx>',
    'a\u2028x-zq: 1',
    '//zq.example',
    '/\\zq.example',
  ],
  path: [
    '../../../../etc/passwd',
    '..\\..\\x',
    '%2e%2e%2f',
    '/etc/passwd',
    'a\0.xlsx',
    'file:///x',
    '.',
    '..',
    'CON',
  ],
  unicode: [
    '\u202e\u2066evil\u2069',
    'Nɡuyễn Аn',
    '\u200b\u200d\ufeff',
    'e\u0301\u0323\u0302'.repeat(40),
    'Hộ nghèo'.normalize('NFD'),
    '\ud83d\ude00',
    '\uffff\ufffe',
    '\u0000',
    '\u0007\u001b[31m',
    'ﷺ'.repeat(50),
    'ß'.repeat(300),
  ],
  number: [
    'NaN',
    '1e400',
    '-0',
    '-1',
    '99999999999999999999999',
    '0x10',
    '2025.5',
    '١٢',
    'Infinity',
    '9007199254740993',
    '1e9',
    '00',
    '2147483648',
  ],
  date: ['31/02/2025', '0000-00-00', '99999-01-01', '2025-13-01', '-271821-04-20', '10/12/2025'],
  size: ['', ' ', 'x'.repeat(20_000), 'ạ'.repeat(3_000), '{'.repeat(5_000), '\n'.repeat(500)],
  id: [
    '00000000-0000-0000-0000-000000000000',
    '018f0000-0000-7000-8000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '__proto__',
    'constructor',
    'toString',
  ],
};

const ALL = Object.values(NASTY).flat();

/** One of the list, or anything at all. */
export const nasty: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...ALL) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...ALL), fc.constantFrom(...ALL)).map(([a, b]) => a + b),
  },
);

/** Bytes that are no text: half of a character, overlong forms, a lonely surrogate, a cut escape. */
export const BAD_ESCAPES = [
  '%ff',
  '%ed%a0%80',
  '%c0%ae%c0%ae%2f',
  '%',
  '%zz',
  '%u0041',
  '%00',
  '%f8%88%80%80%80',
  '+%26%3d',
];
