import { decimal, oneDigit } from '../../text/numbers.js';
import { DataMark } from '../data-mark/data-mark.js';
import { fiveSteps } from './steps.js';

export interface Tile {
  code: string;
  name: string;
  href: string;
  column: number;
  row: number;
  /** Percent as decimal text; `null` = no figure, or suppressed. */
  value: string | null;
  /** Why there is no value. */
  note?: string;
}

export interface TileMapProps {
  tiles: readonly Tile[];
  label: string;
  isSimulated: boolean;
}

const SIZE = 59;
const PAPER = 56;

/** Each unit one tile in nearly true position; each tile a link. Names give way to numbers on a phone. */
export function TileMap({ tiles, label, isSimulated }: TileMapProps) {
  const steps = fiveSteps(tiles.flatMap((tile) => (tile.value === null ? [] : Number(tile.value))));
  const width = (Math.max(...tiles.map((tile) => tile.column)) + 1) * SIZE - 3;
  const rows = (Math.max(...tiles.map((tile) => tile.row)) + 1) * SIZE - 3;
  const hasValues = tiles.some((tile) => tile.value !== null);
  // The mark goes over the empty north-east corner, or under the map where there is none.
  const isCornerFree = !tiles.some((tile) => tile.row === 0 && (tile.column + 6) * SIZE > width);
  const height = isSimulated && !isCornerFree ? rows + 50 : rows;
  return (
    <>
      <svg class="tiles" viewBox={`0 0 ${width} ${height}`} role="group" aria-label={label}>
        {tiles.map((tile) => (
          <TileLink tile={tile} step={tile.value === null ? 0 : steps.stepOf(Number(tile.value))} />
        ))}
        {isSimulated ? <DataMark x={width} y={isCornerFree ? 18 : rows + 20} /> : null}
      </svg>
      <p class="key">
        {(hasValues ? steps.labels : []).map((text, index) => (
          <span>
            <i class={`q${index + 1}`} />
            {text}
          </span>
        ))}
        {tiles.some((tile) => tile.value === null) ? (
          <span>
            <i class="q0" />
            ẩn hoặc chưa có
          </span>
        ) : null}
      </p>
    </>
  );
}

function TileLink({ tile, step }: { tile: Tile; step: number }) {
  const left = tile.column * SIZE;
  const top = tile.row * SIZE;
  const middle = left + PAPER / 2;
  const [first, second] = twoLines(shortName(tile.name));
  const number = tile.value === null ? '–' : oneDigit(tile.value);
  const says = tile.value === null ? (tile.note ?? 'không có số') : `${decimal(tile.value)} %`;
  return (
    <a href={tile.href} class={`tile q${step}`}>
      <title>{`${tile.name}: ${says}`}</title>
      <rect x={left} y={top} width={PAPER} height={PAPER} rx="3" />
      <text class="name" x={middle} y={second ? top + 17 : top + 24}>
        {first}
      </text>
      {second ? (
        <text class="name" x={middle} y={top + 31}>
          {second}
        </text>
      ) : null}
      <text class="number" x={middle} y={top + 48}>
        {number}
      </text>
    </a>
  );
}

const shortName = (name: string): string => name.replace(/^(Xã|Phường|Thị trấn|Đặc khu) /u, '');

/** At most two lines of about ten letters: "Lương Văn Tri" → "Lương Văn", "Tri". */
function twoLines(name: string): [string, string | undefined] {
  const words = name.split(' ');
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [words.slice(0, last ? -1 : undefined).join(' '), last];
}
