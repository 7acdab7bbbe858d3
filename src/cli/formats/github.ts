import { placeOf, Region } from './place';
import { printable } from './printable';
import { summary } from './summary';
import type { Finding } from '../finding';
import type { Report, View } from '../report';

const COMMANDS: Record<Finding['level'], string> = { error: 'error', warning: 'warning', info: 'notice', undetermined: 'notice' };

/**
 * Workflow commands: GitHub Actions shows each as an annotation at the line of a pull request, ten of a kind for a step.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubReport(report: Report, { quiet, fails }: View): string {
  const findings = quiet ? report.findings.filter(fails) : report.findings;
  const lines = [
    ...report.failures.map(({ text, message, file, line, column }) => (file === undefined ? command('error', {}, text) : command('error', { file, line, col: column }, message))),
    ...findings.map((finding) => {
      const { rule, level, detail, path, logicalId } = finding;
      const title = level === 'undetermined' ? `${rule.id} (undetermined)` : rule.id;
      return command(COMMANDS[level], { ...regionOf(placeOf(finding, report)), title }, `${path ?? logicalId}: ${rule.info} Found: ${detail}. ${rule.fix}`);
    }),
    ...(quiet ? [] : report.notes.map(({ text }) => command('notice', { title: 'cdk-encryption' }, text))),
  ];
  return [...lines, ...(quiet && lines.length === 0 ? [] : [printable(summary(report))])].join('\n');
}

const regionOf = ({ file, line, column }: Region) => ({ file, line, col: column });

function command(name: string, properties: Readonly<Record<string, string | number | undefined>>, message: string): string {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined).map(([key, value]) => `${key}=${inProperty(String(value))}`);
  return `::${name}${given.length === 0 ? '' : ` ${given.join(',')}`}::${inData(message)}`;
}

/** As the runner decodes them. */
const inData = (text: string) => text.replace(/%/g, '%25').split('\n').map((line) => line.split('\r').map(printable).join('%0D')).join('%0A');
const inProperty = (text: string) => inData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
