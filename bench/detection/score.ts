import { answer } from './answers';
import type { Question } from './corpora';
import { RULINGS } from './rulings';

export interface Score {
  right: number;
  missed: number;
  extra: number;
  quiet: number;
  rulings: Map<string, number>;
  /** Disagreements that have no name in rulings.ts. */
  unexplained: string[];
}

/** How our answers compare with those that somebody else has written down. */
export function score(questions: Question[]): Score {
  const result: Score = { right: 0, missed: 0, extra: 0, quiet: 0, rulings: new Map(), unexplained: [] };
  for (const question of questions) {
    const said = answer(question);
    const wanted = question.at ?? (question.faulty ? said.found.slice(0, 1) : []);
    const missed = question.at ? wanted.filter((id) => !said.found.includes(id)).length : Number(question.faulty && said.found.length === 0);
    const extra = question.at ? said.found.filter((id) => !wanted.includes(id)).length : Number(!question.faulty && said.found.length > 0);
    if (missed + extra === 0) {
      result[question.faulty ? 'right' : 'quiet']++;
      continue;
    }
    if (missed > 0) { result.missed++; } else { result.extra++; }
    const ruling = RULINGS.find(({ fits }) => fits(question, said));
    if (ruling) { result.rulings.set(ruling.name, (result.rulings.get(ruling.name) ?? 0) + 1); } else { result.unexplained.push(`${question.corpus} ${question.asks}: ${question.name}`); }
  }
  return result;
}
