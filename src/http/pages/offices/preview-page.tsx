import type { MovePlan, MoveState, RoleStep } from '../../../access/index.js';
import { ENDS, PROVINCE } from '../../../access/index.js';
import type { Problem } from '../../../kernel/index.js';
import { formatDate } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { Card, CommandForm, DataTable, Notice, Page, count } from '../../../web/index.js';
import { intoText } from './move-page.js';

interface PreviewPageProps {
  shell: Shell;
  unitName: string;
  plan: MovePlan;
  /** Names of people, by their ids. */
  people: ReadonlyMap<string, string>;
  /** "cán bộ cấp xã" */
  roleLabel: (role: string) => string;
  /** "Xã Quốc Khánh" of `06004@2025-07-01`. */
  unitLabel: (target: string) => string;
  /** The day has come: it is carried out at once. */
  isDue: boolean;
  /** A move of this unit waits, or was done. */
  moveState: MoveState | null;
  problem: Problem | null;
  commandId: string;
}

/** What would move when a commune ends, before anything is planned. */
export function PreviewPage(props: PreviewPageProps) {
  const { shell, unitName, plan, unitLabel, problem } = props;
  const successors = plan.successors.map((one) => unitLabel(`${one.code}@${one.validFrom}`));
  return (
    <Page
      shell={shell}
      nav="offices"
      title={`${unitName}: xem trước`}
      heading={`${unitName} ${intoText(successors, plan.isWhole).replace(/: cần chọn$/, '')}`}
      sub={
        <>
          <a href={`/to-chuc/sap-xep?ngay=${plan.on}`}>← Sắp xếp cơ quan</a> · từ ngày{' '}
          {formatDate(plan.on)} · chưa có gì được ghi
        </>
      }
    >
      {problem ? (
        <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo} />
      ) : null}
      <div class="grid even">
        <WhatCard {...props} />
        <RolesCard {...props} />
      </div>
    </Page>
  );
}

function WhatCard({ plan, unitLabel, roleLabel }: PreviewPageProps) {
  const { offices, work, shared, delegations } = plan;
  const where =
    work.to === PROVINCE
      ? 'chờ ở cấp tỉnh: không ai dưới tỉnh giữ trọn đơn vị cũ'
      : 'đi theo đơn vị mới';
  return (
    <Card title="Những gì chuyển">
      <dl class="facts">
        <dt>Cơ quan kết thúc</dt>
        <dd>
          {offices.length === 0 ? 'không có' : offices.map(({ name }) => name).join('; ')}
          {offices.length > 0 ? (
            <small class="under">việc đã làm vẫn ghi tên cũ của cơ quan</small>
          ) : null}
        </dd>
        <dt>Danh sách đang làm</dt>
        <dd>{count(work.lists)}</dd>
        <dt>Tệp đang xem trước</dt>
        <dd>{count(work.imports)}</dd>
        <dt>Việc đang chờ chạy</dt>
        <dd>{count(work.jobs)}</dd>
        {work.lists + work.imports + work.jobs > 0 ? (
          <>
            <dt>Đi đâu</dt>
            <dd>{where}</dd>
          </>
        ) : null}
        <dt>Ủy quyền</dt>
        <dd>
          {delegations.length === 0
            ? 'không có'
            : `${count(delegations.length)}, đi theo vai trò, giữ nguyên ngày hết`}
        </dd>
      </dl>
      {shared.length > 0 ? (
        <Notice
          what="Sau khi chuyển, có vai trò nhiều người cùng giữ."
          why={shared
            .map(({ role, to, people }) => `${unitLabel(to)}: ${people} ${roleLabel(role)}`)
            .join('; ')}
          todo="Ai thôi giữ thì kết thúc vai trò của người đó sau."
        />
      ) : null}
    </Card>
  );
}

