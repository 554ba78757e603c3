/** Groups of eight are read aloud and compared by eye. */
export const grouped = (hash: string): string => hash.replace(/(.{8})(?=.)/g, '$1 ');
