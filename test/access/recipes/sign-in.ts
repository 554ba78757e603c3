import { makes, open } from './recipe.js';

export const signIn = {
  'GET /dang-nhap': open({}, '?next=/ho'),
  'POST /dang-nhap': makes(() => ({ username: 'khong-co', password: 'khong dung dau' }), {
    changesSession: true,
  }),
  'POST /dang-xuat': makes(() => ({}), { changesSession: true }),
};
