import type {
  Figure,
  FigureBreakdown,
  IndicatorDefinition,
  PublishedFigure,
  Series,
} from '../../../figures/index.js';
import { formatDate, standardLabel } from '../../../kernel/index.js';
import type { Choice, Shell } from '../../../web/index.js';
import { ChoiceField, ChooserForm, Page } from '../../../web/index.js';
import { BreakdownCard } from './breakdown-card.js';
import { UNIT, numberText } from './number-text.js';
import { PublishedCard } from './published-card.js';
import { SeriesCard } from './series-card.js';
import { ValueCard } from './value-card.js';

export interface FigurePageData {
  figure: Figure;
  definition: IndicatorDefinition;
  /** As sentences: "07/2021/NĐ-CP, Điều 3". */
  legalBasis: readonly string[];
  series: Series | null;
  breakdowns: readonly FigureBreakdown[];
  published: readonly PublishedFigure[];
  choices: {
    rounds: readonly Choice[];
    areas: readonly Choice[];
    boundaries: readonly Choice[];
    chosenBoundaries: string;
  };
  otherIndicators: readonly { code: string; name: string }[];
}

interface Props {
  shell: Shell;
  data: FigurePageData;
}

/** One figure, large, with everything that stands behind it. */
export function FigurePage({ shell, data }: Props) {
  const { figure, definition, choices } = data;
  return (
    <Page
      shell={shell}
      nav="figures"
      title={`${definition.name} năm ${figure.period}: ${valueText(figure)}`}
      heading={`${definition.name}, năm ${figure.period}`}
      sub={
        `${figure.areaName} · ${standardLabel(figure.standard)} · ranh giới ngày ` +
        formatDate(figure.boundaries)
      }
    >
      <ChooserForm action={`/so-lieu/${figure.code}`}>
        <ChoiceField
          name="round"
          label="Đợt"
          choices={choices.rounds}
          value={String(figure.period)}
        />
        <ChoiceField name="area" label="Địa bàn" choices={choices.areas} value={figure.area} />
        <ChoiceField
          name="boundaries"
          label="Theo đơn vị"
          choices={choices.boundaries}
          value={choices.chosenBoundaries}
        />
      </ChooserForm>
      <div class="grid">
        <div class="stack">
          <ValueCard data={data} />
          {data.series ? <SeriesCard series={data.series} data={data} shell={shell} /> : null}
          <PublishedCard data={data} />
        </div>
        {definition.groupings.length > 0 ? <BreakdownCard data={data} /> : null}
      </div>
      <OtherIndicators data={data} />
    </Page>
  );
}

const valueText = (figure: Figure): string =>
  figure.value === null ? numberText(figure) : `${numberText(figure)}\u00A0${UNIT[figure.unit]}`;

function OtherIndicators({ data }: { data: FigurePageData }) {
  const query = `?round=${data.figure.period}&area=${data.figure.area}`;
  return (
    <nav class="tabs" aria-label="Chỉ tiêu khác">
      {data.otherIndicators.map(({ code, name }) => (
        <a href={`/so-lieu/${code}${query}`}>{name}</a>
      ))}
    </nav>
  );
}
