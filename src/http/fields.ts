import { MIMEType } from 'node:util';
import { Problem, formatInteger } from '../kernel/index.js';
import type { Ctx } from './env.js';

/** More than any page offers: a sheet of a workbook, a role of a move has one or two. */
const MAX_FIELDS = 2_000;

/**
 * A posted form with its files.
 * @throws Problem `bad-form` for a body that is cut off or is no form, `too-many-fields`
 */
export async function postedForm(c: Ctx): Promise<Record<string, string | File>> {
  try {
    // Before it is read: to take a hundred thousand fields apart holds everybody else up.
    const most = fieldsAtMost(c.req.header('content-type') ?? '', await c.req.arrayBuffer());
    if (most > MAX_FIELDS) throw tooManyFields();
    return await c.req.parseBody();
  } catch (error) {
    // A body beyond the limit is told as such.
    if (error instanceof Problem) throw error;
    const what = 'Không đọc được nội dung biểu mẫu gửi lên.';
    const why = 'Nội dung bị cắt giữa đường truyền hoặc sai dạng.';
    throw new Problem('usage', {
      ...{ code: 'bad-form', what, why },
      todo: 'Mở lại trang trong trình duyệt rồi gửi lại.',
    });
  }
}

/** The text fields of a posted form; files are read where they are expected. */
export async function fields(c: Ctx): Promise<Record<string, string | undefined>> {
  const texts = Object.entries(await postedForm(c)).filter((entry): entry is [string, string] => {
    return typeof entry[1] === 'string';
  });
  return Object.fromEntries(texts);
}

/** How often what stands between two fields occurs in the body; counting stops beyond the limit. */
function fieldsAtMost(contentType: string, body: ArrayBuffer): number {
  const boundary = /^\s*multipart\//i.test(contentType)
    ? new MIMEType(contentType).params.get('boundary')
    : null;
  const between = Buffer.from(boundary ? `--${boundary}` : '&', 'latin1');
  const bytes = Buffer.from(body);
  let count = 0;
  for (let at = 0; count <= MAX_FIELDS; count++) {
    at = bytes.indexOf(between, at) + between.length;
    if (at < between.length) break;
  }
  return count;
}

const tooManyFields = (): Problem =>
  new Problem('too-large', {
    code: 'too-many-fields',
    what: `Biểu mẫu gửi lên có hơn ${formatInteger(MAX_FIELDS)} ô.`,
    why: 'Không trang nào của hệ thống có nhiều ô đến thế.',
    todo: 'Mở lại trang trong trình duyệt rồi gửi lại.',
  });
