import { deflateRawSync } from 'node:zlib';

const u16 = (n: number) => Buffer.from([n & 255, n >> 8]);
const u32 = (n: number) => Buffer.concat([u16(n & 0xffff), u16(n >>> 16)]);

/** A zip written by hand, so that it can be wrong: `claimed` is the size the directory states. */
export function rawZip(
  parts: [string, string][],
  claimed: (name: string, real: number) => number = (_, n) => n,
) {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of parts) {
    const data = deflateRawSync(text);
    const sizes = [u32(0), u32(data.length), u32(claimed(name, Buffer.byteLength(text)))];
    const common = [
      u16(20),
      u16(0x800),
      u16(8),
      u16(0),
      u16(0),
      ...sizes,
      u16(Buffer.byteLength(name)),
      u16(0),
    ];
    const entry = Buffer.concat([u32(0x04034b50), ...common, Buffer.from(name), data]);
    const rest = [u16(0), u16(0), u16(0), u32(0), u32(offset), Buffer.from(name)];
    directory.push(Buffer.concat([u32(0x02014b50), u16(20), ...common, ...rest]));
    local.push(entry);
    offset += entry.length;
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0);
  const counts = [u16(parts.length), u16(parts.length), u32(size), u32(offset), u16(0)];
  return Buffer.concat([...local, ...directory, u32(0x06054b50), u16(0), u16(0), ...counts]);
}

/** A directory that claims less than the entry `liar` holds. */
export const lyingZip = (parts: Record<string, string>, liar: string) =>
  rawZip(
    Object.entries({ ...parts, [liar]: ' '.repeat(1_000_000) + parts[liar]! }),
    (name, real) => (name === liar ? 5_000 : real),
  );
