import { officeKinds } from './office-kinds.js';

/** SQL: the row of `role_assignments` called `row` is in force on a day and at an instant. */
export const inForce = (row: string, day: string, now: string): string =>
  `${row}.valid_from <= ${day} and (${row}.valid_to is null or ${row}.valid_to >= ${day})
    and (${row}.withdrawn_at is null or ${row}.withdrawn_at > ${now})`;

/** SQL: the role of `row` is one that is held in the kind of office `office`. */
const fitsOffice = (row: string, office: string): string => {
  // Kinds and roles are words of the pack that its schema lets hold letters and lines alone.
  const pairs = officeKinds().flatMap(({ id, roles }) => roles.map((role) => `'${id}:${role}'`));
  return `(${office}.kind || ':' || ${row}.role) in (${pairs.join(', ')})`;
};

/**
 * SQL over `r` (`role_assignments`): the role gives something on a day and at an instant. It is in force,
 * and so is its office. One that was handed over gives no more than where it comes from: while its giver
 * holds it and has an account, and while whoever received it holds a role of their own
 * in that office, of those its kind has (`colleaguesIn` asks the same).
 */
export const heldOn = (day: string, now: string): string => `(${inForce('r', day, now)}
  and exists (select from offices h where h.office_id = r.office_id
    and h.valid_from <= ${day} and (h.valid_to is null or h.valid_to >= ${day}))
  and (r.delegated_from is null or exists (
    select from role_assignments g
    join accounts ga on ga.person_account_id = g.person_account_id and ga.disabled_at is null
    where g.assignment_id = r.delegated_from and ${inForce('g', day, now)}
      and exists (select from role_assignments w join offices wo on wo.office_id = w.office_id
        where ${fitsOffice('w', 'wo')} and w.person_account_id = r.person_account_id and w.office_id = g.office_id
          and w.delegated_from is null and ${inForce('w', day, now)}))))`;
