import { expect, test } from 'vitest';
import type { ListView, OpenAct } from '../../../review/index.js';
import { render } from '../../../web/index.js';
import { ActsCard } from './acts-card.js';

const card = (...acts: OpenAct[]): string =>
  render(<ActsCard list={{ state: 'submitted', acts } as ListView} commandIds={{}} typed={{}} />);

const act = (name: OpenAct['act'], blockedBecause: string | null = null): OpenAct => ({
  ...{ act: name, label: name === 'approve' ? 'Duyệt trình' : 'Trả lại', blockedBecause },
});

test('a maker who also holds the leader’s role is told why not to approve, and what sending back is', () => {
  const own = card(act('approve', 'Người lập không phải là người duyệt.'), act('return'));
  expect(own).toContain('Bạn không “duyệt trình” được.');
  expect(own).not.toContain('/duyet"');
  expect(own).toContain('Bạn vẫn trả lại được: trả lại không phải là duyệt');
  const other = card(act('approve'), act('return'));
  expect(other).toContain('/duyet"');
  expect(other).not.toContain('Bạn vẫn trả lại được');
});
