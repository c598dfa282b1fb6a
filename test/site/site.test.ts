/**
 * The built site in a real browser, at the widths of a telephone and of a desk, by day and by night. `make test-site` builds it
 * and brings the browser. Pictures of some pages are left in dist/screenshots/ for people to look at.
 */
import { join } from 'node:path';
import type { Server } from 'node:http';
import { chromium, type Browser, type Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listFiles } from '../../generator/files/list-files.ts';
import { ROOT } from '../support/tools.ts';
import { serve } from './support/server.ts';

const test = suite('site');

const SITE = join(ROOT, 'dist/site');
const SCREENS = [
  { name: 'narrow', width: 390, height: 844, colorScheme: 'light' },
  { name: 'narrow-dark', width: 390, height: 844, colorScheme: 'dark' },
  { name: 'wide', width: 1280, height: 900, colorScheme: 'light' },
  { name: 'wide-dark', width: 1280, height: 900, colorScheme: 'dark' },
] as const;
/** For a machine that has much else to do, in milliseconds. */
const PATIENCE = 120_000;
/** Enough to judge by: the home page, long tables, diagrams, commands, Chinese. */
const PICTURED = ['', 'how-it-works/', 'runbook/', 'engines/', 'zh/', 'zh/quick-start/'];

const state: { address: string; server?: Server; browser?: Browser } = { address: '' };

test.before(async () => {
  Object.assign(state, await serve(SITE));
  state.browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
});
test.after(async () => {
  await state.browser?.close();
  state.server?.close();
});

/** A page of the browser that notes what goes wrong in it: errors, failed requests, and requests to elsewhere. */
async function openPage(screen: (typeof SCREENS)[number]): Promise<{ readonly page: Page; readonly mistakes: string[] }> {
  if (state.browser === undefined) throw new Error('There is no browser.');
  const { width, height, colorScheme } = screen;
  const page = await state.browser.newPage({ viewport: { width, height }, colorScheme });
  page.setDefaultTimeout(PATIENCE);
  const mistakes: string[] = [];
  page.on('pageerror', (error) => mistakes.push(error.message));
  page.on('response', (response) => {
    // Without SITE_URL the theme looks for the map of the other language beside each page.
    if (response.status() >= 400 && !response.url().endsWith('/sitemap.xml')) mistakes.push(`${response.url()}: ${response.status()}`);
  });
  page.on('request', (request) => {
    if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(state.address)) mistakes.push(`asks ${request.url()}`);
  });
  return { page, mistakes };
}

async function pagesOf(folder: string): Promise<readonly string[]> {
  const files = await listFiles(folder);
  return files.filter((file) => file.endsWith('index.html')).map((file) => file.slice(0, -'index.html'.length));
}

/** Runs in the browser, whose names this program does not know. */
const TOO_WIDE = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const NO_PICTURE = '[...document.images].filter((image) => image.complete && image.naturalWidth === 0).map((image) => image.src)';

/** What is wider than the window, unless it scrolls by itself; and pictures that did not load. */
async function complaints(page: Page): Promise<readonly string[]> {
  const wide = Number(await page.evaluate(TOO_WIDE));
  const broken = String(await page.evaluate(NO_PICTURE));
  return [...(wide > 0 ? [`${wide} pixels too wide`] : []), ...(broken === '' ? [] : [`no picture ${broken}`])];
}

for (const screen of SCREENS) {
  test(`pages fit the screen ${screen.name} and load whole`, async () => {
    const { page, mistakes } = await openPage(screen);
    const paths = await pagesOf(SITE);
    assert.ok(paths.length > 20, `${paths.length} pages`);
    for (const path of screen.colorScheme === 'dark' ? PICTURED : paths) {
      await page.goto(`${state.address}/${path}`, { waitUntil: 'load' });
      for (const complaint of await complaints(page)) mistakes.push(`/${path}: ${complaint}`);
      if (PICTURED.includes(path)) {
        const name = `${path.replaceAll('/', '-')}${screen.name}.png`;
        await page.screenshot({ path: join(ROOT, 'dist/screenshots', name), fullPage: true });
      }
    }
    await page.close();
    assert.equal(mistakes, []);
  });
}

/** Searches for some words, and waits for the answer to name a page. */
async function search(path: string, words: string, answer: string): Promise<void> {
  const { page, mistakes } = await openPage(SCREENS[2]);
  await page.goto(`${state.address}/${path}`);
  // What is typed before the index is there is lost.
  await page.locator('.md-search-result__meta', { hasText: /^\s*(?:Type|键入)/ }).waitFor({ state: 'attached' });
  const input = page.locator('input[data-md-component="search-query"]');
  await input.pressSequentially(words);
  // The page listens to keys, and Chinese words come from none here.
  await input.press('End');
  await page.locator(`.md-search-result__link[href*="/${answer}/"]`).first().waitFor();
  await page.close();
  assert.equal(mistakes, []);
}

test('the search finds a state by its name, and a value', async () => {
  await search('', 'ErrantTransactions', 'runbook');
  await search('', 'maxSourceSilence', 'chart');
});

test('the search finds Chinese words in Chinese pages', async () => {
  await search('zh/', '主库', 'zh/quick-start');
});

test('a page leads to the same page in the other language', async () => {
  const { page } = await openPage(SCREENS[2]);
  await page.goto(`${state.address}/quick-start/`);
  const link = page.locator('.md-header a[hreflang="zh"]');
  await page.goto(new URL((await link.getAttribute('href')) ?? '', page.url()).href);
  assert.is(
    await page
      .locator('h1')
      .innerText()
      .then((text) => text.replace('¶', '').trim()),
    '快速开始',
  );
  assert.is(await page.locator('html').getAttribute('lang'), 'zh');
  await page.close();
});

test.run();
