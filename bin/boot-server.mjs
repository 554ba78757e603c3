// The HTTP server before there is an application: it listens at once and shows how far the start is.
import http from 'node:http';
import { bootPage } from './boot-page.mjs';

const USAGE = 2;

/** Listens on HOST and PORT (or --host, --port); `refuse` ends the process with a sentence. */
export async function openBootServer(words, refuse) {
  const host = option(words, 'host') ?? (process.env.HOST || '127.0.0.1');
  const portText = option(words, 'port') ?? (process.env.PORT || '8080');
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : NaN;
  if (!(port <= 65_535)) {
    const todo = 'Đặt PORT là một số từ 0 đến 65535, ví dụ 8080.';
    refuse('bad-port', `Cổng "${portText}" không hợp lệ.`, todo, USAGE);
  }
  const state = { message: 'Khởi động', fraction: 0 };
  const server = http.createServer((request, response) => answer(request, response, state));
  await listen(server, port, host, refuse);
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    server,
    url: `http://${shown}:${server.address().port}`,
    progress(message, fraction) {
      state.message = message;
      state.fraction = fraction ?? state.fraction;
    },
  };
}

function option(words, name) {
  const at = words.findIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  if (at < 0) return undefined;
  return words[at].includes('=') ? words[at].slice(name.length + 3) : words[at + 1];
}

function listen(server, port, host, refuse) {
  return new Promise((resolve) => {
    server.once('error', (error) => {
      if (error.code === 'EADDRINUSE') {
        const todo = `Dừng chương trình kia, hoặc chọn cổng khác: PORT=${port + 1} npm start`;
        refuse('port-in-use', `Cổng ${port} trên ${host} đang được dùng.`, todo);
      } else if (error.code === 'EACCES') {
        refuse('port-refused', `Không được mở cổng ${port}.`, 'Chọn một cổng từ 1024 trở lên.');
      } else {
        const todo = 'Kiểm tra biến HOST, ví dụ 127.0.0.1 hoặc 0.0.0.0.';
        refuse('address-refused', `Không mở được ${host}:${port} (${error.code}).`, todo);
      }
    });
    server.listen(port, host, resolve);
  });
}

function answer(request, response, { message, fraction }) {
  const path = request.url.split('?', 1)[0];
  const headers = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' };
  if (path === '/healthz' || path.startsWith('/api/')) {
    response.writeHead(503, { ...headers, 'retry-after': '2', 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: 'starting', message, fraction }));
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(503, { ...headers, 'retry-after': '2' });
    response.end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  });
  response.end(bootPage(message, fraction));
}
