import type { BoardLine, ListLine } from '../../../review/index.js';
import type { Choice, Shell } from '../../../web/index.js';
import { Card, ChoiceField, ChooserForm, DataTable, Page, count } from '../../../web/index.js';
import { instantText } from '../../instant.js';
import type { TodoLine } from './list-model.js';
import { decisionText, stateText } from './list-model.js';

interface BoardPageProps {
  shell: Shell;
  round: number;
  rounds: readonly Choice[];
  todo: readonly TodoLine[];
  lists: readonly ListLine[];
  /** Communes one may prepare lists for; `null` = that is not this person's work. */
  board: readonly BoardLine[] | null;
}

/** What waits for this person, the lists of a round, and the communes without one. */
export function BoardPage({ shell, round, rounds, todo, lists, board }: BoardPageProps) {
  return (
    <Page
      shell={shell}
      nav="lists"
      title="Danh sách công nhận"
      sub={`Đợt rà soát năm ${round} · danh sách của xã đi từ kết quả rà soát đến quyết định đã ký`}
    >
      <ChooserForm action="/danh-sach">
        <ChoiceField name="dot" label="Đợt" choices={rounds} value={String(round)} />
      </ChooserForm>
      <div class="stack">
        <TodoCard todo={todo} />
        <ListsCard shell={shell} lists={lists} />
        {board ? <UnitsCard shell={shell} board={board} round={round} /> : null}
      </div>
    </Page>
  );
}

function TodoCard({ todo }: { todo: readonly TodoLine[] }) {
  if (todo.length === 0) {
    return <Card title="Việc của bạn" lead="Chưa có việc nào chờ bạn trong đợt này." />;
  }
  return (
    <Card title="Việc của bạn">
      <ul class="links">
        {todo.map(({ href, what, more }) => (
          <li>
            <a href={href}>{what}</a>
            <span>{more}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ListsCard({ shell, lists }: { shell: Shell; lists: readonly ListLine[] }) {
  return (
    <Card title="Các danh sách của đợt">
      <DataTable
        caption="Các danh sách của đợt"
        isSimulated={shell.isDemo}
        rows={lists}
        empty="Chưa có danh sách nào trong địa bàn của bạn."
        columns={[
          {
            title: 'Xã, phường',
            cell: ({ listId, unit, kind }) => (
              <>
                <a href={`/danh-sach/${listId}`}>{unit.name}</a>
                {kind === 'revocation' ? <small class="under">thu hồi quyết định</small> : null}
              </>
            ),
          },
          {
            title: 'Bước',
            cell: ({ state, changedAt }) => (
              <>
                {stateText(state)}
                <small class="under">{instantText(changedAt)}</small>
              </>
            ),
          },
          { title: 'Hộ nghèo', cell: (row) => count(row.poor), numeric: true },
          { title: 'Hộ cận nghèo', cell: (row) => count(row.nearPoor), numeric: true },
        ]}
      />
    </Card>
  );
}

interface UnitsProps {
  shell: Shell;
  board: readonly BoardLine[];
  round: number;
}

function UnitsCard({ shell, board, round }: UnitsProps) {
  return (
    <Card
      id="xa-phuong"
      title="Xã, phường của đợt"
      lead="Mở một xã để lập danh sách, thay hoặc thu hồi quyết định đang có hiệu lực."
    >
      <DataTable
        caption="Xã, phường của đợt"
        isSimulated={shell.isDemo}
        rows={board}
        empty="Chưa có hộ nào của đợt này được ghi vào sổ trong địa bàn của bạn. Nhập tệp rà soát trước."
        columns={[
          {
            title: 'Xã, phường',
            cell: ({ unit }) => (
              <a href={`/danh-sach/moi?dot=${round}&xa=${unit.code}`}>{unit.name}</a>
            ),
          },
          { title: 'Hộ', cell: (row) => count(row.households), numeric: true, wideOnly: true },
          {
            title: 'Chờ quyết định',
            cell: ({ pending }) => (pending === 0 ? '0' : <b>{count(pending)}</b>),
            numeric: true,
          },
          {
            title: 'Đang có hiệu lực',
            cell: ({ inForce, open }) => (
              <>
                {inForce ? decisionText(inForce) : 'chưa có quyết định'}
                {open ? <small class="under">danh sách {stateText(open.state)}</small> : null}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}
