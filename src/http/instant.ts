/** "09:30 23/11/2025", Vietnam's clock (UTC+7 all year). */
export function instantText(instant: Date): string {
  const local = new Date(instant.getTime() + 7 * 3_600_000).toISOString();
  const [year, month, day] = local.slice(0, 10).split('-');
  return `${local.slice(11, 16)} ${day}/${month}/${year}`;
}
