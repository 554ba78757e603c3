import type { HouseholdMember, HouseholdView } from '../../../registry/index.js';
import { IDENTIFIER_LABEL } from '../../../registry/index.js';
import { explainHousehold } from '../../../review/index.js';
import { yearOf } from '../../../kernel/index.js';
import type { EntryLine, Names as RoleNames } from '../../../audit/index.js';
import { unitHref } from '../home/home-model.js';
import { householdHistory } from './household-history.js';
import {
  CAUSE_LABEL,
  END_REASON,
  INDICATORS,
  RELATION_LABEL,
  decisionText,
} from './household-labels.js';
import type { PersonNumbers } from './identifiers-card.js';
import type { HouseholdPageData, MemberLine, RoundLine } from './household-page.js';

type Round = HouseholdView['rounds'][number];

interface Around {
  ethnicGroups: ReadonlyMap<string, string>;
  roles: RoleNames;
  /** May the reader hand out a code to this household? */
  mayIssueCode: boolean;
}

/** Lines of the history on the page itself; the rest is a link away. */
const SHOWN = 10;

/** What the page of a household shows, from what the registry knows. */
export function householdPageData(
  view: HouseholdView,
  around: Around,
  acts: readonly EntryLine[],
): HouseholdPageData {
  const counted = view.rounds.filter((round) => round.state === 'current');
  const latest = counted[0];
  const head = view.members.find((member) => member.relation === 'head');
  return {
    headName: latest?.headName ?? head?.fullName ?? 'chưa rõ tên',
    fieldCode: latest?.fieldCode ?? null,
    villageName: view.place.kind === 'village' ? view.place.name : 'chưa rõ thôn',
    unitName: view.unit?.name ?? 'chưa xác định xã',
    unitHref: view.unit ? unitHref(view.unit.code, view.unit.validFrom) : '/dia-ban',
    members: view.members.map((member) => memberLine(member, around.ethnicGroups)),
    people: view.members.filter((member) => member.validTo === null).map(peopleOf(view)),
    rounds: counted.map(roundLine).reverse(),
    indicators: INDICATORS.map(({ id, label }) => ({
      label,
      deprived: latest?.deprivations[id] ?? null,
    })),
    explanation: latest ? explanationOf(latest) : null,
    causes: Object.entries(latest?.causes ?? {})
      .filter(([, isCause]) => isCause === true)
      .map(([id]) => CAUSE_LABEL[id] ?? id),
    historyHref: `/ho/${view.householdId}/lich-su`,
    history: householdHistory(view, acts, around.roles).slice(0, SHOWN),
    codeHref: around.mayIssueCode ? `/ho/${view.householdId}/phieu` : null,
    isSynthetic: latest?.isSynthetic ?? false,
  };
}

/** The rule applied to the row that counts, step by step with its articles. */
function explanationOf(row: Round): HouseholdPageData['explanation'] {
  const { steps, missing } = explainHousehold({
    round: row.round,
    standard_id: row.standardId,
    area: row.area,
    b1: row.b1,
    b2: row.b2,
    ...Object.fromEntries(
      Object.entries(row.deprivations).map(([id, value]) => [`deprived_${id}`, value]),
    ),
  });
  return {
    missing,
    steps: steps.map(({ sentence, articles, state }) => ({
      sentence,
      citation: articles.join('; '),
      state: UNSETTLED[state] ?? null,
    })),
  };
}

/** What a reader must know of a value that nobody compared with the original text. */
const UNSETTLED: Partial<Record<string, string>> = {
  unverified: 'chưa đối chiếu văn bản gốc',
  absent: 'chưa có văn bản',
};

function memberLine(member: HouseholdMember, ethnicNames: ReadonlyMap<string, string>): MemberLine {
  const reason = member.endReason ? ` (${END_REASON[member.endReason] ?? member.endReason})` : '';
  return {
    name: member.fullName,
    relation: RELATION_LABEL[member.relation] ?? member.relation,
    sex: member.sex === null ? null : member.sex === 'male' ? 'Nam' : 'Nữ',
    birthYear: member.birthYear,
    ethnicity: member.ethnicityId
      ? (ethnicNames.get(member.ethnicityId) ?? member.ethnicityId)
      : null,
    ended: member.validTo ? `đến ${yearOf(member.validTo)}${reason}` : null,
  };
}

const peopleOf =
  (view: HouseholdView) =>
  ({ personId, fullName }: HouseholdMember): PersonNumbers => ({
    personId,
    name: fullName,
    numbers: view.identifiers
      .filter((one) => one.personId === personId)
      .map(({ identifierId, kind, masked }) => ({
        identifierId,
        label: IDENTIFIER_LABEL[kind],
        masked,
      })),
  });

function roundLine(round: Round): RoundLine {
  return {
    round: round.round,
    standard: round.standardId,
    b1: round.b1 === null ? null : round.b1.toFixed(1),
    b2: round.b2,
    field: round.fieldStatus,
    proposed: round.proposedStatus,
    recognised: round.recognisedStatus,
    decision: decisionText(round.decision),
  };
}
