import type { Colleague, DelegationLine, OwnDelegations, OwnRole } from '../../../access/index.js';
import type { PlainDate, Problem } from '../../../kernel/index.js';
import { formatDate } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import {
  Card,
  ChoiceField,
  ChooserForm,
  CommandForm,
  Field,
  Notice,
  Page,
} from '../../../web/index.js';

/** What was typed, drawn again beside what was wrong with it. */
export interface TypedDelegation {
  receiver: string;
  from: string;
  until: string;
  reason: string;
  /** `null` = nothing was sent yet: all are chosen. */
  permissions: readonly string[] | null;
}

interface DelegationPageProps {
  shell: Shell;
  own: OwnDelegations;
  /** The role the form is about; `null` when none may be handed over. */
  role: OwnRole | null;
  colleagues: readonly Colleague[];
  typed: TypedDelegation;
  today: PlainDate;
  problem: Problem | null;
  done: string | null;
  newCommandId: () => string;
}

/** Handing a role over for a time, what runs, and taking it back. */
export function DelegationPage(props: DelegationPageProps) {
  const { shell, own, problem, done } = props;
  const isPast = ({ state }: DelegationLine) => state === 'over' || state === 'withdrawn';
  const open = own.lines.filter((line) => !isPast(line));
  const past = own.lines.filter(isPast);
  return (
    <Page
      shell={shell}
      nav="account"
      title="Ủy quyền"
      sub={
        <>
          <a href="/tai-khoan">← Tài khoản của tôi</a> · Người cùng cơ quan làm thay bạn trong một
          thời gian có hạn; nhật ký ghi cả hai tên.
        </>
      }
    >
      {problem ? (
        <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo} />
      ) : null}
      {done ? <Notice tone="done" what={done} /> : null}
      <div class="grid even">
        <div class="stack">
          <FormCard {...props} />
        </div>
        <div class="stack">
          <OpenCard {...props} lines={open} />
          {past.length > 0 ? <PastCard lines={past} /> : null}
        </div>
      </div>
    </Page>
  );
}

function FormCard(props: DelegationPageProps) {
  const { own, role, colleagues } = props;
  if (!role) {
    const bound = own.bound.length > 0 ? `Vai trò ${own.bound.join(', ')} giao đích danh.` : null;
    return (
      <Card
        title="Ủy quyền mới"
        lead={bound ?? 'Hôm nay bạn không giữ vai trò nào của riêng mình.'}
      >
        <p class="small">Muốn người khác làm thay, hỏi người quản trị của tỉnh.</p>
      </Card>
    );
  }
  return (
    <Card
      title="Ủy quyền mới"
      lead={
        <>
          Vai trò {role.roleLabel} ở {role.scope} · {role.officeName}
        </>
      }
    >
      {own.roles.length > 1 ? <RoleChooser roles={own.roles} role={role} /> : null}
      {colleagues.length === 0 ? (
        <p class="empty">
          Chưa ai khác giữ vai trò ở cơ quan này. Ủy quyền chỉ trong cùng một cơ quan.
        </p>
      ) : (
        <HandoverForm {...props} role={role} />
      )}
    </Card>
  );
}

