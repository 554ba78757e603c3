import type {
  BoundaryBridge,
  Bridge,
  Figure,
  FigureGroup,
  Form,
  Ground,
  PublicDoor,
  PublicInstance,
  PublicQuery,
} from '../figures/index.js';
import {
  boundaryBridgeQuestion,
  breakdownQuestion,
  bridgeQuestion,
  figureQuestion,
  formQuestion,
  seriesOf,
} from '../figures/index.js';
import type { Edition } from './edition.js';
import {
  INSTANCE_SHELF,
  boundaryShelf,
  bridgeShelf,
  eraOfGround,
  figureShelf,
  formShelf,
  groupKey,
  groupsShelf,
} from './shelves.js';

/**
 * The public door of an edition: the same questions, refused in the same words, answered by what was
 * published. The day of the boundaries asked for is written into the answer, as the live door does.
 */
export function editionDoor(edition: Edition): PublicDoor {
  const found = <T>(shelf: string, key?: string): T => {
    const answer = edition.answer<T>(shelf, key);
    if (answer !== undefined) return answer;
    throw new Error(`the publication has no answer "${key ?? ''}" on its shelf "${shelf}"`);
  };
  const instance = found<PublicInstance>(INSTANCE_SHELF);
  const on = (ground: Ground) => ({
    round: ground.round,
    era: eraOfGround(instance.provinceCode, ground),
  });
  const figure = (query: PublicQuery): Promise<Figure> => {
    const question = figureQuestion(instance, query);
    const answer = found<Figure>(figureShelf(question.code, on(question)), question.area);
    return Promise.resolve({ ...answer, boundaries: question.asked });
  };
  return {
    instance: () => Promise.resolve(instance),
    figure: async (query) => figure(query),
    breakdown: async (query) => {
      const question = breakdownQuestion(instance, query);
      const { code, by } = question;
      const groups = found<FigureGroup[]>(groupsShelf(code, question.round), groupKey(by));
      return { by, figure: await figure(query), groups };
    },
    form: async (query) => {
      const question = formQuestion(instance, query);
      const answer = found<Form>(formShelf(question.form, on(question)), question.area);
      return Promise.resolve({ ...answer, boundaries: question.asked });
    },
    series: async (query) => seriesOf(instance, query, async (one) => figure(one)),
    bridge: async (query) => {
      const { from, to } = bridgeQuestion(instance, query);
      return Promise.resolve(found<Bridge>(bridgeShelf(to), String(from)));
    },
    boundaryBridge: async (query) => {
      const question = boundaryBridgeQuestion(instance, query);
      const answer = found<BoundaryBridge>(boundaryShelf(on(question)), question.area);
      return Promise.resolve({ ...answer, is: question.asked });
    },
  };
}
