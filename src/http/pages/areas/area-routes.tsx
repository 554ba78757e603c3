import type { AreaRegister, UnitHistory } from '../../../areas/index.js';
import { areaRegister } from '../../../areas/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import { formatDate, parsePlainDate, cutText, tidyText, today } from '../../../kernel/index.js';
import { changesOf } from '../../choices.js';
import type { Ctx } from '../../env.js';
import { figuresFor } from '../../projection.js';
import { notFound } from '../../query.js';
import { page } from '../../render-page.js';
import { AreaListPage } from './area-list-page.js';
import { AreaPage } from './area-page.js';

/** GET /dia-ban?ten= */
export async function areaList(c: Ctx): Promise<Response> {
  const register = areaRegister();
  const { provinceCode } = c.get('instance');
  const day = today(c.get('clock'));
  const since = changesOf(register, provinceCode).findLast((date) => date <= day);
  const query = cutText(tidyText(c.req.query('ten') ?? ''), 80);
  return page(
    c,
    <AreaListPage
      shell={c.get('shell')}
      register={register}
      units={register.communesOf(provinceCode, day)}
      since={since ? formatDate(since) : null}
      query={query}
      found={query ? register.find(query, { parent: provinceCode }) : null}
    />,
  );
}

/** GET /dia-ban/:code?tu=DATE&dot=YEAR; without a date the latest unit that had the code. */
export async function area(c: Ctx): Promise<Response> {
  const register = areaRegister();
  const { provinceCode } = c.get('instance');
  const code = c.req.param('code') ?? '';
  const history = unitVersion(register, code, parsePlainDate(c.req.query('tu') ?? ''));
  if (history?.unit.provinceCode !== provinceCode) throw notFound();
  const { unit } = history;
  const parent = unit.parent ? register.unit(unit.parent) : null;
  const rates =
    unit.level === 'district'
      ? null
      : await figuresFor(c).series({
          code: 'poverty-rate',
          area: code,
          boundaries: unit.validTo ?? unit.validFrom,
        });
  const { rounds } = await figuresFor(c).instance();
  const roundsBefore = rounds
    .filter(({ referenceDate }) => referenceDate < unit.validFrom)
    .map((one) => one.round)
    .reverse();
  const asked = Number(c.req.query('dot'));
  const round = roundsBefore.includes(asked) ? asked : roundsBefore[0];
  return page(
    c,
    <AreaPage
      shell={c.get('shell')}
      data={{
        register,
        history,
        namesakes: register
          .lineage(code)
          .map((version) => version.unit)
          .filter((other) => other.validFrom !== unit.validFrom),
        series: rates?.points.some((point) => point.figure !== null) ? rates : null,
        parentName: parent?.name ?? null,
        bridge:
          round === undefined
            ? null
            : await figuresFor(c).boundaryBridge({
                area: code,
                round,
                boundaries: unit.validTo ?? unit.validFrom,
              }),
        roundsBefore,
      }}
    />,
  );
}

/** The version that began on the day, or the latest one. */
function unitVersion(
  register: AreaRegister,
  code: string,
  from: PlainDate | null,
): UnitHistory | undefined {
  const versions = register.lineage(code);
  return from === null
    ? versions.at(-1)
    : versions.find((version) => version.unit.validFrom === from);
}
