import { IdentityStrip } from './identity-strip.js';

export const identityStripExample = () => (
  <IdentityStrip
    checks={[
      { id: 'a', title: 'Mẫu 1 cột 3 = Mẫu 2 cột 9', ok: true, difference: 0 },
      {
        id: 'b',
        title: 'Đầu kỳ = cuối kỳ trước',
        ok: null,
        difference: null,
        reason: 'kỳ đầu của chuẩn',
      },
      { id: 'c', title: 'Tổng các xã = tỉnh', ok: false, difference: 2, href: '/bieu-mau/2/ho' },
    ]}
  />
);
