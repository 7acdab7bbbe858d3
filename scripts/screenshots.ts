import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser, openFile } from '../test/support/browser';

/** Pictures of docs/example-report for README and docs: light and dark, wide and narrow. */
const ROOT = join(__dirname, '..');
const FOLDER = join(ROOT, 'docs', 'images');
const PAGE = join(ROOT, 'docs', 'example-report', 'cdk-encryption.html');
const SCREENS = { wide: { width: 1280, height: 900 }, narrow: { width: 400, height: 860 } };

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const browser = await openBrowser();
  for (const scheme of ['light', 'dark']) {
    for (const [screen, viewport] of Object.entries(SCREENS)) {
      const { page, complaints } = await openFile(browser, PAGE, { viewport, scheme });
      if (complaints.length > 0) { throw new Error(complaints.join('\n')); }
      await page.screenshot({ path: join(FOLDER, `report-${screen}-${scheme}.png`) });
      await page.close();
    }
  }
  await browser.close();
}

void main();
