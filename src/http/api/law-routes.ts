import { Hono } from 'hono';
import { today } from '../../kernel/index.js';
import { citeText, documentRegister, showDocument } from '../../law/index.js';
import { registrar } from '../registrar.js';
import type { ApiEnv } from './api-env.js';
import { dateOf, textOf } from './query.js';

const MAX_TEXT = 4000;

/** The document register and the citation reader. */
export function lawRoutes(): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const routes = registrar(app);
  routes.get('public', '/documents', (c) => {
    const documents = documentRegister().documents.map(
      ({ number, type, issuer, issued, title }) => {
        return { number, type, issuer, date: issued, title };
      },
    );
    return c.json({ documents });
  });
  routes.get('public', '/document', (c) => {
    const on = dateOf(c, 'on') ?? today(c.get('clock'));
    return c.json({ on, ...showDocument(textOf(c, 'key', 200), on) });
  });
  routes.get('public', '/citations', (c) => {
    const on = dateOf(c, 'on') ?? today(c.get('clock'));
    return c.json({ on, citations: citeText(textOf(c, 'text', MAX_TEXT), on) });
  });
  return app;
}
