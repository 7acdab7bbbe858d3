import { setFlagsFromString } from 'node:v8';

/**
 * V8 of Node.js 20 compiles for long runs, and this one is short: half of the processor's time went into code that ran no longer than it took to compile
 * (`bench/checks.ts`). Newer engines have a compiler between, and do not know this flag. To be imported before what is to run.
 */
if (process.versions.v8.startsWith('11.')) { setFlagsFromString('--interrupt-budget=528000'); }
