/** Anything JSX gives back; only what is ready can be written. */
type Element = { toString(): string } | Promise<unknown>;

/** HTML text of an element. Components here are synchronous: data is read before a page is drawn. */
export function render(element: Element): string {
  if (element instanceof Promise) throw new TypeError('an asynchronous component was rendered');
  return element.toString();
}

/** A whole document. */
export const renderPage = (element: Element): string => `<!doctype html>${render(element)}`;
