import { encode } from 'uqr';

/** The dark and light cells of a QR code that holds this text: as few as do, for old cameras. */
export const qrCells = (text: string): boolean[][] => encode(text, { ecc: 'L', border: 0 }).data;
