import type { FindResult, Unit } from '../../../areas/index.js';
import { formatDate } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { ChooserForm, Field, Page } from '../../../web/index.js';
import { unitHref } from '../home/home-model.js';

interface AreaListPageProps {
  shell: Shell;
  units: readonly Unit[];
  since: string | null;
  query: string;
  found: FindResult | null;
}

/** The units of today, and a search that also knows units that ended. */
export function AreaListPage({ shell, units, since, query, found }: AreaListPageProps) {
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
      {found ? <Found found={found} query={query} /> : null}
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

function Found({ found, query }: { found: FindResult; query: string }) {
  const units = found.match ? [found.match] : [...found.candidates, ...found.suggestions];
  return (
    <section class="card found">
      <h2>{headline(found, query)}</h2>
      <ul class="plain">
        {units.map((unit) => (
          <li>
            <UnitLink unit={unit} />
            <small class="raw">{` · ${describe(unit)}`}</small>
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

const describe = (unit: Unit): string =>
  unit.validTo
    ? `mã ${unit.code}, từ ${formatDate(unit.validFrom)} đến ${formatDate(unit.validTo)}`
    : `mã ${unit.code}, từ ${formatDate(unit.validFrom)}`;

const UnitLink = ({ unit }: { unit: Unit }) => (
  <a href={unitHref(unit.code, unit.validFrom)}>{unit.name}</a>
);
