import { TileMap } from './tile-map.js';

const NAMES = [
  'Xã Lương Văn Tri',
  'Phường Mẫu',
  'Xã Ấp',
  'Xã Thuỵ Hùng',
  'Xã Quý Hoà',
  'Xã Mẫu Sơn',
];

/** Six units in two rows, one of them without a figure. Values are made up. */
export const tileMapExample = () => (
  <TileMap
    isSimulated
    label="Tỷ lệ hộ nghèo theo xã"
    tiles={NAMES.map((name, i) => ({
      code: `0000${i}`,
      name,
      href: `/dia-ban/0000${i}`,
      column: i % 3,
      row: Math.floor(i / 3),
      value: i === 4 ? null : `${i + 1}.25`,
      ...(i === 4 ? { note: 'ẩn để bảo vệ thông tin cá nhân' } : {}),
    }))}
  />
);
