import type { AreaRegister, FindResult, Unit } from '../../../areas/index.js';
import { formatDate } from '../../../kernel/index.js';
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
      {found ? <Found found={found} query={query} register={props.register} /> : null}
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

interface FoundProps {
  found: FindResult;
  query: string;
  register: AreaRegister;
}

function Found({ found, query, register }: FoundProps) {
  const units = found.match ? [found.match] : [...found.candidates, ...found.suggestions];
  return (
    <section class="card found">
      <h2>{headline(found, query)}</h2>
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

function headline(found: FindResult, query: string): string {
  if (found.match) return `Tìm thấy “${query}”`;
  if (found.candidates.length > 0) return `Có ${found.candidates.length} đơn vị tên “${query}”`;
  if (found.suggestions.length > 0) return `Không có “${query}”. Có phải là:`;
  return `Không có đơn vị nào tên “${query}”`;
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
