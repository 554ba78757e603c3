// The page people see while the system starts: what happens now, how far it is. No script: it reloads
// itself every second until the application answers in its place.

/** `fraction` 0–1. */
export function bootPage(message, fraction) {
  const percent = Math.max(0, Math.min(100, Math.round(fraction * 100)));
  return `<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="1">
<title>${percent} % · Thôn Bản đang khởi động</title>
<style>${STYLE}</style>
<main>
<p class="name">Thôn Bản</p>
<h1>Đang chuẩn bị số liệu</h1>
<p class="step" role="status">${escape(message)}</p>
<div class="bar" role="progressbar" aria-label="Tiến độ" aria-valuemin="0" aria-valuemax="100"
 aria-valuenow="${percent}"><svg viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
<rect width="100" height="2" class="rest"/><rect width="${percent}" height="2" class="done"/></svg></div>
<p class="percent">${percent} %</p>
<p class="note">Lần đầu mất chừng một phút, những lần sau chỉ vài giây. Trang này tự tải lại; không cần
bấm gì.</p>
</main>
</html>
`;
}

const STYLE = `
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f6f7f9;color:#1b1f24;
font:400 1rem/1.55 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{width:min(32rem,100vw);padding:2.5rem 1.5rem}
.name{margin:0;color:#23407a;font-weight:650}
h1{margin:.25rem 0 1.5rem;font-size:1.5rem;line-height:1.35;font-weight:650}
.step{margin:0 0 .5rem}
.bar svg{display:block;width:100%;height:6px;border-radius:3px}
.rest{fill:#dfe3e8}.done{fill:#23407a}
.percent{margin:.5rem 0 2rem;font-variant-numeric:tabular-nums;font-size:.875rem;color:#565f6a}
.note{margin:0;padding-top:1rem;border-top:1px solid #dfe3e8;font-size:.875rem;color:#565f6a}
`;

const escape = (text) =>
  text.replace(
    /[&<>"]/g,
    (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char],
  );
