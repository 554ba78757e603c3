import type { Problem } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { Card, CommandForm, Field, Notice, Page } from '../../../web/index.js';

interface NumberFormPageProps {
  shell: Shell;
  householdId: string;
  personId: string;
  name: string;
  /** "Nữ, sinh năm 1985", as the book has it. */
  about: string;
  /** Numbers that stand already: "số căn cước •••••••••123". */
  standing: readonly string[];
  commandId: string;
  problem: Problem | null;
  /** What was typed, after a refusal. */
  typed: { number: string; reason: string };
}

/** Writing down or correcting the number of one person. */
export function NumberFormPage(props: NumberFormPageProps) {
  const { shell, householdId, personId, name, standing, problem, typed } = props;
  const mustConfirm = problem?.code === 'identifier-disagrees';
  const other = problem?.details['householdId'];
  return (
    <Page
      shell={shell}
      nav="households"
      title={`Số định danh của ${name}`}
      sub={
        <>
          <a href={`/ho/${householdId}`}>← Trang của hộ</a> · {props.about}
        </>
      }
    >
      <div class="narrow">
        <Card
          title={standing.length > 0 ? 'Sửa hoặc thêm số' : 'Nhập số'}
          lead={
            standing.length > 0
              ? `Đang ghi: ${standing.join('; ')}.`
              : 'Số căn cước gồm 12 chữ số; chứng minh nhân dân cũ gồm 9 chữ số.'
          }
        >
          {problem ? (
            <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo}>
              {typeof other === 'string' ? (
                <p>
                  <a href={`/ho/${other}`}>Mở hộ đang ghi số này</a>
                </p>
              ) : null}
            </Notice>
          ) : null}
          <CommandForm
            action={`/ho/${householdId}/so-dinh-danh/${personId}`}
            commandId={props.commandId}
            submit="Ghi số"
          >
            <Field
              name="number"
              label="Số trên giấy tờ"
              value={typed.number}
              required
              inputmode="numeric"
              autocomplete="off"
            />
            {standing.length > 0 ? (
              <Field
                name="reason"
                label="Lý do sửa"
                hint="Bắt buộc khi thay số đang ghi; ví dụ: đối chiếu lại với căn cước."
                value={typed.reason}
                autocomplete="off"
              />
            ) : null}
            {mustConfirm ? (
              <p class="check">
                <input type="checkbox" id="confirmed" name="confirmed" value="1" />
                <label for="confirmed">Đã đối chiếu giấy tờ gốc: số đúng như đã nhập</label>
              </p>
            ) : null}
          </CommandForm>
        </Card>
      </div>
    </Page>
  );
}

interface RevealedPageProps {
  shell: Shell;
  householdId: string;
  name: string;
  label: string;
  number: string;
  reason: string;
}

/** One whole number, to whoever said why. */
export function RevealedPage(props: RevealedPageProps) {
  const { shell, householdId, name, label, number, reason } = props;
  return (
    <Page
      shell={shell}
      nav="households"
      title={`Số định danh của ${name}`}
      sub={<a href={`/ho/${householdId}`}>← Trang của hộ</a>}
    >
      <div class="narrow">
        <Card title={`Đầy đủ ${label}`} lead={`Lý do xem đã lưu: ${reason}`}>
          <p class="secret">
            <code>{number}</code>
          </p>
        </Card>
      </div>
    </Page>
  );
}

interface NumberSearchPageProps {
  shell: Shell;
  problem: Problem | null;
  found: readonly { householdId: string | null; fullName: string }[];
}

/** A search by number that did not lead to one household. */
export function NumberSearchPage({ shell, problem, found }: NumberSearchPageProps) {
  return (
    <Page
      shell={shell}
      nav="households"
      title="Tìm theo số định danh"
      sub={<a href="/ho">← Danh sách hộ</a>}
    >
      <div class="narrow">
        {problem ? (
          <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo} />
        ) : null}
        {!problem && found.length === 0 ? (
          <Notice
            what="Không có ai mang số này trong địa bàn của bạn."
            why="Số có thể chưa được nhập, hoặc người đó ở địa bàn khác."
            todo="Tìm theo tên chủ hộ, rồi nhập số vào trang của hộ."
          />
        ) : null}
        {found.length > 0 ? (
          <Card
            title={`${found.length} người mang số này`}
            lead="Nội dung cần rà soát: một số chỉ thuộc một người."
          >
            <ul class="plain">
              {found.map(({ householdId, fullName }) => (
                <li>{householdId ? <a href={`/ho/${householdId}`}>{fullName}</a> : fullName}</li>
              ))}
            </ul>
          </Card>
        ) : null}
      </div>
    </Page>
  );
}
