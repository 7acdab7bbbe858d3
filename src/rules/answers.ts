import { fail, PASS, undetermined, Verdict } from './rule';
import type { Answer } from '../policy/question';
import { sentenceOf, witnessOf } from '../policy/witness';

/** A verdict where nobody may be able to do what was asked: the witness is the finding. */
export function nobodyMay(answer: Answer, account: string, remark = ''): Verdict {
  if (answer.answer === 'no') { return PASS; }
  const ofAnswer = verdicts.get(answer) ?? new Map<string, Verdict>();
  verdicts.set(answer, ofAnswer);
  const verdict = ofAnswer.get(account + remark) ?? verdictOf(answer, account, remark);
  ofAnswer.set(account + remark, verdict);
  return verdict;
}

/** A question that is asked again has the same answer, an object, and it is put into words once. */
const verdicts = new WeakMap<Answer, Map<string, Verdict>>();

function verdictOf(answer: Answer, account: string, remark: string): Verdict {
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
