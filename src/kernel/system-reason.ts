const REASONS = new Map(
  Object.entries({
    ENOENT: 'Không có tệp hoặc thư mục này.',
    EACCES: 'Tài khoản đang chạy không có quyền.',
    EPERM: 'Tài khoản đang chạy không có quyền.',
    EISDIR: 'Đây là thư mục, không phải tệp.',
    ENOTDIR: 'Một phần của đường dẫn không phải thư mục.',
    EEXIST: 'Tên này đã có.',
    ENAMETOOLONG: 'Tên tệp quá dài.',
    ELOOP: 'Đường dẫn vòng lại chính nó.',
    ENOSPC: 'Đĩa đã đầy.',
    EDQUOT: 'Đã dùng hết phần đĩa được cấp.',
    EROFS: 'Nơi này chỉ cho đọc.',
    EIO: 'Đĩa báo lỗi khi đọc hoặc ghi.',
    EMFILE: 'Máy đang mở quá nhiều tệp.',
    ENFILE: 'Máy đang mở quá nhiều tệp.',
  }),
);

/**
 * Why the machine refused a file, as a sentence for a person. What has no sentence here is quoted as
 * the machine said it, and marked so.
 */
export function systemReason(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  const known = code === undefined ? undefined : REASONS.get(code);
  return known ?? `Máy báo: ${error instanceof Error ? error.message : String(error)}`;
}
