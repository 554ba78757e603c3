/** How numbers are written for people: `1.234.567,89`, a real minus sign, no thin spaces. */

/** 1234567 → "1.234.567"; a fraction is cut off, and what is left of −0,5 is plain "0". */
export function formatInteger(value: number): string {
  const whole = Math.trunc(value);
  const digits = String(Math.abs(whole)).replace(/\B(?=(\d{3})+$)/g, '.');
  return whole < 0 ? `−${digits}` : digits;
}

/** "1234.50" → "1.234,50": takes decimal text so that no digit is invented or lost. Zero has no sign. */
export function formatDecimal(decimal: string): string {
  const negative = decimal.startsWith('-');
  const [whole = '0', fraction] = (negative ? decimal.slice(1) : decimal).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
  return (
    (negative && /[1-9]/.test(decimal) ? '−' : '') +
    grouped +
    (fraction === undefined ? '' : `,${fraction}`)
  );
}

/** Like `formatDecimal`, with a plus sign in front of a positive value. */
export function formatSigned(decimal: string): string {
  const text = formatDecimal(decimal);
  return decimal.startsWith('-') || !/[1-9]/.test(decimal) ? text : `+${text}`;
}
