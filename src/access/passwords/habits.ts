/**
 * What people here put into passwords, without marks and spaces. Found by asking what one would try
 * first on the account of an officer one knows; the lists of breached passwords are English.
 */
export const HABIT_WORDS: readonly string[] = [
  ...['matkhau', 'mkhau', 'khongnho', 'quenmatkhau', 'dangnhap', 'taikhoan', 'nguoidung'],
  ...['quantri', 'quanly', 'canbo', 'congchuc', 'vienchuc', 'chuyenvien', 'lanhdao', 'chutich'],
  ...['thonban', 'truongthon', 'truongban', 'ubnd', 'uybannhandan', 'hdnd', 'dantoc', 'tongiao'],
  ...['honngheo', 'hongheo', 'giamngheo', 'hethong', 'phanmem', 'dulieu', 'baocao', 'solieu'],
  ...['vietnam', 'tinhlangson', 'xulang', 'xinchao', 'chaoban', 'chaocacban', 'camon'],
  ...[
    'anhyeuem',
    'emyeuanh',
    'toiyeu',
    'yeuem',
    'yeuanh',
    'mayeu',
    'vokhung',
    'chongyeu',
    'concung',
  ],
  ...['conyeu', 'giadinh', 'hanhphuc', 'chucmung', 'nammoi', 'bacho', 'hochiminh', 'quochuy'],
  ...['thudo', 'tinhyeu', 'bongda', 'tuyenvietnam', 'mothaiba', 'motvacon', 'khongcogi', 'abcxyz'],
  ...['nguyen', 'hoang', 'trieu', 'nong', 'phuong', 'huong', 'thanh', 'trung', 'cuong', 'dung'],
  ...['tuan', 'quang', 'hung', 'minh', 'linh', 'trang', 'thuy', 'huyen', 'ngoc', 'khanh', 'tung'],
  ...['password', 'passwd', 'admin', 'administrator', 'welcome', 'secret', 'letmein', 'changeme'],
];

/** Rows of the keyboard, and the columns that are walked down. */
export const KEYBOARD_WALKS: readonly string[] = [
  ...['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'abcdefghijklmnopqrstuvwxyz'],
  ...['1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik', '1q2w3e4r5t6y7u8i9o0p', 'qazwsxedcrfvtgbyhnujmik'],
  ...['qweasdzxc', '147258369', '741852963', '159357'],
];

/** Letters that are typed as signs and digits. */
export const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' },
};
