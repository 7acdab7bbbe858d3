import { paint, Style } from './colour';
import type { InventoryRow, Status } from '../checks/inventory';

const WIDTHS = { name: 27, kind: 13, key: 17, atRest: 8, inTransit: 10 };
const WORDS: Record<Status, string> = { 'yes': 'yes', 'no': 'NO', 'unknown': '?', 'does not apply': '-' };
const COLOURS: Partial<Record<Status, Style>> = { yes: 'green', no: 'red', unknown: 'yellow' };

/** A table of 80 columns; `colour` for a terminal, plain text otherwise. */
export function inventoryTable(rows: InventoryRow[], colour: boolean): string {
  const line = (name: string, kind: string, key: string, atRest: string, inTransit: string) =>
    `${fit(name, WIDTHS.name)} ${fit(kind, WIDTHS.kind)} ${fit(key, WIDTHS.key)} ${atRest} ${inTransit}`.trimEnd();
  const cell = (status: Status, width: number) => {
    const [text, style] = [WORDS[status].padEnd(width), COLOURS[status]];
    return style ? paint(colour, style, text) : text;
  };
  return [
    line('RESOURCE', 'KIND', 'KEY', 'AT REST'.padEnd(WIDTHS.atRest), 'IN TRANSIT'),
    ...rows.map(({ name, kind, key, atRest, inTransit }) =>
      line(name, kind, key, cell(atRest, WIDTHS.atRest), cell(inTransit, WIDTHS.inTransit))),
  ].join('\n');
}

/** Cuts the beginning of what is too long: the end of a path says more. */
function fit(text: string, width: number): string {
  return text.length > width ? `..${text.slice(text.length - width + 2)}` : text.padEnd(width);
}
