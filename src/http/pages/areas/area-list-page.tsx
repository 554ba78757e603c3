import type { AreaRegister, FindResult, Unit } from '../../../areas/index.js';
import { formatDate, withoutDiacritics } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { ChooserForm, Field, Page } from '../../../web/index.js';
import { unitHref } from '../home/home-model.js';

interface AreaListPageProps {
  shell: Shell;
  register: AreaRegister;
  units: readonly Unit[];
  since: string | null;
  query: string;
  found: FindResult | null;
}

/** The units of today, and a search that also knows units that ended. */
export function AreaListPage(props: AreaListPageProps) {
  const { shell, units, since, query, found } = props;
  return (
    <Page
      shell={shell}
      nav="areas"
      title={`${units.length} xã, phường`}
      sub={since ? `Ranh giới từ ${since}; tìm được cả đơn vị đã thay đổi` : null}
    >
      <ChooserForm action="/dia-ban" submit="Tìm">
        <Field
          name="ten"
          label="Tên xã, phường, có dấu hoặc không dấu"
          value={query}
          autocomplete="off"
        />
      </ChooserForm>
      {found ? <Found {...props} found={found} /> : null}
      <section class="card">
        <h2 class="unseen">Danh sách</h2>
        <ul class="columns tall">
          {units.map((unit) => (
            <li>
              <UnitLink unit={unit} />
            </li>
          ))}
        </ul>
      </section>
    </Page>
  );
}

type FoundProps = Omit<AreaListPageProps, 'found'> & { found: FindResult };

function Found({ found, query, register, units: current }: FoundProps) {
  const named = found.match ? [found.match] : [...found.candidates, ...found.suggestions];
  const units = named.length > 0 ? named : containing(current, query);
  return (
    <section class="card found">
      <h2>{named.length > 0 ? headline(found, query) : partHeadline(units.length, query)}</h2>
      {units.length === 0 ? (
        <p class="empty">Kiểm tra lại chính tả, hoặc chọn trong danh sách dưới đây.</p>
      ) : null}
      <ul class="plain">
        {units.map((unit) => (
          <li>
            <UnitLink unit={unit} />
            <small class="raw">{` · ${describe(unit, register)}`}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A part of a name is no name, but it is what people type first. */
const containing = (units: readonly Unit[], query: string): Unit[] =>
  units.filter(({ name }) => withoutDiacritics(name).includes(withoutDiacritics(query)));

const partHeadline = (number: number, query: string): string =>
  number > 0 ? `Tên có “${query}”` : `Không có đơn vị nào tên “${query}”`;

function headline(found: FindResult, query: string): string {
  if (found.match) return `Tìm thấy “${query}”`;
  if (found.candidates.length > 0) return `Có ${found.candidates.length} đơn vị tên “${query}”`;
  return `Không có “${query}”. Có phải là:`;
}

/** Enough to tell homonyms apart: what it lay in, its code, its time. */
function describe(unit: Unit, register: AreaRegister): string {
  const parent = unit.parent ? register.unit(unit.parent) : null;
  const until = unit.validTo ? ` đến ${formatDate(unit.validTo)}` : '';
  return `${parent ? `${parent.name}, ` : ''}mã ${unit.code}, từ ${formatDate(unit.validFrom)}${until}`;
}

const UnitLink = ({ unit }: { unit: Unit }) => (
  <a href={unitHref(unit.code, unit.validFrom)}>{unit.name}</a>
);
