import { secureHeaders } from 'hono/secure-headers';
import type { SiteSettings } from './site-settings.js';

/**
 * No script, no foreign origin, no frame. Style comes from the one sheet; forms go home only. HSTS is
 * asked for (HSTS=1): it cannot be taken back, and only the operator knows that https will stay.
 */
export const securityHeaders = ({ isStrictHttps }: SiteSettings) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    strictTransportSecurity: isStrictHttps && 'max-age=31536000',
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  });
