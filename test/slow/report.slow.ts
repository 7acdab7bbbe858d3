import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import type { Browser, Page } from 'puppeteer-core';
import { ordersApp } from '../../examples/orders/app';
import { command } from '../../src/cli/command';
import { openBrowser, openFile } from '../support/browser';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let folder: string;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cdk-encryption-report-'));
  ordersApp({ outdir: join(folder, 'orders'), context: { 'aws:cdk:enable-path-metadata': true } }).synth();
  browser = await openBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Writes reports of a path, and gives what was said. */
function report(path: string, output: string, ...more: string[]): { code: number; text: string } {
  const lines: string[] = [];
  const code = command(['report', path, '--format', 'html,cbom,csv,json', '--output', output, ...more], {
    cwd: folder, out: (text) => lines.push(text), err: (text) => lines.push(text), colour: false, stdin: () => '', today: '2026-11-25',
  });
  return { code, text: lines.join('\n') };
}

describe('the page of examples/orders', () => {
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    expect(report('orders', 'out')).toMatchObject({ code: 0 });
    ({ page, complaints } = await openFile(browser, join(folder, 'out', 'cdk-encryption.html')));
  }, 120_000);

  test('opens without an error, and loads nothing', () => {
    expect(complaints).toEqual([]);
  });

  test('shows each resource in the picture and in the table', async () => {
    const { resources } = JSON.parse(readFileSync(join(folder, 'out', 'cdk-encryption.inventory.json'), 'utf8'));
    const names = resources.map(({ resource }: { resource: string }) => resource).sort();
    const drawn = await page.$$eval('svg .node:not(.party)', (nodes) => nodes.map((node) => node.getAttribute('data-resource')));
    const listed = await page.$$eval('#resources tbody th', (cells) => cells.map((cell) => cell.firstChild!.textContent));
    expect(names.length).toBeGreaterThan(8);
    expect(drawn.sort()).toEqual(names);
    expect(listed.sort()).toEqual(names);
  });

  const visible = () => page.$$eval('#resources tbody tr:not([hidden]) th', (cells) => cells.map((cell) => cell.textContent!));

  test('finds what is searched for', async () => {
    await page.type('#search', 'deadletter');
    expect(await visible()).toEqual(['OrdersData/Uploaded/DeadLetterQueue']);
    await page.$eval('#search', (field) => { (field as unknown as { value: string }).value = ''; field.dispatchEvent(new Event('input')); });
    expect((await visible()).length).toBeGreaterThan(8);
  });

  test('filters by service, and says how many there are', async () => {
    await page.select('select[name=service]', 'SQS');
    expect((await visible()).sort()).toEqual(['OrdersData/Uploaded', 'OrdersData/Uploaded/DeadLetterQueue']);
    expect(await page.$eval('#count', (count) => count.textContent)).toMatch(/^2 of \d+ resources$/);
    await page.select('select[name=service]', '');
  });

  test('sorts by a column, up and down, and tells screen readers', async () => {
    await page.click('#resources thead th:nth-child(1) button');
    const up = await visible();
    expect(up).toEqual([...up].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })));
    await page.click('#resources thead th:nth-child(1) button');
    expect(await visible()).toEqual([...up].reverse());
    expect(await page.$eval('#resources thead th', (head) => head.getAttribute('aria-sort'))).toBe('descending');
  });

  test.each(['light', 'dark'])('has nothing serious for axe, in the %s', async (scheme) => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    // The page runs nothing but its own script: axe comes from outside, as an extension would.
    await page.evaluate(AXE);
    const { violations } = await page.evaluate('axe.run()') as { violations: Array<{ id: string; impact: string; nodes: Array<{ html: string }> }> };
    expect(violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map(({ id, nodes }) => [id, nodes[0].html])).toEqual([]);
  }, 120_000);

  test('is used by keyboard: from the top to the resources, the fields, the columns and the details', async () => {
    // Where somebody clicked last is where the keyboard goes on.
    await page.reload();
    const focused = () => page.evaluate('document.activeElement.id || document.activeElement.tagName + " " + document.activeElement.textContent') as Promise<string>;
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('A To the resources');
    await page.focus('#search');
    const seen: string[] = [];
    for (let count = 0; count < 14; count++) { await page.keyboard.press('Tab'); seen.push(await focused()); }
    expect(seen).toEqual(expect.arrayContaining(['BUTTON Resource', 'BUTTON At rest', 'BUTTON Status']));
    expect(seen.filter((each) => each.startsWith('SELECT'))).toHaveLength(4);
    await page.focus('#resources thead button');
    const before = await page.$eval('#resources thead th', (head) => head.getAttribute('aria-sort'));
    await page.keyboard.press('Enter');
    expect(await page.$eval('#resources thead th', (head) => head.getAttribute('aria-sort'))).not.toBe(before);
    await page.focus('#resources tbody summary');
    await page.keyboard.press('Space');
    expect(await page.$eval('#resources tbody details', (details) => details.hasAttribute('open'))).toBe(true);
    await page.keyboard.press('Space');
  });

  test('is printed with all details, and without what only a screen needs', async () => {
    await page.emulateMediaType('print');
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    expect(await page.$$eval('#resources tbody tr:not([hidden]) details:not([open])', (closed) => closed.length)).toBe(0);
    expect(await page.evaluate("getComputedStyle(document.querySelector('.controls')).display")).toBe('none');
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
    await page.emulateMediaType('screen');
  }, 60_000);

  test('has no scroll bar below on a narrow screen', async () => {
    await page.setViewport({ width: 400, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    await page.setViewport({ width: 1300, height: 900 });
  });
});

