/** Short names of the poverty standards, with the years in which each really applies. */
const STANDARDS: Readonly<Record<string, string>> = {
  'PS-2016': 'chuẩn nghèo 2016–2020 (áp dụng đến hết 2021)',
  'PS-2022': 'chuẩn nghèo 2022–2025 (áp dụng đến hết 2026)',
  'PS-2027': 'chuẩn nghèo 2027–2030',
};

export const standardLabel = (id: string): string => STANDARDS[id] ?? id;
