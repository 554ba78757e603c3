import type { PovertyStatus } from '../../../kernel/index.js';
import { POVERTY_STATUS_LABEL } from '../../../kernel/index.js';
import type { Shell, TimelineItem } from '../../../web/index.js';
import type { HistoryLine } from './household-history.js';
import { CitedText } from '../law/cited-text.js';
import type { NumberRights, PersonNumbers } from './identifiers-card.js';
import { IdentifiersCard } from './identifiers-card.js';
import {
  Card,
  DataTable,
  Explanation,
  NO_NUMBER,
  Page,
  Timeline,
  decimal,
} from '../../../web/index.js';

export interface MemberLine {
  name: string;
  relation: string;
  sex: string | null;
  birthYear: number | null;
  ethnicity: string | null;
  /** "đến 2024 (đã mất)", when the membership has ended. */
  ended: string | null;
}

export interface RoundLine {
  round: number;
  standard: string;
  b1: string | null;
  b2: number | null;
  field: PovertyStatus | null;
  proposed: PovertyStatus | null;
  recognised: PovertyStatus | null;
  /** "Quyết định mô phỏng, xã …"; `null` = no decision yet. */
  decision: string | null;
}

export interface IndicatorLine {
  /** "Việc làm". */
  label: string;
  deprived: boolean | null;
}

export interface StepLine {
  sentence: string;
  /** "NĐ 07/2021/NĐ-CP điều 3; …", or empty. */
  citation: string;
  state: string | null;
}

export interface HouseholdPageData {
  headName: string;
  fieldCode: string | null;
  villageName: string;
  unitName: string;
  unitHref: string;
  members: readonly MemberLine[];
  /** Who is a member today, with their personal numbers, masked. */
  people: readonly PersonNumbers[];
  rounds: readonly RoundLine[];
  indicators: readonly IndicatorLine[];
  /** Of the latest round. */
  explanation: { steps: readonly StepLine[]; missing: readonly string[] } | null;
  causes: readonly string[];
  /** The newest, as sentences. */
  history: readonly HistoryLine[];
  historyHref: string;
  /** Where a code to ask with is handed out; `null` for a role that does not. */
  codeHref: string | null;
  isSynthetic: boolean;
}

interface Props {
  shell: Shell;
  data: HouseholdPageData;
  /** What may be done with personal numbers here; nothing when it is not told. */
  numbers?: NumberRights;
}

/** One household as an officer sees it: who, where, round by round, why. */
export function HouseholdPage({ shell, data, numbers }: Props) {
  const latest = data.rounds.at(-1);
  return (
    <Page
      shell={shell}
      nav="households"
      title={`Hộ ${data.headName}`}
      heading={`Hộ ông/bà ${data.headName}`}
      sub={
        <>
          {data.villageName} · <a href={data.unitHref}>{data.unitName}</a>
          {data.fieldCode ? ` · mã hộ ${data.fieldCode}` : ''}
          {data.isSynthetic ? ' · hộ mô phỏng' : ''}
        </>
      }
    >
      <div class="grid">
        <RoundsCard rounds={data.rounds} />
        <div class="stack">
          <WhyCard latest={latest} data={data} />
          <IndicatorsCard latest={latest} data={data} />
        </div>
        <div class="stack">
          <MembersCard members={data.members} isSimulated={shell.isDemo} />
          <IdentifiersCard people={data.people} rights={numbers} />
          {data.codeHref ? <SlipCard href={data.codeHref} /> : null}
          <HistoryCard data={data} />
        </div>
      </div>
    </Page>
  );
}

const label = (status: PovertyStatus | null): string =>
  status === null ? 'chưa có' : POVERTY_STATUS_LABEL[status];

const TONE: Record<PovertyStatus, TimelineItem['tone']> = {
  poor: 'strong',
  near_poor: 'soft',
  average_living: 'plain',
  not_poor: 'plain',
  not_computable: 'unknown',
};

function RoundsCard({ rounds }: { rounds: readonly RoundLine[] }) {
  const items = rounds.map((row): TimelineItem => {
    const shown = row.recognised ?? row.proposed;
    const scores = `B1 ${decimal(row.b1)} · B2 ${row.b2 ?? NO_NUMBER}`;
    const field =
      row.field !== null && row.field !== shown ? ` · trong tệp: ${label(row.field)}` : '';
    return {
      when: String(row.round),
      what: row.recognised === null ? `${label(shown)} (đề xuất)` : label(shown),
      more: `${scores}${field}${row.decision ? ` · ${row.decision}` : ' · chưa có quyết định'}`,
      tone: shown === null ? 'unknown' : TONE[shown],
    };
  });
  return (
    <Card wide title="Qua các đợt rà soát">
      <Timeline items={items} label="Kết quả qua các đợt rà soát" />
    </Card>
  );
}

