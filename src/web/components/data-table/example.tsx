import { DataTable } from './data-table.js';

const ROWS = [
  { name: 'Xã Mẫu Một', households: '1.234', rate: '5,67' },
  { name: 'Phường Mẫu Hai có tên rất dài để thử xuống dòng', households: '987', rate: '–' },
];

export const dataTableExample = () => (
  <DataTable
    caption="Hai đơn vị mẫu"
    rows={ROWS}
    columns={[
      { title: 'Xã, phường', cell: (row) => row.name },
      { title: 'Số hộ', cell: (row) => row.households, numeric: true, wideOnly: true },
      { title: 'Tỷ lệ, %', cell: (row) => row.rate, numeric: true },
    ]}
  />
);