const RoleChooser = ({ roles, role }: { roles: readonly OwnRole[]; role: OwnRole }) => (
  <ChooserForm action="/uy-quyen" submit="Chọn">
    <ChoiceField
      name="vai-tro"
      label="Vai trò của bạn"
      value={role.assignmentId}
      choices={roles.map((one) => ({
        value: one.assignmentId,
        label: `${one.roleLabel}, ${one.scope}`,
      }))}
    />
  </ChooserForm>
);

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function HandoverForm(props: DelegationPageProps & { role: OwnRole }) {
  const { role, colleagues, typed, today, newCommandId } = props;
  const limit = role.validTo === null ? 'Tối đa một năm' : `Đến ${formatDate(role.validTo)}`;
  return (
    <CommandForm action="/uy-quyen" commandId={newCommandId()} submit="Ủy quyền">
      <input type="hidden" name="vai-tro" value={role.assignmentId} />
      <ChoiceField
        name="nguoi-nhan"
        label="Người nhận"
        value={typed.receiver}
        choices={colleagues.map(({ accountId, name, roles }) => ({
          value: accountId,
          label: `${name} – ${roles}`,
        }))}
      />
      <fieldset class="picks">
        <legend>Được làm những việc</legend>
        {role.permissions.map(({ id, label }) => (
          <label class="check">
            <input
              type="checkbox"
              name={`viec.${id}`}
              {...((typed.permissions?.includes(id) ?? true) ? { checked: true } : {})}
            />
            <span>{capitalised(label)}</span>
          </label>
        ))}
      </fieldset>
      <div class="pair">
        <Field name="tu" label="Từ ngày" type="date" value={typed.from || today} required />
        <Field
          name="den"
          label="Đến hết ngày"
          type="date"
          value={typed.until}
          required
          hint={limit}
        />
      </div>
      <Field
        name="ly-do"
        label="Lý do"
        value={typed.reason}
        required
        autocomplete="off"
        hint="Ví dụ: đi công tác theo giấy mời số …"
      />
      <p class="small rules">
        Người nhận không ủy quyền tiếp, và không duyệt được danh sách mà chính họ hoặc bạn đã lập.
        Cả hai rút được bất cứ lúc nào.
      </p>
    </CommandForm>
  );
}

type Part = Pick<DelegationPageProps, 'newCommandId'> & { lines: readonly DelegationLine[] };

function OpenCard({ lines, newCommandId }: Part) {
  if (lines.length === 0) {
    return <Card title="Đang ủy quyền" lead="Không có ủy quyền nào đang chạy hoặc sắp tới." />;
  }
  return (
    <Card title="Đang ủy quyền">
      <ul class="handovers">
        {lines.map((line) => (
          <li>
            <Words line={line} />
            <details class="more">
              <summary>Rút ủy quyền này</summary>
              <CommandForm
                action={`/uy-quyen/${line.assignmentId}/rut`}
                commandId={newCommandId()}
                submit="Rút ngay"
                label={`Rút ngay ủy quyền của ${line.giver} cho ${line.receiver}`}
                quiet
              >
                <div class="field">
                  <label for={`ly-do-${line.assignmentId}`}>Lý do rút</label>
                  <input
                    id={`ly-do-${line.assignmentId}`}
                    name="ly-do"
                    required
                    autocomplete="off"
                  />
                </div>
              </CommandForm>
            </details>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const STATE: Readonly<Record<DelegationLine['state'], string>> = {
  running: 'đang chạy',
  coming: 'sắp tới',
  resting: 'tạm ngưng: một trong hai người không còn giữ vai trò ở cơ quan',
  over: 'đã hết hạn',
  withdrawn: 'đã rút',
};

function Words({ line }: { line: DelegationLine }) {
  const { giver, receiver, isGiven, roleLabel, scope, permissions, state, reason } = line;
  return (
    <div>
      <p class="who">
        {isGiven ? (
          <>
            <b>{receiver}</b> làm thay bạn
          </>
        ) : (
          <>
            Bạn làm thay <b>{giver}</b>
          </>
        )}{' '}
        <span class={state === 'running' ? 'tag solid' : 'tag'}>{STATE[state]}</span>
      </p>
      <dl class="facts">
        <dt>Vai trò</dt>
        <dd>
          {roleLabel}, {scope}
        </dd>
        <dt>Thời gian</dt>
        <dd>
          từ {formatDate(line.validFrom)} đến hết {formatDate(line.validTo)}
        </dd>
        {permissions.length > 0 ? (
          <>
            <dt>{line.isWhole ? 'Được làm' : 'Chỉ được'}</dt>
            <dd>{permissions.join('; ')}</dd>
          </>
        ) : null}
        <dt>Lý do</dt>
        <dd>{reason}</dd>
        {line.endReason ? (
          <>
            <dt>Lý do rút</dt>
            <dd>{line.endReason}</dd>
          </>
        ) : null}
      </dl>
    </div>
  );
}

function PastCard({ lines }: { lines: readonly DelegationLine[] }) {
  return (
    <Card title="Đã hết">
      <ul class="handovers">
        {lines.map((line) => (
          <li>
            <Words line={line} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