function RolesCard(props: PreviewPageProps) {
  const { plan, moveState, isDue, commandId, unitName } = props;
  const day = formatDate(plan.on);
  const submit = isDue ? 'Thực hiện ngay' : `Lập việc cho ngày ${day}`;
  const certain = plan.roles.filter(({ options }) => options.length === 0);
  const open = plan.roles.filter(({ options }) => options.length > 0);
  return (
    <Card
      title="Vai trò"
      lead={
        open.length > 0
          ? 'Đơn vị được chia: chọn nơi đến cho từng người, không có gì được chuyển theo phỏng đoán.'
          : undefined
      }
    >
      {certain.length > 0 || open.length === 0 ? <CertainRoles {...props} roles={certain} /> : null}
      {moveState === 'planned' ? (
        <p class="empty">Việc sắp xếp của {unitName} đã được lập.</p>
      ) : moveState === 'executed' && isEmpty(plan) ? (
        <p class="empty">Việc sắp xếp của {unitName} đã thực hiện, không còn gì phải chuyển.</p>
      ) : (
        <CommandForm action="/to-chuc/sap-xep" commandId={commandId} submit={submit}>
          <input type="hidden" name="ngay" value={plan.on} />
          <input type="hidden" name="xa" value={plan.from.code} />
          {open.map((role) => (
            <RoleChoice {...props} role={role} />
          ))}
          <p class="small rules">
            {isDue
              ? `Ngày ${day} đã tới nên việc được thực hiện ngay; vai trò cũ dừng từ lúc này, việc đã làm đến nay vẫn ghi tên cơ quan cũ.`
              : `Đến 0 giờ ngày ${day} hệ thống tự thực hiện; trước đó hủy được.`}
          </p>
        </CommandForm>
      )}
    </Card>
  );
}

const isEmpty = ({ offices, roles, work }: MovePlan): boolean =>
  offices.length + roles.length + work.lists + work.imports + work.jobs === 0;

/** Nothing is opened: they hold it in all these days. */
const isHeldAlready = (stretches: RoleStep['stretches']): boolean =>
  stretches.length > 0 && stretches.every(({ heldAs }) => heldAs !== null);

type OfRoles = PreviewPageProps & { roles: readonly RoleStep[] };

const CertainRoles = ({ roles, people, roleLabel, unitLabel }: OfRoles) => (
  <DataTable
    caption="Vai trò chuyển đi đâu"
    rows={roles}
    empty="Không ai giữ vai trò nào ở đơn vị này."
    columns={[
      {
        title: 'Người',
        cell: ({ personId, role }) => (
          <>
            {people.get(personId) ?? 'Một người'}
            <small class="under">{roleLabel(role)}</small>
          </>
        ),
      },
      {
        title: 'Chuyển đi đâu',
        cell: ({ to, keepsScope, stretches }) => (
          <>
            {targetText(to, unitLabel)}
            {keepsScope && to !== ENDS ? (
              <small class="under">đổi cơ quan, giữ nguyên địa bàn</small>
            ) : null}
            {isHeldAlready(stretches) ? <small class="under">đã giữ vai trò này ở đó</small> : null}
          </>
        ),
      },
    ]}
  />
);

const targetText = (to: string | null, unitLabel: (target: string) => string): string =>
  to === null ? 'chưa rõ' : to === ENDS ? 'kết thúc' : unitLabel(to);

function RoleChoice({ role, people, roleLabel, unitLabel }: PreviewPageProps & { role: RoleStep }) {
  const { assignmentId, personId, to, options } = role;
  const name = `vai-tro.${assignmentId}`;
  return (
    <div class="field">
      <label for={name}>
        {people.get(personId) ?? 'Một người'}, {roleLabel(role.role)}
      </label>
      <select id={name} name={name} required>
        <option value="">Chọn nơi đến…</option>
        {options.map((option) => (
          <option value={option} {...(option === to ? { selected: true } : {})}>
            {option === ENDS ? 'Kết thúc vai trò này' : unitLabel(option)}
          </option>
        ))}
      </select>
    </div>
  );
}
