import { Problem, systemReason } from '../kernel/index.js';

/** A file named on the command line that the system does not let us read, with the system's reason. */
export const unreadableFile = (code: string, path: string, cause: unknown): Problem =>
  new Problem(
    'refused',
    {
      code,
      what: `Không đọc được tệp ${path}.`,
      why: systemReason(cause),
      todo: 'Kiểm tra đường dẫn và quyền đọc tệp.',
    },
    cause,
  );
