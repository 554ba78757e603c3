import { finds, shows } from './recipe.js';

export const registry = {
  'GET /ho': finds('household', (word) => [
    `?ten=${word}&status=`,
    `?ten=${word}&status=&round=2024`,
    '?status=',
    '?status=&trang=2',
    '?status=near_poor',
    '?status=&round=2024',
    '?mau=1&round=2025&boundaries=2025-12-31&cot=1',
    '?mau=1&round=2025&boundaries=2025-12-31&cot=3&area=06613',
    '?mau=2&round=2025&boundaries=2025-12-31&cot=1&area=06004',
  ]),
  'GET /ho/:id': shows('household'),
};
