import { isScopeOfPlace } from '../areas/index.js';
import { Problem } from '../kernel/index.js';
import type { Actor, Permission } from '../store/index.js';
import { scopesFor } from '../store/index.js';

/** Previewing, writing and taking back files of the review: what the book of households is made from. */
export const IMPORTING: Permission = 'household:propose';

/**
 * Can this person bring in files? A sheet is a whole commune's: whoever writes to one village alone
 * would see a file read of which nothing can be written.
 */
export const mayImport = (actor: Actor): boolean =>
  scopesFor(actor, IMPORTING).some((key) => !isScopeOfPlace(key));

/** Told to who may write to a village alone. */
export const importOfWholeCommunes = (): Problem =>
  new Problem('refused', {
    code: 'import-of-communes',
    what: 'Tài khoản này chỉ ghi được trong một thôn, không nhập được tệp rà soát.',
    why: 'Tệp rà soát gồm cả xã: mỗi trang tính là một xã.',
    todo: 'Gửi tệp cho cán bộ xã để xã nhập.',
  });
