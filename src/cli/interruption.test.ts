import { expect, test } from 'vitest';
import { Interruption } from './interruption.js';

function asked(isBeside: boolean, ...at: number[]) {
  let now = 0;
  const interruption = new Interruption(isBeside, () => now);
  expect(interruption.signal.aborted).toBe(false);
  const answers = at.map((time) => {
    now = time;
    return interruption.ask('SIGINT');
  });
  expect(interruption.signal.reason).toMatchObject({ code: 'interrupted' });
  return answers;
}

test('one signal, passed on twice by terminal and npm, asks for one orderly end', () => {
  expect(asked(false, 50, 50, 900)).toEqual(['end-in-order', 'end-in-order', 'end-in-order']);
});

test('somebody who asks again later will not wait', () => {
  expect(asked(false, 50, 1_051)).toEqual(['end-in-order', 'end-at-once']);
});

test('the child of a service ends in order, however often it is asked', () => {
  expect(asked(true, 50, 60, 60_000)).toEqual(['end-in-order', 'end-in-order', 'end-in-order']);
});
