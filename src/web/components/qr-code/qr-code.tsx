interface QrCodeProps {
  /** Rows of dark (`true`) and light cells, without a border. */
  cells: readonly (readonly boolean[])[];
  /** For those who do not see it: what it holds and what to do instead. */
  label: string;
}

/** Light cells around the code: without them cameras do not find it. */
const QUIET = 4;

/** A QR code as one path: dark on white also at night and on paper. */
export function QrCode({ cells, label }: QrCodeProps) {
  const size = cells.length + 2 * QUIET;
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={pathOf(cells)} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}

/** Each run of dark cells in a row is one rectangle. */
function pathOf(cells: QrCodeProps['cells']): string {
  return cells
    .flatMap((row, y) => {
      const runs: string[] = [];
      for (let x = 0; x < row.length; x++) {
        if (!row[x]) continue;
        const start = x;
        while (row[x + 1]) x += 1;
        const width = x - start + 1;
        runs.push(`M${start + QUIET} ${y + QUIET}h${width}v1h-${width}z`);
      }
      return runs;
    })
    .join('');
}
