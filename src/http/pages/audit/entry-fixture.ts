import type { EntryLine } from '../../../audit/index.js';

/** An entry for tests of pages. */
export const entryExample = (over: Partial<EntryLine> = {}): EntryLine => ({
  entryId: '0199a000-0000-7000-8000-000000000001',
  stream: 'book:b1',
  seq: 7,
  at: new Date('2025-11-23T02:30:00Z'),
  actorId: '0199a000-0000-7000-8000-0000000000aa',
  actorName: 'Cán bộ Mẫu',
  role: 'commune_officer',
  officeName: 'UBND xã Mẫu',
  behalfName: null,
  device: null,
  action: 'household.read',
  subjectKind: 'household',
  subjectId: 'h1',
  subjectName: null,
  listName: null,
  placeName: 'Thôn Mẫu 01',
  baseVersion: null,
  reason: null,
  purpose: null,
  inspection: null,
  payload: null,
  isRedacted: false,
  fileName: null,
  ...over,
});
