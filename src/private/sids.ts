/** A name that no other statement of the policy has: IAM refuses a policy with two statements of one name. */
export function freeSid(sid: string, taken: ReadonlySet<string | undefined>): string {
  let free = sid;
  for (let n = 2; taken.has(free); n++) { free = `${sid}${n}`; }
  return free;
}