test('a template with a script in every name runs nothing', async () => {
  const evil = '"><script>window.hurt=1</script><img src=x onerror="window.hurt=1">';
  const template = {
    Description: evil,
    Metadata: { [evil]: evil },
    Resources: {
      [`Key${evil}`]: { Type: 'AWS::KMS::Key', Metadata: { 'aws:cdk:path': evil }, Properties: { Description: evil, KeyPolicy: { Statement: [{ Sid: evil, Effect: 'Allow', Principal: { AWS: '*', Service: evil }, Action: 'kms:*', Resource: '*' }] } } },
      [`Queue${evil}`]: { Type: 'AWS::SQS::Queue', Metadata: { 'aws:cdk:path': `S/${evil}` }, Properties: { QueueName: evil, KmsMasterKeyId: evil } },
      [`Listener${evil}`]: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { Protocol: 'HTTPS', SslPolicy: evil, LoadBalancerArn: evil } },
      [evil]: { Type: evil, Properties: {} },
    },
  };
  writeFileSync(join(folder, 'evil.json'), JSON.stringify(template));
  expect(report('evil.json', 'evil').code).toBe(0);
  const { page, complaints } = await openFile(browser, join(folder, 'evil', 'cdk-encryption.html'));
  expect(await page.evaluate('window.hurt')).toBeUndefined();
  expect(await page.$$eval('script, img', (found) => found.length)).toBe(1);
  expect(complaints).toEqual([]);
}, 120_000);

test('a report of 500 resources is below 1 MB, and shows the first hundred until somebody asks for all', async () => {
  const queues = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`Queue${index}`, { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { Ref: 'Key' } } }]));
  writeFileSync(join(folder, 'many.json'), JSON.stringify({ Resources: { Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } }, ...queues } }));
  report('many.json', 'many');
  const path = join(folder, 'many', 'cdk-encryption.html');
  expect(readFileSync(path).length).toBeLessThan(1_000_000);

  const { page } = await openFile(browser, path);
  const shown = () => page.$$eval('#resources tbody tr:not([hidden])', (rows) => rows.length);
  expect(await page.$eval('#count', (count) => count.textContent)).toBe('501 of 501 resources, the first 100 shown');
  expect(await shown()).toBe(100);
  await page.click('#more');
  expect([await shown(), await page.$eval('#count', (count) => count.textContent)]).toEqual([501, '501 of 501 resources']);
}, 120_000);

describe('the bill of materials', () => {
  test.each([['1.6', Spec.Version.v1dot6], ['1.7', Spec.Version.v1dot7]])('is valid by the schema of CycloneDX %s', async (version, spec) => {
    report('orders', `bom-${version}`, '--cyclonedx', version);
    const text = readFileSync(join(folder, `bom-${version}`, 'cdk-encryption.cdx.json'), 'utf8');
    expect(JSON.parse(text).specVersion).toBe(version);
    expect(await new Validation.JsonStrictValidator(spec).validate(text)).toBeNull();
  }, 60_000);
});
