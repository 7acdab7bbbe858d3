import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];
/** The caller has decided already whether the report goes to a terminal; older Node.js takes no options. */
const paintAlways = styleText as (style: Style, text: string, options: { readonly validateStream: boolean }) => string;

/** Text in a colour, where there is a terminal. */
export function paint(colour: boolean, style: Style, text: string): string {
  return colour ? paintAlways(style, text, { validateStream: false }) : text;
}
