import type { Form, RowsRef } from '../../../figures/index.js';
import { formatDate, standardLabel } from '../../../kernel/index.js';
import type { Choice, Shell } from '../../../web/index.js';
import {
  ChoiceField,
  ChooserForm,
  IdentityStrip,
  Notice,
  Page,
  count,
} from '../../../web/index.js';
import { CitedText } from '../law/cited-text.js';
import { FormSheet } from './form-sheet.js';

export interface FormChoices {
  rounds: readonly Choice[];
  areas: readonly Choice[];
  boundaries: readonly Choice[];
  /** As in the address; '' = the units of the round's own day. */
  chosenBoundaries: string;
}

interface FormPageProps {
  shell: Shell;
  form: Form;
  choices: FormChoices;
  /** Address of the households behind a difference, for officers; `null` for the public. */
  rowsHref: ((ref: RowsRef) => string) | null;
}

/** A form on screen: the official columns, what balances and what does not, downloads. */
export function FormPage({ shell, form, choices, rowsHref }: FormPageProps) {
  const query = new URLSearchParams({ round: String(form.round), area: form.area });
  if (choices.chosenBoundaries) query.set('boundaries', choices.chosenBoundaries);
  return (
    <Page
      shell={shell}
      nav="forms"
      title={`Mẫu ${form.form}. ${form.title}, năm ${form.round}`}
      sub={
        `${form.areaName} · ${standardLabel(form.standard)} · ranh giới ngày ` +
        `${formatDate(form.boundaries)} · ${statusText(form)}`
      }
    >
      <FormTabs current={form.form} query={query.toString()} />
      <ChooserForm action={`/bieu-mau/${form.form}`}>
        <ChoiceField name="round" label="Đợt" choices={choices.rounds} value={String(form.round)} />
        <ChoiceField name="area" label="Địa bàn" choices={choices.areas} value={form.area} />
        <ChoiceField
          name="boundaries"
          label="Theo đơn vị"
          choices={choices.boundaries}
          value={choices.chosenBoundaries}
        />
      </ChooserForm>
      {form.missing.length > 0 ? (
        <Notice what="Chưa đủ dữ liệu" why={form.missing.join(' ')} />
      ) : null}
      <IdentityStrip
        checks={form.identities.map((identity) => ({
          ...identity,
          reason: identity.reason ?? null,
          href: identity.rowsRef && rowsHref ? rowsHref(identity.rowsRef) : null,
        }))}
      />
      <p class="phone hint">Vuốt ngang và dọc trong khung để xem hết biểu.</p>
      <FormSheet form={form} />
      {form.rows.some((row) => row.suppressed) ? (
        <p class="lead">“ẩn”: số liệu nhỏ được ẩn để bảo vệ thông tin cá nhân.</p>
      ) : null}
      {form.form !== 1 && form.rows.length <= 2 ? (
        <p class="lead">
          Mẫu này theo dõi từng hộ qua hai đợt nên chỉ công khai dòng toàn tỉnh; cán bộ tỉnh đăng
          nhập để xem từng xã, phường.
        </p>
      ) : null}
      <p class="source">
        Cách đếm, câu lệnh:{' '}
        {form.source.files.map((file, index) => (
          <>
            {index > 0 ? ', ' : ''}
            <a href={`/${file}`}>{file.slice(file.lastIndexOf('/') + 1)}</a>
          </>
        ))}
        {form.source.legalBasis.length > 0 ? ' · Căn cứ: ' : ''}
        <CitedText text={form.source.legalBasis.join('; ')} />
        <span class="screen">
          {' · '}
          <a href={`/bieu-mau/${form.form}/tai?${query.toString()}&dang=xlsx`}>Tải Excel</a> ·{' '}
          <a href={`/bieu-mau/${form.form}/tai?${query.toString()}&dang=csv`}>Tải CSV</a>
        </span>
      </p>
    </Page>
  );
}

function statusText(form: Form): string {
  const counted =
    form.status === 'recognised' ? 'theo quyết định công nhận' : 'sơ bộ, theo kết quả đề xuất';
  const pending = form.pending ? `, còn ${count(form.pending)} hộ chờ quyết định` : '';
  return `${counted}${pending}${form.synthetic ? ' · mô phỏng' : ''}`;
}

export const FORM_TITLES: readonly { form: 1 | 2 | 3; title: string; about: string }[] = [
  {
    form: 1,
    title: 'Kết quả rà soát hộ nghèo, hộ cận nghèo',
    about: 'Số hộ, nhân khẩu và tỷ lệ của từng xã, phường.',
  },
  {
    form: 2,
    title: 'Diễn biến hộ nghèo',
    about: 'Đầu kỳ, thoát nghèo, tái nghèo, phát sinh mới, cuối kỳ.',
  },
  {
    form: 3,
    title: 'Diễn biến hộ cận nghèo',
    about: 'Đầu kỳ, thoát cận nghèo, trở thành hộ nghèo, phát sinh mới, cuối kỳ.',
  },
];

function FormTabs({ current, query }: { current: number; query: string }) {
  return (
    <nav class="tabs" aria-label="Biểu mẫu">
      {FORM_TITLES.map(({ form, title }) => (
        <a
          href={`/bieu-mau/${form}?${query}`}
          {...(form === current ? { 'aria-current': 'page' as const } : {})}
        >
          Mẫu {form}. {title}
        </a>
      ))}
    </nav>
  );
}

/** The list of forms. */
export function FormListPage({ shell }: { shell: Shell }) {
  return (
    <Page
      shell={shell}
      nav="forms"
      title="Biểu mẫu báo cáo"
      sub="Bố cục của phụ lục VII Thông tư 07/2021/TT-BLĐTBXH; số thứ tự mẫu chưa đối chiếu văn bản gốc"
    >
      <ul class="links narrow">
        {FORM_TITLES.map(({ form, title, about }) => (
          <li>
            <a href={`/bieu-mau/${form}`}>
              Mẫu {form}. {title}
            </a>
            <span>{about}</span>
          </li>
        ))}
      </ul>
    </Page>
  );
}
