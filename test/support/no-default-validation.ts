import { setFlagsFromString } from 'node:v8';

/*
 * The CDK validates each template at synth, for about 0.3 s. Tests that judge by it say so (`synthAndValidate`); the others are about
 * something else, and there are hundreds of them.
 */
process.env.CDK_VALIDATION = 'false';

// Where a test turns it on, V8 goes on optimizing its WebAssembly (9 MB) in the background, for seconds. A process waits for that
// before it exits, and jest kills a worker that takes longer than half a second. The baseline compiler has nothing to wait for.
setFlagsFromString('--liftoff-only');
