import {
  accountPage,
  devicesPage,
  devicesRoute,
  passwordPage,
  passwordRoute,
} from './pages/access/account-routes.js';
import { loginPage, signInRoute, signOutRoute } from './pages/access/login-routes.js';
import {
  codePage,
  codeRoute,
  enrolRoute,
  forcedEnrolPage,
  ownCodePage,
  renewRoute,
} from './pages/access/second-factor-routes.js';
import { ssoBegin, ssoReturn } from './pages/access/sso-routes.js';
import { small } from './body-limits.js';
import type { Env } from './env.js';
import { rateLimit } from './rate-limit.js';
import type { Registrar } from './registrar.js';

/** Signing in, and one's own account. */
export function addAccess(site: Registrar<Env>): void {
  const signIns = rateLimit({ name: 'sign-in', perMinute: 60, by: 'address' });
  site.get('anybody', '/dang-nhap', loginPage);
  site.post('anybody', '/dang-nhap', signIns, small(), signInRoute);
  site.get('anybody', '/dang-nhap/xac-thuc', codePage);
  site.post('anybody', '/dang-nhap/xac-thuc', signIns, small(), codeRoute);
  site.get('anybody', '/dang-nhap/thiet-lap', forcedEnrolPage);
  site.post('anybody', '/dang-nhap/thiet-lap', signIns, small(), enrolRoute);
  site.post('anybody', '/dang-nhap/cong-chung', signIns, small(), ssoBegin);
  site.get('anybody', '/dang-nhap/cong-chung/ve', signIns, ssoReturn);
  site.post('anybody', '/dang-xuat', small(), signOutRoute);

  site.get('signed-in', '/tai-khoan', accountPage);
  site.get('signed-in', '/tai-khoan/mat-khau', passwordPage);
  site.post('signed-in', '/tai-khoan/mat-khau', signIns, small(), passwordRoute);
  site.get('signed-in', '/tai-khoan/thiet-bi', devicesPage);
  site.post('signed-in', '/tai-khoan/thiet-bi', small(), devicesRoute);
  site.get('signed-in', '/tai-khoan/xac-thuc', ownCodePage);
  site.post('signed-in', '/tai-khoan/xac-thuc', signIns, small(), enrolRoute);
  site.post('signed-in', '/tai-khoan/xac-thuc/ma-du-phong', signIns, small(), renewRoute);
}