function WhyCard({ latest, data }: { latest: RoundLine | undefined; data: HouseholdPageData }) {
  if (!latest || !data.explanation) {
    return <Card title="Vì sao" lead="Chưa có dữ liệu rà soát để giải thích." />;
  }
  const steps = data.explanation.steps.map((step) => ({
    sentence: step.sentence,
    citation: step.citation ? <CitedText text={step.citation} /> : null,
    state: step.state,
  }));
  return (
    <Card
      title={`Vì sao năm ${latest.round} là ${label(latest.recognised ?? latest.proposed)}`}
      lead={
        latest.recognised === null
          ? 'Kết quả đề xuất từ quy tắc; chưa có quyết định công nhận.'
          : 'Kết quả công nhận theo quyết định; dưới đây là cách quy tắc tính ra.'
      }
    >
      <Explanation steps={steps} missing={data.explanation.missing} />
    </Card>
  );
}

function IndicatorsCard(props: { latest: RoundLine | undefined; data: HouseholdPageData }) {
  const { latest, data } = props;
  const lacking = data.indicators.filter((row) => row.deprived === true).length;
  const unknown = data.indicators.filter((row) => row.deprived === null).length;
  const rest = unknown > 0 ? `, ${unknown} chưa biết` : '';
  const isUnknown = unknown === data.indicators.length;
  return (
    <Card
      title={
        isUnknown
          ? 'Chưa có số liệu từng chỉ số thiếu hụt'
          : `Thiếu hụt ${lacking} trong ${data.indicators.length} chỉ số${rest}`
      }
      lead={`Điểm B1 ${decimal(latest?.b1)} (thu nhập) · điểm B2 ${latest?.b2 ?? NO_NUMBER} (thiếu hụt)`}
    >
      {isUnknown ? (
        <p class="empty">
          {latest?.b2 == null
            ? 'Sổ chưa có điểm B2 và chưa ghi chỉ số nào.'
            : 'Sổ chỉ có tổng điểm B2; tệp nhập vào không ghi từng chỉ số.'}
        </p>
      ) : (
        <IndicatorList indicators={data.indicators} />
      )}
      {data.causes.length > 0 ? (
        <p class="small">Nguyên nhân nghèo: {data.causes.join(', ')}</p>
      ) : null}
    </Card>
  );
}

function IndicatorList({ indicators }: { indicators: readonly IndicatorLine[] }) {
  return (
    <>
      <ul class="indicators">
        {indicators.map((row) => (
          <li class={row.deprived === null ? 'unknown' : row.deprived ? 'yes' : 'no'}>
            {row.label}
            <span class="unseen">
              {row.deprived === null ? ': chưa biết' : row.deprived ? ': thiếu hụt' : ': đủ'}
            </span>
          </li>
        ))}
      </ul>
      <p class="key">
        <span>● thiếu hụt</span>
        <span>○ không thiếu</span>
        <span>? chưa biết</span>
      </p>
    </>
  );
}

interface MembersProps {
  members: readonly MemberLine[];
  isSimulated: boolean;
}

function MembersCard({ members, isSimulated }: MembersProps) {
  return (
    <Card title={`${members.filter((member) => member.ended === null).length} thành viên`}>
      <DataTable
        isSimulated={isSimulated}
        caption="Thành viên của hộ"
        rows={members}
        empty="Chưa ghi thành viên nào."
        columns={[
          {
            title: 'Họ và tên',
            cell: (row) => (row.ended === null ? row.name : `${row.name} (${row.ended})`),
          },
          { title: 'Quan hệ', cell: (row) => row.relation },
          { title: 'Giới tính', cell: (row) => row.sex ?? NO_NUMBER, wideOnly: true },
          { title: 'Năm sinh', cell: (row) => row.birthYear ?? NO_NUMBER, numeric: true },
          { title: 'Dân tộc', cell: (row) => row.ethnicity ?? NO_NUMBER },
        ]}
      />
    </Card>
  );
}

function SlipCard({ href }: { href: string }) {
  return (
    <Card
      title="Phiếu tra cứu của hộ"
      lead="Phiếu có một mã để gia đình tự xem ai đã mở hồ sơ của mình, ngày nào, để làm gì."
    >
      <p class="acts">
        <a class="button quiet" href={href}>
          Cấp phiếu cho hộ
        </a>
      </p>
    </Card>
  );
}

function HistoryCard({ data }: { data: HouseholdPageData }) {
  return (
    <Card title="Lịch sử" lead="Mọi lần ghi và lần mở trang này đều được lưu.">
      {data.history.length === 0 ? <p class="empty">Chưa có sự kiện nào.</p> : null}
      <ul class="plain">
        {data.history.map((line) => (
          <li>
            <b>{line.when}</b> {line.sentence}
          </li>
        ))}
      </ul>
      <p class="small">
        <a href={data.historyHref}>Toàn bộ lịch sử: từng trường trước và sau, ai đã xem</a>
      </p>
    </Card>
  );
}
