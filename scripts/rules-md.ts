import { writeFileSync } from 'node:fs';
import { rulesMarkdown } from '../src/checks/rules-markdown';

writeFileSync('RULES.md', rulesMarkdown());
