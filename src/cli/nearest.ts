/** Edits (insert, delete, replace, swap of neighbours) from one word to the other. */
export function editDistance(a: string, b: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(replaced, previous[j]! + 1, current[j - 1]! + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, older[j - 2]! + 1);
      current.push(best);
    }
    older = previous;
    previous = current;
  }
  return previous[b.length]!;
}

/** The word people probably meant: at most a third of its letters differ, or a unique beginning. */
export function nearest(word: string, known: readonly string[]): string | null {
  const beginning = known.filter((candidate) => candidate.startsWith(word));
  if (word.length >= 2 && beginning.length === 1) return beginning[0]!;
  let best: string | null = null;
  let distance = Infinity;
  for (const candidate of known) {
    const edits = editDistance(word, candidate);
    if (edits < distance) [best, distance] = [candidate, edits];
  }
  return distance <= Math.max(1, Math.floor((best ?? '').length / 3)) ? best : null;
}
