import { createHash } from 'node:crypto';

/** The namespace of everything that a report names. */
const NAMESPACE = Buffer.from('6f9c3a527d1e4b609a8e2c5b1f0d4e73', 'hex');

/** The same for the same name, as RFC 9562 has it for version 5. */
export function uuidOf(...name: string[]): string {
  const hex = createHash('sha1').update(NAMESPACE).update(name.join('\0')).digest('hex');
  const variant = '89ab'[parseInt(hex[16], 16) % 4];
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
