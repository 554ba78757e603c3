/** An answer that the browser saves under the given name. Not kept: it may hold what only some may see. */
export function download(
  body: string | Uint8Array<ArrayBuffer>,
  name: string,
  type: string,
): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  });
}
