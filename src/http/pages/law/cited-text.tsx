import { citeText } from '../../../law/index.js';
import { documentHref } from './law-pages.js';

/** A text in which each document of the register is a link to its page. */
export function CitedText({ text }: { text: string }) {
  const links = citeText(text)
    .filter((citation) => citation.resolved)
    .flatMap(({ offsets, number, date }) =>
      offsets.map(([start, end]) => ({ start, end, href: documentHref(number, date) })),
    )
    .sort((a, b) => a.start - b.start);
  let at = 0;
  const parts = links.map(({ start, end, href }) => {
    const before = text.slice(at, start);
    at = end;
    return (
      <>
        {before}
        <a href={href}>{text.slice(start, end)}</a>
      </>
    );
  });
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}
