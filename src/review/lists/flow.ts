import { z } from 'zod';
import { invalidPack, readPack } from '../../packs/index.js';
import type { State } from '../../rules/index.js';
import { STATES, readCitation, citationText } from '../../rules/index.js';
import type { Permission } from '../../store/index.js';

const LIST_STATES = ['draft', 'submitted', 'returned', 'approved', 'decided', 'withdrawn'] as const;
const ACTS = ['prepare', 'submit', 'return', 'approve', 'decide', 'withdraw'] as const;
const NEEDS = [
  ...(['rows', 'unchanged-rows', 'reason', 'not-a-maker'] as const),
  ...(['signed-paper', 'signed-after-approval'] as const),
] as const;
const PERMISSIONS = ['list:propose', 'list:decide'] as const satisfies readonly Permission[];

export type ListState = (typeof LIST_STATES)[number];
export type ListAct = (typeof ACTS)[number];
export type Need = (typeof NEEDS)[number];

const act = z.strictObject({
  label: z.string().min(1),
  again: z.string().min(1).optional(),
  permission: z.enum(PERMISSIONS),
  from: z.array(z.enum(LIST_STATES)).min(1),
  to: z.enum(LIST_STATES),
  part: z.enum(['maker', 'checker']).optional(),
  needs: z.array(z.enum(NEEDS)),
});

const citations = z.array(z.string());

const schema = z.strictObject({
  schema: z.literal('flow/1'),
  id: z.string().min(1),
  label: z.string().min(1),
  documents: z.record(
    z.string(),
    z.strictObject({ number: z.string(), issued: z.string().nullable() }),
  ),
  signers: z
    .array(
      z.strictObject({
        rounds: z.strictObject({ from: z.int(), to: z.int().nullable() }),
        signer: z.string().nullable(),
        state: z.enum(STATES),
        cite: citations.optional(),
        note: z.string().optional(),
      }),
    )
    .min(1),
  posting: z.strictObject({
    places: z.string(),
    days: z.int().nullable(),
    state: z.enum(STATES),
    cite: citations,
  }),
  states: z.record(z.enum(LIST_STATES), z.string()),
  acts: z.record(z.enum(ACTS), act),
});

export type ActRule = z.output<typeof act>;

/** Who signs the decision of a round, as far as it is known. */
export interface SigningAuthority {
  /** `null` = "chưa xác định thẩm quyền": then no signature block is printed. */
  signer: string | null;
  state: State;
  articles: string[];
  note: string | null;
}

export interface RecognitionFlow {
  id: string;
  label: string;
  states: Readonly<Record<ListState, string>>;
  acts: Readonly<Record<ListAct, ActRule>>;
  posting: { places: string; articles: string[] };
  signerOf(round: number): SigningAuthority;
}

const PATH = 'national/flows/recognition.yaml';

let known: RecognitionFlow | null = null;

/** How a commune's list becomes a decision: `packs/national/flows/recognition.yaml`. @throws Problem */
export const recognitionFlow = (): RecognitionFlow => (known ??= readFlow());

function readFlow(): RecognitionFlow {
  const { data, path } = readPack(PATH, schema);
  checkActs(data.acts, path);
  const articlesOf = (cite: readonly string[] = []) =>
    cite.map((text) => citationText(readCitation(text, data.documents, path)));
  const signers = data.signers.map(({ rounds, signer, state, cite, note }) => ({
    ...{ rounds, signer, state, articles: articlesOf(cite), note: note ?? null },
  }));
  return {
    id: data.id,
    label: data.label,
    states: data.states,
    acts: data.acts,
    posting: { places: data.posting.places, articles: articlesOf(data.posting.cite) },
    signerOf: (round) => {
      const found = signers.find(
        ({ rounds: { from, to } }) => from <= round && (to === null || round <= to),
      );
      const { signer, state, articles, note } = found ?? NOBODY;
      return { signer, state, articles, note };
    },
  };
}

const NOBODY: SigningAuthority = { signer: null, state: 'absent', articles: [], note: null };

/** What no change of the file may take away: a second person, a paper, a reason. */
function checkActs(acts: Readonly<Record<ListAct, ActRule>>, path: string): void {
  const lacking = [
    acts.approve.part === 'checker' && acts.approve.needs.includes('not-a-maker'),
    acts.submit.part === 'maker' && acts.prepare.part === 'maker',
    acts.decide.from.every((state) => state === acts.approve.to),
    acts.decide.needs.includes('signed-paper'),
    acts.decide.needs.includes('signed-after-approval'),
    acts.return.needs.includes('reason'),
    ACTS.every((id) => (acts[id].to === 'decided') === (id === 'decide')),
    acts.approve.permission !== acts.submit.permission,
  ].includes(false);
  if (lacking) {
    throw invalidPack(
      path,
      'người lập không được là người duyệt; quyết định phải có văn bản đã ký',
    );
  }
}
