/*
 * The CDK validates each template at synth, for about 0.3 s. Tests that judge by it say so (`synthAndValidate`); the others are about
 * something else, and there are hundreds of them.
 */
process.env.CDK_VALIDATION = 'false';
