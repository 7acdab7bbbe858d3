/** What is encrypted: where data comes to lie. */
export type Kind = 'bucket' | 'queue' | 'topic';
