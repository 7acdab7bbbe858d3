import { readFileSync } from 'node:fs';
import { filesBelow } from './corpora';
import { judge } from '../../src/checks/judge';
import { RULES } from '../../src/checks/rule-table';
import { looksLikeTemplate, parseTemplate } from '../../src/cli/parse';
import { Template } from '../../src/template/template';

/** Templates without known answers: all are read, and each rule says something of each resource. */
export function readAll(folder: string): { templates: number; refused: number; failed: number; undetermined: number } {
  const files = filesBelow(folder, /\.(ya?ml|json|template)$/);
  let [templates, refused, failed, undetermined] = [0, 0, 0, 0];
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    if (!looksLikeTemplate(text)) { continue; }
    try {
      const template = new Template(parseTemplate(text, file).json);
      templates++;
      for (const resource of template.all()) {
        const kinds = RULES.filter(({ resourceTypes }) => resourceTypes.includes(resource.type)).map((rule) => judge(rule, resource).kind);
        failed += kinds.filter((kind) => kind === 'fail').length;
        undetermined += kinds.filter((kind) => kind === 'undetermined').length;
      }
    } catch {
      refused++;
    }
  }
  return { templates, refused, failed, undetermined };
}
