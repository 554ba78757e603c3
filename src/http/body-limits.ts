import { bodyLimit } from 'hono/body-limit';
import { Problem } from '../kernel/index.js';

export const MEGABYTE = 1024 * 1024;

/** For forms: nobody types more. */
export const small = () => limited(MEGABYTE);

/** Refuses a body before it is read whole. */
export const limited = (maxSize: number, todo = 'Chia tệp theo xã rồi gửi từng tệp.') =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new Problem('too-large', {
        code: 'too-large',
        what: `Nội dung gửi lên lớn hơn ${maxSize / MEGABYTE} MB.`,
        todo,
      });
    },
  });
