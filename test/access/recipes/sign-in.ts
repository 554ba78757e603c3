import { newId } from '../../../src/kernel/index.js';
import { makes, open } from './recipe.js';

export const signIn = {
  'GET /dang-nhap': open({}, '?next=/ho'),
  'POST /dang-nhap': makes(() => ({ username: 'khong-co', password: 'khong dung dau' }), {
    changesSession: true,
  }),
  'GET /dang-nhap/xac-thuc': open({}, '?next=/ho'),
  'POST /dang-nhap/xac-thuc': makes(() => ({ code: '000000' }), { changesSession: true }),
  'GET /dang-nhap/thiet-lap': open({}, '?next=/ho'),
  'POST /dang-nhap/thiet-lap': makes(() => ({ code: '000000', sealed: 'k.x' }), {
    changesSession: true,
  }),
  'POST /dang-nhap/cong-chung': makes(() => ({ next: '/ho' }), { changesSession: true }),
  'GET /dang-nhap/cong-chung/ve': open({}, '?code=x&state=y'),
  'GET /tai-khoan': open(),
  'GET /tai-khoan/mat-khau': open(),
  'POST /tai-khoan/mat-khau': makes(
    () => ({ commandId: newId(), current: 'sai', next: 'cái gùi treo bếp', again: 'khác' }),
    { changesSession: true },
  ),
  'GET /tai-khoan/thiet-bi': open(),
  'POST /tai-khoan/thiet-bi': makes(() => ({ commandId: newId(), session: newId() }), {
    changesSession: true,
  }),
  'GET /tai-khoan/xac-thuc': open(),
  'POST /tai-khoan/xac-thuc': makes(() => ({ code: '000000', sealed: 'k.x' }), {
    changesSession: true,
  }),
  'POST /tai-khoan/xac-thuc/ma-du-phong': makes(() => ({ code: '000000' }), {
    changesSession: true,
  }),
  'POST /dang-xuat': makes(() => ({}), { changesSession: true }),
};
