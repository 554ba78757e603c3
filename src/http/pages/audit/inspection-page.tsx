import type { Inspection } from '../../../audit/index.js';
import type { Problem } from '../../../kernel/index.js';
import { formatDate } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { Card, CommandForm, Field, Notice, Page } from '../../../web/index.js';

interface InspectionPageProps {
  shell: Shell;
  inspections: readonly Inspection[];
  canWork: boolean;
  canDecide: boolean;
  /** A fresh id for each form. */
  commandId: () => string;
  /** The form that was refused: of an inspection, or (`of: null`) of a new one. */
  refused?: {
    problem: Pick<Problem, 'what' | 'why' | 'todo'>;
    of: string | null;
    typed: Readonly<Record<string, string | undefined>>;
  } | null;
}

/** Decisions to inspect: opening one, looking under it, ending it, entering that its result is public. */
export function InspectionPage(props: InspectionPageProps) {
  const { shell, inspections, canWork, refused } = props;
  return (
    <Page
      shell={shell}
      nav="audit"
      title="Thanh tra, kiểm tra"
      sub={<a href="/nhat-ky">← Nhật ký</a>}
    >
      {refused ? <Notice tone="alert" {...textOf(refused.problem)} /> : null}
      <div class="grid even">
        {canWork && inspections.length === 0 ? <OpenCard {...props} /> : null}
        <div class="stack">
          {inspections.length === 0 ? (
            <Card title="Chưa có cuộc nào" lead="Quyết định được nhập sẽ hiện ở đây." />
          ) : null}
          {inspections.map((inspection) => (
            <InspectionCard {...props} inspection={inspection} />
          ))}
        </div>
        {canWork && inspections.length > 0 ? <OpenCard {...props} /> : null}
      </div>
    </Page>
  );
}

const textOf = ({ what, why, todo }: Pick<Problem, 'what' | 'why' | 'todo'>) => ({
  what,
  why,
  todo,
});

/** What was typed into the refused form, for it alone. */
const typedOf = (refused: InspectionPageProps['refused'], of: string | null) =>
  refused && refused.of === of ? refused.typed : {};

function OpenCard({ commandId, refused }: InspectionPageProps) {
  const typed = typedOf(refused, null);
  return (
    <Card
      title="Mở theo quyết định"
      lead="Từ lúc mở, việc xem dữ liệu của đoàn vẫn vào nhật ký nhưng đơn vị và hộ chưa thấy, đến khi kết luận được công khai."
    >
      <CommandForm action="/nhat-ky/thanh-tra" commandId={commandId()} submit="Mở cuộc thanh tra">
        <Field
          name="title"
          label="Tên cuộc thanh tra, kiểm tra"
          value={typed['title'] ?? ''}
          required
          autocomplete="off"
        />
        <Field
          name="decisionNumber"
          label="Số quyết định"
          value={typed['decisionNumber'] ?? ''}
          required
          autocomplete="off"
        />
        <Field
          name="decisionDate"
          label="Ngày quyết định"
          type="date"
          value={typed['decisionDate'] ?? ''}
          required
        />
        <Field
          name="signer"
          label="Người ký"
          value={typed['signer'] ?? ''}
          required
          autocomplete="off"
        />
      </CommandForm>
    </Card>
  );
}

function InspectionCard(props: InspectionPageProps & { inspection: Inspection }) {
  const { inspection } = props;
  const { title, decisionNumber, decisionDate, signer, officeName, members } = inspection;
  return (
    <Card title={title} lead={stateOf(inspection)}>
      <dl class="facts">
        <dt>Quyết định</dt>
        <dd>
          {decisionNumber} ngày {formatDate(decisionDate)}, {signer} ký
        </dd>
        {officeName === null ? null : (
          <>
            <dt>Cơ quan</dt>
            <dd>{officeName}</dd>
          </>
        )}
        <dt>{inspection.closedOn === null ? 'Đang tham gia' : 'Đã tham gia'}</dt>
        <dd>{members.length === 0 ? 'không có ai' : members.join(', ')}</dd>
      </dl>
      <Acts {...props} />
    </Card>
  );
}

function stateOf({
  openedOn,
  closedOn,
  resultNumber,
  resultPublicOn,
  isJoined,
}: Inspection): string {
  if (resultPublicOn !== null) {
    return `Kết luận ${resultNumber ?? ''} đã công khai ngày ${formatDate(resultPublicOn)}; đơn vị và hộ thấy được các lần xem.`;
  }
  if (closedOn !== null) {
    return `Đã kết thúc ngày ${formatDate(closedOn)}; các lần xem còn ẩn với đơn vị và hộ đến khi kết luận được công khai.`;
  }
  const mine = isJoined ? ' Bạn đang xem dữ liệu theo quyết định này.' : '';
  return `Đang tiến hành từ ngày ${formatDate(openedOn)}.${mine}`;
}

function Acts(props: InspectionPageProps & { inspection: Inspection }) {
  const { inspection, canWork, canDecide, commandId, refused } = props;
  const typed = typedOf(refused, inspection.inspectionId);
  const { inspectionId, closedOn, resultPublicOn, isJoined, isWithinReach } = inspection;
  if (!isWithinReach && !isJoined) return null;
  const at = (act: string) => `/nhat-ky/thanh-tra/${inspectionId}/${act}`;
  if (closedOn === null) {
    if (!canWork) return null;
    return (
      <div class="acts">
        <CommandForm
          action={at(isJoined ? 'roi' : 'tham-gia')}
          commandId={commandId()}
          submit={isJoined ? 'Rời cuộc này' : 'Tham gia'}
          quiet
        />
        {isWithinReach ? (
          <CommandForm action={at('ket-thuc')} commandId={commandId()} submit="Kết thúc" quiet />
        ) : null}
      </div>
    );
  }
  if (resultPublicOn !== null || !canDecide) return null;
  return (
    <details class="more" {...('resultNumber' in typed ? { open: true } : {})}>
      <summary>Ghi kết luận đã công khai</summary>
      <CommandForm action={at('cong-khai')} commandId={commandId()} submit="Ghi kết luận">
        <Field
          name="resultNumber"
          label="Số kết luận"
          value={typed['resultNumber'] ?? ''}
          required
          autocomplete="off"
        />
        <Field
          name="publicOn"
          label="Ngày công khai"
          type="date"
          value={typed['publicOn'] ?? ''}
          required
        />
      </CommandForm>
    </details>
  );
}
