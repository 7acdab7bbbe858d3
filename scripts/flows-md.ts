import { writeFileSync } from 'node:fs';
import { flowsMarkdown } from '../src/flows/flows-markdown';

writeFileSync('docs/flows.md', flowsMarkdown());
