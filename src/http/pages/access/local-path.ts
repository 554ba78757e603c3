/** Only a path of this site: "//elsewhere" and "/\elsewhere" are other sites to a browser. */
export function localPath(text: string | undefined): string {
  return text !== undefined && /^\/(?![/\\])[^\s\p{Cc}]*$/u.test(text) ? text : '/';
}

/** An address with where to go afterwards, when that is not the first page. */
export const withNext = (path: string, next: string): string =>
  next === '/' ? path : `${path}?next=${encodeURIComponent(next)}`;
