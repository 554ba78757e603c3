import type { EndingUnit, MoveLine } from '../../../access/index.js';
import type { PlainDate, Problem } from '../../../kernel/index.js';
import { formatDate } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import {
  Card,
  ChoiceField,
  ChooserForm,
  CommandForm,
  DataTable,
  Notice,
  Page,
  count,
} from '../../../web/index.js';
import { instantText } from '../../instant.js';

interface MovePageProps {
  shell: Shell;
  days: readonly { on: PlainDate; units: number }[];
  on: PlainDate | null;
  /** Communes that end on the day. */
  units: readonly EndingUnit[];
  moves: readonly MoveLine[];
  problem: Problem | null;
  done: string | null;
  newCommandId: () => string;
}

/** Days on which communes end, what their offices hold, and the moves that were planned. */
export function MovePage(props: MovePageProps) {
  const { shell, days, on, problem, done } = props;
  return (
    <Page
      shell={shell}
      nav="offices"
      title="Sắp xếp cơ quan"
      sub={
        <>
          <a href="/to-chuc">← Tổ chức</a> · Theo danh mục đơn vị hành chính: chọn ngày, xem trước,
          lập việc; đến ngày hệ thống tự thực hiện.
        </>
      }
    >
      {problem ? (
        <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo} />
      ) : null}
      {done ? <Notice tone="done" what={done} /> : null}
      {days.length > 0 && on !== null ? (
        <ChooserForm action="/to-chuc/sap-xep">
          <ChoiceField
            name="ngay"
            label="Ngày đầu không còn đơn vị cũ"
            value={on}
            choices={days.map((one) => ({
              value: one.on,
              label: `${formatDate(one.on)} – ${count(one.units)} đơn vị`,
            }))}
          />
        </ChooserForm>
      ) : null}
      <div class="grid even">
        <UnitsCard {...props} />
        <MovesCard {...props} />
      </div>
    </Page>
  );
}

function UnitsCard({ units, on }: MovePageProps) {
  if (on === null) {
    return <Card title="Chưa có thay đổi nào" lead="Danh mục chưa ghi xã, phường nào kết thúc." />;
  }
  const isFull = ({ offices, roles, moveState }: EndingUnit) =>
    moveState === 'planned' || offices + roles > 0;
  const full = units.filter(isFull);
  const rest = units.length - full.length;
  return (
    <Card
      title={`Kết thúc trước ngày ${formatDate(on)}`}
      lead={rest > 0 ? restText(rest, units.length) : undefined}
    >
      <DataTable
        caption="Xã, phường còn cơ quan hoặc vai trò"
        rows={full}
        empty="Không có việc gì phải làm cho ngày này."
        columns={[
          {
            title: 'Xã, phường cũ',
            cell: ({ unit, successors, isWhole, moveState }) => (
              <>
                <a href={`/to-chuc/sap-xep/xem?ngay=${on}&xa=${unit.code}`}>{unit.name}</a>{' '}
                {moveState === 'planned' ? <span class="tag">đã lập</span> : null}
                {moveState === 'executed' ? <span class="tag">còn sót</span> : null}
                <small class="under">{intoText(successors, isWhole)}</small>
              </>
            ),
          },
          { title: 'Cơ quan', cell: (row) => count(row.offices), numeric: true },
          { title: 'Vai trò', cell: (row) => count(row.roles), numeric: true },
        ]}
      />
    </Card>
  );
}

/** Units that need nothing: all of them, or those that are not in the table. */
const restText = (rest: number, all: number): string =>
  `${rest === all ? `Cả ${count(rest)} đơn vị` : `${count(rest)} đơn vị khác`} không còn cơ quan hay vai trò nào phải chuyển.`;

/** "vào xã Quốc Khánh"; "chia cho xã …, xã …: cần chọn"; "kết thúc …". */
export function intoText(successors: readonly string[], isWhole: boolean): string {
  if (successors.length === 0) return 'kết thúc, không có đơn vị kế tiếp';
  const names = successors.map((name) => name.charAt(0).toLowerCase() + name.slice(1)).join(', ');
  return isWhole ? `vào ${names}` : `chia cho ${names}: cần chọn`;
}

function MovesCard({ moves, newCommandId }: MovePageProps) {
  if (moves.length === 0) {
    return <Card title="Việc đã lập" lead="Chưa lập việc sắp xếp nào." />;
  }
  return (
    <Card title="Việc đã lập">
      <ul class="handovers">
        {moves.map((move) => (
          <li id={`v-${move.moveId}`}>
            <p class="who">
              <b>{move.unitName}</b>{' '}
              <span class={move.state === 'planned' ? 'tag solid' : 'tag'}>{stateText(move)}</span>
            </p>
            <p class="lead">
              {workText(move)} · {move.plannedBy ?? 'Hệ thống'} lập lúc{' '}
              {instantText(move.plannedAt)}
              {move.voidReason ? ` · Lý do hủy: ${move.voidReason}` : ''}
            </p>
            {move.problem ? (
              <Notice
                tone="alert"
                what={move.problem.problem.what}
                why={move.problem.problem.why}
                todo={`${move.problem.problem.todo ?? ''} ${AGAIN}`.trim()}
              />
            ) : null}
            {move.state === 'planned' ? <CancelForm {...{ move, newCommandId }} /> : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function stateText({ state, on, executedAt, problem }: MoveLine): string {
  if (state === 'planned' && problem) return `từ ngày ${formatDate(on)}: chưa thực hiện được`;
  if (state === 'executed' && executedAt) return `đã thực hiện ${instantText(executedAt)}`;
  return state === 'planned' ? `chờ ngày ${formatDate(on)}` : 'đã hủy';
}

const AGAIN = 'Mỗi giờ hệ thống thử lại một lần; cũng có thể hủy việc này rồi lập lại.';

const workText = ({ offices, roles, delegations }: MoveLine): string =>
  [`${count(offices)} cơ quan`, `${count(roles)} vai trò`, `${count(delegations)} ủy quyền`].join(
    ', ',
  );

function CancelForm({
  move,
  newCommandId,
}: Pick<MovePageProps, 'newCommandId'> & { move: MoveLine }) {
  const id = `ly-do-${move.moveId}`;
  return (
    <details class="more">
      <summary>Hủy việc này</summary>
      <CommandForm
        action={`/to-chuc/sap-xep/${move.moveId}/huy`}
        commandId={newCommandId()}
        submit="Hủy việc"
        label={`Hủy việc sắp xếp ${move.unitName}`}
        quiet
      >
        <div class="field">
          <label for={id}>Lý do hủy</label>
          <input id={id} name="ly-do" required autocomplete="off" />
        </div>
      </CommandForm>
    </details>
  );
}
