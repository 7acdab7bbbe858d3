import puppeteer, { Browser, Page } from 'puppeteer-core';

/** A headless Chromium, from an npm package. */
export async function openBrowser(): Promise<Browser> {
  // Its types are those of its other module format.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const chromium = require('@sparticuz/chromium') as { args: string[]; executablePath(): Promise<string> };
  return puppeteer.launch({ executablePath: await chromium.executablePath(), args: [...chromium.args, '--no-sandbox'], headless: 'shell' });
}

interface Screen {
  readonly viewport?: { readonly width: number; readonly height: number };
  /** `light` or `dark`. */
  readonly scheme?: string;
}

/** A page with a file, and everything that it complains of. */
export async function openFile(browser: Browser, path: string, { viewport, scheme }: Screen = {}): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage();
  if (viewport) { await page.setViewport(viewport); }
  if (scheme !== undefined) { await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]); }
  const complaints: string[] = [];
  page.on('console', (message) => { if (['error', 'warn'].includes(message.type())) { complaints.push(message.text()); } });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => { if (!request.url().startsWith('file://') && !request.url().startsWith('data:')) { complaints.push(`loads ${request.url()}`); } });
  await page.goto(`file://${path}`);
  return { page, complaints };
}
