import { judgeSloppyTemplates } from '../support/sloppy-templates';

// test/slow/fuzz.slow.ts asks 20,000 of them.
test('no template, however sloppy, makes a rule throw', () => judgeSloppyTemplates(500));
