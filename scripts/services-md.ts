import { writeFileSync } from 'node:fs';
import { servicesMarkdown } from './services/markdown';

writeFileSync('docs/services.md', servicesMarkdown());
