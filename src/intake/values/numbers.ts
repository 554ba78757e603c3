const PLAIN = /^[-+−]?\d+$/;
const GROUPED_BY_DOT = /^[-+−]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/;
const GROUPED_BY_COMMA = /^[-+−]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;
const GROUPED_BY_SPACE = /^[-+−]?[1-9]\d{0,2}( \d{3})+([.,]\d+)?$/;
const ONE_SEPARATOR = /^[-+−]?\d+[.,]\d+$/;

/**
 * Reads a number as it is written here and abroad: `1.234` and `1,234` are both 1234 (groups of three
 * after a separator are thousands, unless the number begins with 0), `140,0` and `140.0` are 140,
 * `1.234,5` and `1,234.5` are 1234.5. `null` = no number, or one that no computer number holds.
 */
export function parseNumberText(text: string): number | null {
  const decimal = decimalText(text);
  if (decimal === null) return null;
  const number = settle(Number(decimal.replace('−', '-')));
  return Number.isFinite(number) ? number : null;
}

function decimalText(text: string): string | null {
  if (PLAIN.test(text)) return text;
  if (GROUPED_BY_DOT.test(text)) return text.replaceAll('.', '').replace(',', '.');
  if (GROUPED_BY_COMMA.test(text)) return text.replaceAll(',', '');
  if (GROUPED_BY_SPACE.test(text)) return text.replaceAll(' ', '').replace(',', '.');
  return ONE_SEPARATOR.test(text) ? text.replace(',', '.') : null;
}

/** 139.99999999999997, the trace of a formula, is 140: fifteen digits are more than a file means. */
export function settle(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(12));
}
