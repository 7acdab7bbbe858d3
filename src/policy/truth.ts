/** What is known of a statement about a policy: it holds, it does not, or only the deployment knows. */
export type Truth = 'yes' | 'no' | 'maybe';

export const truthOf = (holds: boolean): Truth => (holds ? 'yes' : 'no');

export const not = (truth: Truth): Truth => (truth === 'yes' ? 'no' : truth === 'no' ? 'yes' : 'maybe');

/** Holds where all hold; does not where one does not. */
export function every<T>(items: readonly T[], truth: (item: T) => Truth): Truth {
  let result: Truth = 'yes';
  for (const item of items) {
    const each = truth(item);
    if (each === 'no') { return 'no'; }
    if (each === 'maybe') { result = 'maybe'; }
  }
  return result;
}

/** Holds where one holds; does not where none does. */
export function some<T>(items: readonly T[], truth: (item: T) => Truth): Truth {
  return not(every(items, (item) => not(truth(item))));
}
