import type { Permission } from '../store/index.js';

/** Previewing, writing and taking back files of the review: what the book of households is made from. */
export const IMPORTING: Permission = 'household:propose';
