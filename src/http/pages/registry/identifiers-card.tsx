import { Card, DataTable, Field } from '../../../web/index.js';

/** A member of a household with their numbers, as far as a page shows them. */
export interface PersonNumbers {
  personId: string;
  name: string;
  numbers: readonly { identifierId: string; label: string; masked: string | null }[];
}

/** What whoever looks may do with numbers of this household. */
export interface NumberRights {
  householdId: string;
  canReveal: boolean;
  canRecord: boolean;
}

interface Props {
  people: readonly PersonNumbers[];
  rights: NumberRights | undefined;
}

/** Personal numbers, masked; whole ones are shown on a page of their own, to whoever says why. */
export function IdentifiersCard({ people, rights }: Props) {
  if (!rights) return null;
  const numbers = people.flatMap((person) =>
    person.numbers.map((number) => ({ ...number, name: person.name })),
  );
  return (
    <Card
      id="so-dinh-danh"
      title="Số định danh cá nhân"
      lead="Lưu ở dạng mã hóa; ở đây chỉ hiện ba số cuối."
    >
      <DataTable
        caption="Số định danh của các thành viên"
        rows={people}
        empty="Chưa ghi thành viên nào."
        columns={[
          { title: 'Họ và tên', cell: (person) => person.name },
          { title: 'Số', cell: (person) => <Numbers person={person} /> },
          ...(rights.canRecord
            ? [
                {
                  title: <span class="unseen">Việc</span>,
                  cell: (person: PersonNumbers) => (
                    <a
                      href={`/ho/${rights.householdId}/so-dinh-danh/${person.personId}`}
                      aria-label={`Nhập hoặc sửa số của ${person.name}`}
                    >
                      {person.numbers.length === 0 ? 'Nhập' : 'Sửa'}
                    </a>
                  ),
                },
              ]
            : []),
        ]}
      />
      {rights.canReveal && numbers.length > 0 ? (
        <RevealForm householdId={rights.householdId} numbers={numbers} />
      ) : null}
    </Card>
  );
}

function Numbers({ person }: { person: PersonNumbers }) {
  if (person.numbers.length === 0) return <>chưa có</>;
  return (
    <>
      {person.numbers.map(({ label, masked }) => (
        <span class="masked">
          {masked === null ? 'không mở được (thiếu khóa)' : masked} <small>{label}</small>
        </span>
      ))}
    </>
  );
}

interface RevealProps {
  householdId: string;
  numbers: readonly { identifierId: string; label: string; name: string }[];
}

function RevealForm({ householdId, numbers }: RevealProps) {
  return (
    <details class="more">
      <summary>Xem đầy đủ một số</summary>
      <form class="command" method="post" action={`/ho/${householdId}/so-dinh-danh/xem`}>
        <div class="field">
          <label for="identifier">Số cần xem</label>
          <select id="identifier" name="identifier">
            {numbers.map(({ identifierId, label, name }) => (
              <option value={identifierId}>
                {name} – {label}
              </option>
            ))}
          </select>
        </div>
        <Field
          name="reason"
          label="Lý do xem"
          hint="Người xem, thời điểm và lý do được lưu vào lịch sử của hộ."
          required
          autocomplete="off"
        />
        <button type="submit" class="quiet">
          Xem số
        </button>
      </form>
    </details>
  );
}
