import { Problem } from '../kernel/index.js';

/** A rule file says something the language does not allow; `path` is the place in the file. */
export class RuleError extends Problem {
  constructor(path: string, why: string) {
    super('environment', {
      code: 'rule-invalid',
      what: `Quy tắc sai tại ${path}.`,
      why: `${why.slice(0, 1).toUpperCase()}${why.slice(1)}.`,
      todo: 'Sửa tệp quy tắc tại chỗ nêu trên.',
      details: { path },
    });
    this.name = 'RuleError';
  }
}
