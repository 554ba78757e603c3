import type { Degree } from './words.js';

/** A marking that was found, and where it stands, as an officer would say it. */
export interface Marking {
  degree: Degree;
  place: string;
}
