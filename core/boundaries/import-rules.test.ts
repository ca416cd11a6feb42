import { expect, test } from 'vitest'
import { brokenRules, sharedPackages, unresolvedImports } from './import-rules.ts'
import { scanSource } from './source-file.ts'

const importing = (path: string, ...specifiers: string[]) =>
  scanSource(path, specifiers.map((specifier) => `import '${specifier}'\n`).join(''))

test('a layer may import only what is listed', () => {
  const rule = { filesIn: 'idp', importOnly: ['idp', 'core'], because: 'it is a layer' }
  expect(brokenRules(importing('idp/a.ts', './b.ts', '#saml/names', 'hono', '../sp-emulator/c.ts'), [rule])).toEqual([
    'idp/a.ts imports sp-emulator/c.ts: it is a layer',
  ])
})

test('a folder whose name only begins alike is another folder', () => {
  const rule = { filesIn: 'idp', importOnly: ['idp'], because: 'it is a layer' }
  expect(brokenRules(importing('idp/a.ts', '../idp-two/b.ts'), [rule])).toHaveLength(1)
  expect(brokenRules(importing('idp-two/a.ts', '../core/b.ts'), [rule])).toEqual([])
})

test('a banned import is refused however it is spelled', () => {
  const rule = { filesIn: 'sp-emulator/webapp', neverImport: ['core/saml'], because: 'it sees no SAML' }
  expect(brokenRules(importing('sp-emulator/webapp/a.ts', '#saml/names', '../../core/saml/errors.ts'), [rule])).toEqual(
    [
      'sp-emulator/webapp/a.ts imports core/saml/names.ts: it sees no SAML',
      'sp-emulator/webapp/a.ts imports core/saml/errors.ts: it sees no SAML',
    ],
  )
})

test('a folder with a door is entered through the door', () => {
  const rule = { folder: 'idp', onlyThrough: ['idp/index.ts'], because: 'the rest is private' }
  expect(brokenRules(importing('harness/a.ts', '../idp/index.ts', '../idp/app.ts'), [rule])).toEqual([
    'harness/a.ts imports idp/app.ts: the rest is private',
  ])
  expect(brokenRules(importing('idp/index.ts', './app.ts'), [rule])).toEqual([])
})

test('a package may be imported only where it belongs', () => {
  const rule = { imported: ['hono'], onlyBy: /\/routes\//, because: 'decisions know no framework' }
  expect(brokenRules(importing('idp/routes/slo.ts', 'hono/cookie'), [rule])).toEqual([])
  expect(brokenRules(importing('idp/slo/run.ts', 'hono/cookie'), [rule])).toEqual([
    'idp/slo/run.ts imports hono: decisions know no framework',
  ])
})

test('an expression may be written only where it belongs', () => {
  const rule = { written: /\bDate\.now\b/, onlyIn: /^core\/server\/clock\.ts$/, because: 'time is injected' }
  expect(brokenRules(scanSource('core/server/clock.ts', 'Date.now()'), [rule])).toEqual([])
  expect(brokenRules(scanSource('idp/a.ts', 'Date.now()'), [rule])).toEqual([
    'idp/a.ts says Date.now: time is injected',
  ])
})

test('a rule that excepts tests holds for every other file', () => {
  const rule = {
    imported: ['@node-saml/node-saml'],
    onlyBy: /^bench\//,
    exceptTests: true,
    because: 'it judges only in tests',
  }
  expect(brokenRules(importing('idp/a.test.ts', '@node-saml/node-saml'), [rule])).toEqual([])
  expect(brokenRules(importing('idp/a.ts', '@node-saml/node-saml'), [rule])).toHaveLength(1)
})

test('a package with one door is imported by one file, tests aside', () => {
  const files = [importing('a.ts', 'xml-crypto'), importing('a.test.ts', 'xml-crypto'), importing('b.ts', 'xml-crypto')]
  expect(sharedPackages(files, ['xml-crypto'])).toEqual(['xml-crypto is imported by a.ts and b.ts: it has one door'])
  expect(sharedPackages(files.slice(0, 2), ['xml-crypto'])).toEqual([])
})

test('a package with one door that nobody goes through has none', () => {
  expect(sharedPackages([importing('a.test.ts', 'yaml')], ['yaml'])).toEqual([
    'yaml is imported by nobody: it has one door',
  ])
})

test('an import that leads nowhere is reported', () => {
  expect(unresolvedImports([importing('a.ts', './b.ts', './c.ts', 'hono')], (path) => path === 'b.ts')).toEqual([
    'a.ts imports c.ts: there is no such file',
  ])
})
