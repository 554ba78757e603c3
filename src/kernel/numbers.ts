/** How numbers are written for people: `1.234.567,89`, a real minus sign, no thin spaces. */

/** 1234567 → "1.234.567". */
export function formatInteger(value: number): string {
  const digits = String(Math.abs(Math.trunc(value))).replace(/\B(?=(\d{3})+$)/g, '.');
  return value < 0 ? `−${digits}` : digits;
}

/** "1234.50" → "1.234,50": takes decimal text so that no digit is invented or lost. */
export function formatDecimal(decimal: string): string {
  const negative = decimal.startsWith('-');
  const [whole = '0', fraction] = (negative ? decimal.slice(1) : decimal).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
  return (negative ? '−' : '') + grouped + (fraction === undefined ? '' : `,${fraction}`);
}

/** Like `formatDecimal`, with a plus sign in front of a positive value. */
export function formatSigned(decimal: string): string {
  const text = formatDecimal(decimal);
  return decimal.startsWith('-') || Number(decimal) === 0 ? text : `+${text}`;
}
