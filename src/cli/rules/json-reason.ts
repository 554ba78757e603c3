/**
 * Why a line is no JSON, as a sentence for a person. The program that reads it says so in English, and
 * not always where; only what it knows is told.
 */
export function jsonReason(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : '';
  const place = /at position (\d+)/.exec(message)?.[1];
  const isCut = /^Unexpected end|^Unterminated/.test(message) || Number(place) >= text.length;
  if (isCut) return 'Dòng bị cắt giữa chừng: thiếu dấu ngoặc hoặc dấu nháy đóng.';
  if (place !== undefined) return `Sai cú pháp từ ký tự thứ ${Number(place) + 1}.`;
  const token = /^Unexpected token (?:'(.)'|(.))/su.exec(message);
  const found = token?.[1] ?? token?.[2];
  return found === undefined ? 'Sai cú pháp JSON.' : `Có ký tự “${found}” không đúng chỗ.`;
}
