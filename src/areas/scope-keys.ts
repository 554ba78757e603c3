import type { PlainDate } from '../kernel/index.js';

/**
 * Scope keys are what an office is answerable for and what row security compares: a province, a unit
 * version (commune, or a district abolished since) or one village. Stored in `place_scopes`.
 */
export const scopeOfProvince = (code: string): string => `p:${code}`;

export const isScopeOfProvince = (key: string): boolean => key.startsWith('p:');

export const scopeOfUnit = (code: string, validFrom: PlainDate): string => `u:${code}@${validFrom}`;

export const scopeOfPlace = (placeId: string): string => `v:${placeId}`;

export const isScopeOfPlace = (key: string): boolean => key.startsWith('v:');
