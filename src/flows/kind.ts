/** What is encrypted: where data comes to lie. */
export type Kind = 'bucket' | 'queue' | 'topic' | 'table' | 'secret' | 'logGroup' | 'volume' | 'stream';

export const KINDS: readonly Kind[] = ['bucket', 'queue', 'topic', 'table', 'secret', 'logGroup', 'volume', 'stream'];
