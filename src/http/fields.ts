import { Problem } from '../kernel/index.js';
import type { Ctx } from './env.js';

/**
 * A posted form with its files. @throws Problem `bad-form` for a body that is cut off or is no form
 */
export async function postedForm(c: Ctx): Promise<Record<string, string | File>> {
  try {
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
