import type { Child } from 'hono/jsx';
import type { HouseholdPage as HouseholdRows } from '../../../registry/index.js';
import { POVERTY_STATUS_LABEL } from '../../../kernel/index.js';
import type { Choice, Shell } from '../../../web/index.js';
import { ChoiceField, ChooserForm, DataTable, Field, NO_NUMBER, Page } from '../../../web/index.js';

interface HouseholdListPageProps {
  shell: Shell;
  title: string;
  sub: Child;
  result: HouseholdRows;
  rounds: readonly Choice[];
  chosen: { round: string; status: string; name: string };
  /** Households behind a cell of a form are not searched further. */
  hasSearch: boolean;
  /** What the households are listed for; told to a household that is opened. */
  cameFrom: 'so' | 'bieu-mau';
  /** For whoever may see whole numbers. */
  hasNumberSearch: boolean;
  page: number;
  hrefOf: (page: number) => string;
}

const STATUSES: readonly Choice[] = [
  { value: 'poor', label: 'Hộ nghèo' },
  { value: 'near_poor', label: 'Hộ cận nghèo' },
  { value: 'not_poor', label: 'Không nghèo' },
  { value: 'not_computable', label: 'Chưa đủ dữ liệu' },
  { value: '', label: 'Tất cả' },
];

/** Households of one's own area, to open one of them. */
export function HouseholdListPage(props: HouseholdListPageProps) {
  const { shell, result, chosen, page, hrefOf } = props;
  return (
    <Page shell={shell} nav="households" title={props.title} sub={props.sub}>
      {props.hasSearch ? (
        <ChooserForm action="/ho" submit="Tìm">
          <ChoiceField name="round" label="Đợt" choices={props.rounds} value={chosen.round} />
          <ChoiceField name="status" label="Kết quả" choices={STATUSES} value={chosen.status} />
          <Field
            name="ten"
            label="Tên chủ hộ, có dấu hoặc không dấu"
            value={chosen.name}
            autocomplete="off"
          />
        </ChooserForm>
      ) : null}
      {props.hasNumberSearch ? <NumberSearch /> : null}
      <section class="card">
        <h2 class="unseen">Danh sách hộ</h2>
        <DataTable
          isSimulated={shell.isDemo}
          caption="Hộ trong địa bàn"
          rows={result.rows}
          empty={<NoHousehold chosen={chosen} hasSearch={props.hasSearch} />}
          columns={[
            {
              title: 'Chủ hộ',
              cell: (row) => (
                <a href={`/ho/${row.householdId}?tu=${props.cameFrom}`}>
                  {row.headName ?? 'chưa rõ tên'}
                  <small class="phone">
                    {row.villageName ?? 'chưa rõ thôn'}, {row.unitName ?? 'chưa xác định xã'}
                  </small>
                </a>
              ),
            },
            { title: 'Thôn', cell: (row) => row.villageName ?? 'chưa rõ thôn', wideOnly: true },
            { title: 'Xã, phường', cell: (row) => row.unitName ?? 'chưa xác định', wideOnly: true },
            {
              title: 'Nhân khẩu',
              cell: (row) => row.members ?? NO_NUMBER,
              numeric: true,
              wideOnly: true,
            },
            {
              title: 'Kết quả',
              cell: (row) =>
                row.status === null ? (
                  'chưa có'
                ) : (
                  <>
                    <span class="whole">{POVERTY_STATUS_LABEL[row.status]}</span>
                    {row.isRecognised ? '' : ' (đề xuất)'}
                  </>
                ),
            },
          ]}
        />
        <nav class="pager" aria-label="Trang">
          {page > 1 ? <a href={hrefOf(page - 1)}>← Trang trước</a> : null}
          {result.hasMore ? <a href={hrefOf(page + 1)}>Trang sau →</a> : null}
        </nav>
      </section>
    </Page>
  );
}

/** A form of its own, sent by POST: a number never stands in an address. */
function NumberSearch() {
  return (
    <details class="more">
      <summary>Tìm theo số định danh cá nhân</summary>
      <form class="chooser" method="post" action="/ho/tim-so">
        <Field
          name="number"
          label="Số căn cước hoặc chứng minh nhân dân"
          required
          inputmode="numeric"
          autocomplete="off"
        />
        <button type="submit" class="quiet">
          Tìm
        </button>
      </form>
    </details>
  );
}

/** Says what was looked for; a name sought in one class alone may stand in another. */
function NoHousehold({ chosen, hasSearch }: Pick<HouseholdListPageProps, 'chosen' | 'hasSearch'>) {
  const { round, status, name } = chosen;
  if (!hasSearch || status === '') return <>Không có hộ nào như vậy trong địa bàn của bạn.</>;
  const query = new URLSearchParams({ round, status: '', ten: name });
  const within = STATUSES.find(({ value }) => value === status)?.label.toLowerCase() ?? '';
  return (
    <>
      {`Không có hộ nào như vậy trong nhóm “${within}”. `}
      <a href={`/ho?${query.toString()}`}>Tìm trong tất cả các hộ</a>
    </>
  );
}
