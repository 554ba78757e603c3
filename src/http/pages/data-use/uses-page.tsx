import type { Shell } from '../../../web/index.js';
import { Card, Page } from '../../../web/index.js';

export interface UseLine {
  when: string;
  what: string;
  /** Office and role; empty when the household itself asked. */
  who: string;
  purpose: string | null;
  /** A reading without a purpose is told as such; any other act says by itself what it was for. */
  isReading: boolean;
}

interface Props {
  shell: Shell;
  village: string;
  uses: readonly UseLine[];
  hasMore: boolean;
}

const USE: Readonly<Record<string, string>> = {
  'household.read': 'Mở hồ sơ của hộ',
  'household.search': 'Gặp tên một người trong hộ khi nhập số căn cước',
  'identifier.read': 'Xem đầy đủ số căn cước của một người trong hộ',
  'identifier.record': 'Ghi số căn cước của một người trong hộ',
  'identifier.correct': 'Sửa số căn cước của một người trong hộ',
  'import.commit': 'Ghi kết quả rà soát của hộ',
  'import.void': 'Hủy một lần ghi kết quả rà soát',
  'list.prepare': 'Đưa hộ vào danh sách đề nghị công nhận',
  'list.submit': 'Trình danh sách có hộ',
  'list.return': 'Trả lại danh sách có hộ để làm lại',
  'list.approve': 'Duyệt trình danh sách có hộ',
  'list.decide': 'Ghi quyết định của Ủy ban nhân dân xã về danh sách có hộ',
  'list.withdraw': 'Bỏ danh sách có hộ, chưa quyết định gì',
  'list-names.export': 'In danh sách niêm yết có tên chủ hộ',
  'household-code.issue': 'Cấp phiếu tra cứu cho hộ',
  'household-code.refuse': 'Có người gõ mã của hộ nhưng sai năm sinh',
  'household-code.read': 'Hộ xem trang này bằng mã',
};

/** One use in the words of a village. */
export const useText = (action: string): string => USE[action] ?? 'Việc khác với hồ sơ của hộ';

/** What an act is for by itself, whatever was typed beside it. */
const PURPOSE: Readonly<Record<string, string>> = {
  'import.commit': 'rà soát hộ nghèo, hộ cận nghèo hằng năm',
  'import.void': 'sửa lại lần ghi có chỗ sai',
  'list.prepare': 'công nhận hộ nghèo, hộ cận nghèo, hộ thoát nghèo',
  'list.submit': 'công nhận hộ nghèo, hộ cận nghèo, hộ thoát nghèo',
  'list.return': 'xem lại danh sách trước khi quyết định',
  'list.approve': 'công nhận hộ nghèo, hộ cận nghèo, hộ thoát nghèo',
  'list.decide': 'công nhận hộ nghèo, hộ cận nghèo, hộ thoát nghèo',
  'list.withdraw': 'lập lại danh sách',
  'list-names.export': 'niêm yết ở thôn để người dân góp ý',
  'household-code.issue': 'để hộ tự xem ai đã dùng thông tin của mình',
  'household-code.refuse': 'giữ cho người không có phiếu không xem được',
};

export const purposeText = (action: string): string | null => PURPOSE[action] ?? null;

/** Who used the data of one household. Names nobody: not the members, not the officers. */
export function UsesPage({ shell, village, uses, hasMore }: Props) {
  const visits = uses.length;
  return (
    <Page
      shell={shell}
      title="Ai đã xem thông tin của gia đình tôi?"
      sub={`Hộ có phiếu tra cứu này · ${village}`}
    >
      <div class="stack">
        <Card
          title={visits === 0 ? 'Chưa có lần nào được ghi' : `${visits} lần được ghi`}
          lead="Mới nhất ở trên. Mỗi lần mở hoặc ghi hồ sơ của hộ đều được lưu, không ai xóa được."
        >
          {uses.length === 0 ? (
            <p class="empty">Từ khi có nhật ký, chưa ai mở hồ sơ của hộ.</p>
          ) : (
            <ol class="uses">
              {uses.map((use) => (
                <li>
                  <time>{use.when}</time>
                  <div>
                    <b>{use.what}</b>
                    {use.who ? <p>{use.who}</p> : null}
                    {use.purpose === null && !use.isReading ? null : (
                      <p class="small">Để làm gì: {use.purpose ?? 'không ghi'}</p>
                    )}
                  </div>
                </li>
              ))}
            </ol>
          )}
          {hasMore ? <p class="small">Chỉ hiện những lần mới nhất.</p> : null}
        </Card>
        <Card title="Nếu thấy điều gì lạ">
          <p>
            Mang phiếu đến Ủy ban nhân dân xã, hoặc nói với Mặt trận Tổ quốc xã. Có thể xin mã mới;
            mã cũ khi đó không còn dùng được. Tên của hộ trong danh sách tìm kiếm của cán bộ không
            ghi riêng từng hộ ở đây; lần đọc của đoàn thanh tra được hiện sau khi có kết luận công
            khai.
          </p>
        </Card>
      </div>
    </Page>
  );
}
