interface PagerProps {
  /** 1-based. */
  page: number;
  pageCount: number;
  hrefOf: (page: number) => string;
}

/** Earlier and later pages; nothing when one page holds all. */
export function Pager({ page, pageCount, hrefOf }: PagerProps) {
  if (pageCount <= 1) return null;
  return (
    <nav class="pager" aria-label="Trang">
      {page > 1 ? (
        <a href={hrefOf(page - 1)} rel="prev">
          ← Trang trước
        </a>
      ) : null}
      <span>
        Trang {page}/{pageCount}
      </span>
      {page < pageCount ? (
        <a href={hrefOf(page + 1)} rel="next">
          Trang sau →
        </a>
      ) : null}
    </nav>
  );
}
