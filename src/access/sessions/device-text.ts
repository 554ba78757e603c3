/** A device in words that its owner understands, from what the browser calls itself. */
export interface DeviceText {
  /** "Chrome trên máy tính Windows". */
  device: string;
  isPhone: boolean;
}

/** The first that fits; those that pass themselves off as another stand before it. */
const BROWSERS: readonly [RegExp, string][] = [
  [/coc_coc_browser/i, 'Cốc Cốc'],
  [/zalo/i, 'Zalo'],
  [/FBAN|FBAV/, 'Facebook'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser/, 'trình duyệt Samsung'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/CriOS|Chrom(e|ium)/, 'Chrome'],
  [/Safari/, 'Safari'],
];

const SYSTEMS: readonly [RegExp, string, boolean][] = [
  [/iPhone|iPod/, 'iPhone', true],
  [/iPad/, 'iPad', true],
  [/Android.*Mobile/, 'điện thoại Android', true],
  [/Android/, 'máy tính bảng Android', true],
  [/Windows/, 'máy tính Windows', false],
  [/Mac OS X|Macintosh/, 'máy tính Mac', false],
  [/CrOS/, 'máy tính Chromebook', false],
  [/Linux|X11/, 'máy tính Linux', false],
];

/** What a browser calls itself, in words: "Chrome trên máy tính Windows". */
export function deviceText(userAgent: string | null): DeviceText {
  const agent = userAgent ?? '';
  const browser = BROWSERS.find(([pattern]) => pattern.test(agent))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent));
  const isPhone = system?.[2] ?? false;
  if (!browser && !system) return { device: 'Thiết bị không rõ loại', isPhone };
  const name = browser ?? 'Trình duyệt lạ';
  const text = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return { device: system ? `${text} trên ${system[1]}` : text, isPhone };
}
