import type { Rule } from '../rules/rule';

/** An example as a file would have it: without the indentation of the code that it stands in. */
export function exampleText(example: string): string {
  const lines = example.replace(/^\n/, '').trimEnd().split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join('\n');
}

/** One example of each kind for a reader: what the rule finds, or cannot tell, and what passes. */
export function shownExamples({ examples }: Rule): Array<{ readonly kind: string; readonly title: string; readonly text: string }> {
  const first = (kind: string, of: Readonly<Record<string, string>> | undefined) =>
    Object.entries(of ?? {}).slice(0, 1).map(([title, example]) => ({ kind, title, text: exampleText(example) }));
  const wrong = first('Wrong', examples.wrong);
  return [...(wrong.length > 0 ? wrong : first('Undetermined', examples.undetermined)), ...first('Right', examples.right)];
}
