import { readFileSync } from 'node:fs';

/** A file as text, in whatever its byte order mark says: `>` of Windows PowerShell writes UTF-16. */
export function readText(file: string | 0): string {
  return decode(readFileSync(file));
}

export function decode(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xFF && second === 0xFE) { return bytes.toString('utf16le', 2); }
  if (first === 0xFE && second === 0xFF) { return swapped(bytes.subarray(2)).toString('utf16le'); }
  if (first === 0xEF && second === 0xBB && bytes[2] === 0xBF) { return bytes.toString('utf8', 3); }
  // Without a mark: a template begins with a letter, a brace or white space of ASCII, of which one byte is zero.
  if (second === 0 && first > 0 && first < 0x80 && bytes[3] === 0) { return bytes.toString('utf16le'); }
  if (first === 0 && second > 0 && second < 0x80 && bytes[2] === 0) { return swapped(bytes).toString('utf16le'); }
  return bytes.toString('utf8');
}

const swapped = (bytes: Buffer) => Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16();
