import { Access, NOT_SEEN } from '../../report/access';
import { paint, Style } from '../colour';

const STYLES: Record<Access['certainty'], Style> = { yes: 'green', conditional: 'yellow', unknown: 'red' };

/** Who can do what, for people: a paragraph for each key or resource. */
export function whoText(answers: readonly Access[], colour: boolean): string {
  const subjects = [...new Set(answers.map(({ of }) => of))];
  const paragraphs = subjects.map((of) => [of, ...linesOf(answers.filter((each) => each.of === of), colour)].join('\n'));
  const end = `Not seen, and could allow less or more: ${NOT_SEEN.join('; ')}.`;
  return [...(paragraphs.length > 0 ? paragraphs : ['Nobody, as far as these templates tell.']), end].join('\n\n');
}

function linesOf(answers: readonly Access[], colour: boolean): string[] {
  return answers.map(({ can, who, certainty, by, through, conditions, note }) => {
    const details = [
      by === '' ? undefined : by, through === undefined ? undefined : `through ${through}`, conditions.length > 0 ? `if ${conditions.join(' and ')}` : undefined, note,
    ].filter((each) => each !== undefined);
    return `  ${can.padEnd(8)} ${paint(colour, STYLES[certainty], certainty.padEnd(11))} ${who}${details.length > 0 ? `\n${' '.repeat(23)}${details.join('; ')}` : ''}`;
  });
}
