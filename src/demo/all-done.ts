/**
 * Waits for all of them, also when one fails, so that nothing goes on behind the caller's back.
 * @throws the first failure, in the order given
 */
export async function allDone(works: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(works)) {
    if (result.status === 'rejected') throw result.reason;
  }
}
