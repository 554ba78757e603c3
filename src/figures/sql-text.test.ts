import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROJECT_ROOT } from '../store/index.js';
import { sqlText, withTransitions } from './sql-text.js';

it('says once which rows are known at a time', () => {
  const files = readdirSync(join(PROJECT_ROOT, 'sql/views'))
    .filter((name) => name.endsWith('.sql'))
    .filter((name) => sqlText(`sql/views/${name}`).includes('household_round_endings'));
  expect(files).toEqual(['known-rows.sql']);
  expect(withTransitions().match(/household_round_endings/g)).toHaveLength(1);
});
