import type { Holder, OfficeView } from '../../../access/index.js';
import { formatDate, today } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { Card, DataTable, Page } from '../../../web/index.js';

interface OfficePageProps {
  shell: Shell;
  office: OfficeView;
}

/** One office: who holds what, from when to when; what it is under and what is under it. */
export function OfficePage({ shell, office }: OfficePageProps) {
  const { name, kindLabel, parent, children, holders, past, validFrom, validTo } = office;
  const life = validTo
    ? `từ ${formatDate(validFrom)} đến hết ${formatDate(validTo)}`
    : `từ ${formatDate(validFrom)}`;
  return (
    <Page
      shell={shell}
      nav="offices"
      title={name}
      sub={
        <>
          <a href="/to-chuc">← Tổ chức</a> · {kindLabel} {life}
          {parent ? (
            <>
              {' '}
              · trực thuộc <a href={`/to-chuc/co-quan/${parent.officeId}`}>{parent.name}</a>
            </>
          ) : null}
        </>
      }
    >
      <div class={children.length > 0 ? 'grid even' : 'narrow'}>
        <div class="stack holders">
          <Holders title="Ai giữ vai trò gì" holders={holders} hasNames={office.hasNames} />
          {past.length > 0 ? (
            <Holders title="Trước đây" holders={past} hasNames={office.hasNames} />
          ) : null}
          {office.source ? (
            <Card
              title="Nguồn của tên"
              lead={
                office.state === 'unverified'
                  ? `Chưa đối chiếu văn bản gốc: ${office.source}.`
                  : `${office.source}.`
              }
            />
          ) : null}
        </div>
        {children.length > 0 ? (
          <Card title="Cơ quan trực thuộc">
            <ul class="names long">
              {children.map((one) => (
                <li>
                  <a href={`/to-chuc/co-quan/${one.officeId}`}>{one.name}</a>
                </li>
              ))}
            </ul>
          </Card>
        ) : null}
      </div>
    </Page>
  );
}

interface HoldersProps {
  title: string;
  holders: readonly Holder[];
  hasNames: boolean;
}

function Holders({ title, holders, hasNames }: HoldersProps) {
  const lead = hasNames
    ? undefined
    : 'Tên người chỉ hiện cho người cùng cơ quan, người quản trị và thanh tra.';
  return (
    <Card title={title} lead={lead}>
      <DataTable
        caption={title}
        rows={holders}
        empty="Chưa ai giữ vai trò nào ở cơ quan này."
        columns={[
          { title: 'Người', cell: (one) => <Person one={one} /> },
          {
            title: 'Vai trò',
            cell: ({ roleLabel, scope }) => (
              <>
                {roleLabel}
                <small class="under">{scope}</small>
              </>
            ),
          },
          { title: 'Thời gian', cell: (one) => intervalText(one) },
        ]}
      />
    </Card>
  );
}

function Person({ one }: { one: Holder }) {
  const { name, delegatedBy, isDelegation, endReason } = one;
  return (
    <>
      {name ?? 'Một người'}
      {isDelegation ? (
        <small class="under">{delegatedBy ? `thay mặt ${delegatedBy}` : 'được ủy quyền'}</small>
      ) : null}
      {endReason ? <small class="under">lý do hết: {endReason}</small> : null}
    </>
  );
}

/** The days of a role. One that was withdrawn before its first day was never held. */
export function intervalText({ validFrom, validTo, withdrawnAt }: HeldDays): string {
  const from = `từ ${formatDate(validFrom)}`;
  const until = validTo === null ? '' : ` đến hết ${formatDate(validTo)}`;
  if (withdrawnAt === null) return `${from}${until}`;
  const on = today({ now: () => withdrawnAt });
  return on < validFrom
    ? `rút ngày ${formatDate(on)}, trước khi bắt đầu (đã định ${from}${until})`
    : `${from}${until}, rút ngày ${formatDate(on)}`;
}

type HeldDays = Pick<Holder, 'validFrom' | 'validTo' | 'withdrawnAt'>;
