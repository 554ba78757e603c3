import { QrCode } from './qr-code.js';

export const qrCodeExample = () => (
  <QrCode
    cells={[
      [true, true, false],
      [false, true, false],
      [true, false, true],
    ]}
    label="Mã QR mẫu"
  />
);
