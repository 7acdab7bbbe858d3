import { escape } from './escape';
import { cssName } from './picture';
import type { AtRest, ReportDocument, ReportedResource } from '../document';

/** More than fit a few screens scroll by themselves, so that the filters stay near. */
const MOST_ROWS = 50;

const COLUMNS = ['Resource', 'Type', 'Key', 'At rest', 'In transit', 'Status', 'Details'] as const;

/** How a resource stands, in a word to filter by. */
type Standing = 'failed' | 'unknown' | 'accepted' | 'passed';

function standingOf({ findings, exceptions }: ReportedResource): Standing {
  if (findings.some(({ level }) => level === 'error' || level === 'warning')) { return 'failed'; }
  if (findings.some(({ level }) => level === 'undetermined')) { return 'unknown'; }
  return exceptions.length > 0 ? 'accepted' : 'passed';
}

const serviceOf = ({ type }: ReportedResource) => type.split('::')[1] ?? type;

/** Fields to search and filter by; they show when the script runs. */
export function filters({ resources }: ReportDocument): string {
  const controls = resources.flatMap((resource) => [...resource.controls.passed, ...resource.controls.failed, ...resource.controls.undetermined]);
  return '<div class="controls" hidden><label>Search <input type="search" id="search" autocomplete="off"></label>'
    + select('service', 'Service', resources.map(serviceOf)) + select('key', 'Key', resources.map(({ key }) => key))
    + select('status', 'Status', resources.map(standingOf)) + select('controls', 'Control', controls)
    + '<span id="count" role="status"></span><button type="button" id="more" hidden>Show all</button></div>';
}

function select(name: string, label: string, values: readonly string[]): string {
  const options = [...new Set(values)].sort().map((value) => `<option value="${escape(value)}">${escape(value)}</option>`).join('');
  return `<label>${label} <select name="${name}"><option value="">all</option>${options}</select></label>`;
}

/** All resources, each with its details. */
export function tableOf({ resources }: ReportDocument): string {
  const heads = COLUMNS.map((title) => `<th scope="col"${title === 'Type' ? ' class="wide"' : ''}><button type="button">${title}</button></th>`).join('');
  const caption = '<caption class="hint">Each resource with its key, and whether it is encrypted at rest and in transit</caption>';
  return `<div class="scroll${resources.length > MOST_ROWS ? ' tall' : ''}" tabindex="0" role="region" aria-label="Table of resources">`
    + `<table id="resources">${caption}<thead><tr>${heads}</tr></thead><tbody>\n${resources.map(rowOf).join('\n')}\n</tbody></table></div>`;
}

const statusCell = (status: AtRest) => `<td class="word ${cssName(status)}">${status}</td>`;

function rowOf(resource: ReportedResource, index: number): string {
  const { key, atRest, inTransit, controls, stack } = resource;
  const standing = standingOf(resource);
  const all = [...controls.passed, ...controls.failed, ...controls.undetermined].join(' ');
  return `<tr id="r${index}" data-service="${escape(serviceOf(resource))}" data-key="${escape(key)}" data-status="${standing}" data-controls="${escape(all)}">`
    + `<th scope="row">${escape(resource.resource)}${stack !== undefined && !resource.resource.startsWith(`${stack}/`) ? `<br><span class="hint">${escape(stack)}</span>` : ''}</th>`
    + `<td class="wide">${escape(resource.type).replace(/::/g, '::<wbr>')}</td><td class="name">${escape(key)}</td>${statusCell(atRest)}${statusCell(inTransit)}`
    + `<td class="word${standing === 'failed' ? ' no' : standing === 'unknown' ? ' unknown' : ''}">${standing}</td><td><details><summary>details<span class="skip"> of ${escape(resource.resource)}</span></summary>${details(resource)}</details></td></tr>`;
}

function details(resource: ReportedResource): string {
  const { account, region, file, line, source, tls, keyDetails, evidence, findings, exceptions, controls, access, passed } = resource;
  const rows: Array<[string, string]> = [
    ['Where', escape([account, region].filter(Boolean).join(' · '))],
    ['Source', escape([source, `${file}${line === undefined ? '' : `:${line}`}`].filter(Boolean).join(', '))],
    ['Key', keyDetails ? escape(`${keyDetails.spec}, ${keyDetails.usage}; rotation: ${keyDetails.rotation}${keyDetails.rotationPeriodInDays === undefined ? '' : `, every ${keyDetails.rotationPeriodInDays} days`}; multi-Region: ${keyDetails.multiRegion}`) : ''],
    ['TLS', tls ? escape(`${tls.policy}: ${tls.minimumVersion} at the lowest; post-quantum key exchange: ${tls.postQuantum}`) : ''],
    ['Evidence', list(evidence.map(({ about, property, value, line: at }) => `${about}: ${property} = ${value}${at === undefined ? '' : ` (line ${at})`}`))],
    ['Findings', list(findings.map(({ rule, level, detail }) => `${rule} (${level}): ${detail}`))],
    ['Exceptions', list(exceptions.map(({ rule, reason, author, expires }) => `${rule}: ${reason}${author === undefined ? '' : `, by ${author}`}${expires === undefined ? '' : `, until ${expires}`}`))],
    ['Who can', list(access.map(({ can, who, certainty, by, through, conditions = [], note }) =>
      [`${can}: ${who}${certainty === 'yes' ? '' : ` (${certainty})`}`, by, through && `through ${through}`, conditions.length > 0 && `if ${conditions.join(' and ')}`, note].filter(Boolean).join('; ')))],
    ['Passed', escape(`${passed.length} rules`)],
    ['Controls failed', escape(controls.failed.join(', '))],
    ['Controls passed', escape(controls.passed.join(', '))],
  ];
  return `<dl>${rows.filter(([, text]) => text !== '').map(([name, text]) => `<dt>${name}</dt><dd>${text}</dd>`).join('')}</dl>`;
}

const list = (items: readonly string[]) => (items.length === 0 ? '' : `<ul class="plain">${items.map((item) => `<li>${escape(item)}</li>`).join('')}</ul>`);
