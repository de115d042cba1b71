import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PageComment, PageContent } from '../../bench/demo/page/page-content.ts'
import { renderPage } from '../../bench/demo/page/render-page.ts'
import { parseDiff } from '../../src/diff/parse-diff.ts'

const program = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
].find((path) => existsSync(path))

const longWord = 'a'.repeat(300)
const added = ['const short = 1', `const long = "${longWord}"`, `// ${'many words '.repeat(40)}`]
const diff = `diff --git a/src/a.ts b/src/a.ts
new file mode 100644
--- /dev/null
+++ b/src/a.ts
@@ -0,0 +1,${added.length} @@
${added.map((line) => `+${line}\n`).join('')}`

const comments: PageComment[] = [
  { path: 'src/a.ts', side: 'RIGHT', line: 1, body: '**High · bug**: A title\n\nA sentence about `short`.' },
  { path: 'src/a.ts', side: 'RIGHT', line: 2, body: `A long word: ${longWord} and \`${longWord}\`` },
  { path: 'src/a.ts', side: 'RIGHT', line: 3, body: `\`\`\`suggestion\nconst long = "${longWord}"\n\`\`\`` },
]

const content: PageContent = {
  title: `A title with ${longWord}`,
  repository: 'acme/shop',
  number: 3,
  base: 'main',
  head: `feature/${longWord}`,
  conclusion: 'success',
  checkTitle: '3 findings',
  checkSummary: `Review: \`http://127.0.0.1:1/${longWord}\`\n\n- \`src/${longWord}.ts\``,
  reviewBody: `**3 findings.** ${longWord}`,
  files: parseDiff(diff).files,
  comments,
  skipped: [],
}

describe.skipIf(program === undefined)(
  'the page in a browser (skipped where no Chromium is installed)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'page-'))
    const file = join(folder, 'review.html')
    let browser: Browser

    beforeAll(async () => {
      writeFileSync(file, renderPage(content))
      // Chromium's own sandbox does not start for root; the page is ours.
      browser = await chromium.launch({ executablePath: program ?? '', args: ['--no-sandbox'] })
    }, 60_000)
    afterAll(async () => {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    })

    it.each([
      [1200, 'light'],
      [1200, 'dark'],
      [400, 'light'],
      [400, 'dark'],
    ] as const)(
      'shows all of it %i pixels wide in %s, silently and from one file',
      async (width, colorScheme) => {
        await using page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
        const requests: string[] = []
        const said: string[] = []
        page.on('request', (request) => requests.push(request.url()))
        page.on('console', (message) => said.push(message.text()))
        page.on('pageerror', (error) => said.push(error.message))
        await page.goto(pathToFileURL(file).href)

        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
        expect(await page.locator('.comment').count()).toBe(comments.length)
        for (const comment of await page.locator('.comment').all())
          expect(await comment.isVisible()).toBe(true)
        expect(await page.evaluate(cutOff)).toEqual([])
        expect(requests).toEqual([pathToFileURL(file).href])
        expect(said).toEqual([])
      },
    )
  },
)

/** Beginnings of texts that reach beyond the right edge and cannot be scrolled to: run inside of the page. */
const cutOff = `[...document.querySelectorAll('body *')]
  .filter((element) => element.children.length === 0 && element.closest('pre') === null)
  .filter((element) => [...element.getClientRects()].some(({ right }) => right > innerWidth))
  .map((element) => element.className + element.textContent.slice(0, 40))`
