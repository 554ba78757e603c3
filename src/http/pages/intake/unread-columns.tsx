import { Card, DataTable, count } from '../../../web/index.js';

/** A column of the file that the form does not know, over all sheets that have it. */
export interface UnreadColumnLine {
  title: string;
  sheets: readonly string[];
  rows: number;
}

/** Said before anything is written: what somebody typed and the book will not hold. */
export function UnreadColumns({ columns }: { columns: readonly UnreadColumnLine[] }) {
  return (
    <Card
      title={`${columns.length} cột trong tệp không được đọc`}
      lead="Biểu này không có các cột ấy: giá trị chỉ giữ trong dòng gốc, không vào sổ và không vào số liệu. Nếu là cột của biểu, sửa tên cột cho đúng rồi nộp lại."
    >
      <DataTable
        caption="Các cột không được đọc"
        rows={columns}
        columns={[
          { title: 'Cột', cell: (row) => row.title },
          { title: 'Trang tính', cell: (row) => row.sheets.join(', '), wideOnly: true },
          { title: 'Dòng có giá trị', cell: (row) => count(row.rows), numeric: true },
        ]}
      />
    </Card>
  );
}
