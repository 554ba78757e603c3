import type { MoveLine, OfficeLine } from '../../../access/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import { formatDate } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { Card, DataTable, Page, count } from '../../../web/index.js';

interface OfficeListPageProps {
  shell: Shell;
  offices: readonly OfficeLine[];
  on: PlainDate;
  /** Moves that wait for their day; `null` = planning them is not this person's work. */
  waiting: readonly MoveLine[] | null;
}

/** The offices of the province and of its communes, and what will move. */
export function OfficeListPage({ shell, offices, on, waiting }: OfficeListPageProps) {
  const at = (level: OfficeLine['level']) => offices.filter((one) => one.level === level);
  const isCommittee = ({ kind }: OfficeLine) => kind === 'commune_committee';
  const [province, communes] = [at('province'), at('commune').filter(isCommittee)];
  const others = [...at('commune').filter((one) => !isCommittee(one)), ...at('village')];
  const held = offices.filter(({ people }) => people > 0).length;
  return (
    <Page
      shell={shell}
      nav="offices"
      title="Tổ chức"
      sub={`${count(offices.length)} cơ quan ngày ${formatDate(on)} · ${count(held)} cơ quan có người giữ vai trò trong hệ thống`}
    >
      <div class="grid">
        <div class="stack">
          {province.length > 0 ? <OfficesCard title="Cấp tỉnh" offices={province} /> : null}
          {others.length > 0 ? <OfficesCard title="Khác ở xã và thôn" offices={others} /> : null}
          {waiting ? <MovesCard waiting={waiting} /> : null}
        </div>
        {communes.length > 0 ? <CommunesCard communes={communes} /> : null}
        {offices.length === 0 ? (
          <Card title="Không có cơ quan nào" lead="Trong địa bàn được giao chưa có cơ quan nào." />
        ) : null}
      </div>
    </Page>
  );
}

interface OfficesProps {
  title: string;
  offices: readonly OfficeLine[];
}

function OfficesCard({ title, offices }: OfficesProps) {
  return (
    <Card title={title}>
      <DataTable
        caption={`Cơ quan: ${title}`}
        rows={offices}
        columns={[
          {
            title: 'Cơ quan',
            cell: ({ officeId, name, state }) => (
              <>
                <a href={`/to-chuc/co-quan/${officeId}`}>{name}</a>
                {state === 'unverified' ? (
                  <small class="under">tên chưa đối chiếu văn bản gốc</small>
                ) : null}
              </>
            ),
          },
          {
            title: 'Người giữ vai trò',
            cell: ({ people }) => (people === 0 ? '–' : count(people)),
            numeric: true,
          },
        ]}
      />
    </Card>
  );
}

/** Sixty names that all begin alike: the unit alone, in columns. */
function CommunesCard({ communes }: { communes: readonly OfficeLine[] }) {
  return (
    <Card
      title="Ủy ban nhân dân xã, phường"
      lead={`${count(communes.length)} cơ quan; số bên cạnh là số người giữ vai trò.`}
    >
      <ul class="names">
        {communes.map(({ officeId, name, unitName, people }) => (
          <li>
            <a href={`/to-chuc/co-quan/${officeId}`}>{unitName ?? name}</a>
            {people > 0 ? <span class="tag">{count(people)}</span> : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function MovesCard({ waiting }: { waiting: readonly MoveLine[] }) {
  return (
    <Card
      title="Khi xã, phường sáp nhập"
      lead="Cơ quan, vai trò và việc đang làm chuyển sang đơn vị mới trong một bước có ngày, xem trước được."
    >
      {waiting.length > 0 ? (
        <ul class="links">
          {waiting.map(({ moveId, unitName, on, problem }) => (
            <li>
              <a href={`/to-chuc/sap-xep#v-${moveId}`}>{unitName}</a>
              <span>{problem ? 'cần người xem lại' : `chờ đến ngày ${formatDate(on)}`}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <p class="acts">
        <a class="button quiet" href="/to-chuc/sap-xep">
          Sắp xếp cơ quan
        </a>
      </p>
    </Card>
  );
}
