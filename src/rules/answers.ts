import { fail, PASS, undetermined, Verdict } from './rule';
import type { Answer } from '../policy/question';
import { sentenceOf, witnessOf } from '../policy/witness';

/** A verdict where nobody may be able to do what was asked: the witness is the finding. */
export function nobodyMay(answer: Answer, account: string, remark = ''): Verdict {
  switch (answer.answer) {
    case 'no': return PASS;
    case 'yes': return { kind: 'fail', detail: `${sentenceOf(answer, account)}${remark}`, witness: witnessOf(answer) };
    case 'unknown': return undetermined(answer.witness ? `${sentenceOf({ ...answer, witness: answer.witness }, account)}, if ${answer.reason}` : answer.reason);
  }
}

/** The same where somebody must be able to. */
export function somebodyMay(answer: Answer, detail: string): Verdict {
  switch (answer.answer) {
    case 'yes': return PASS;
    case 'no': return fail(`${detail}: ${answer.reason}`);
    case 'unknown': return undetermined(`${detail}, if ${answer.reason}`);
  }
}
