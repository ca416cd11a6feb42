// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are what is read
import { expect, test } from 'vitest'
import { ConfigError } from '#server/config'
import { replacePlaceholders } from './placeholders.ts'

const names: Readonly<Record<string, string>> = {
  HOST: 'shop.test',
  PORT: '8080',
  EMPTY: '',
  WHERE: '${HOST}:${PORT}',
  KEY: 'HOST',
  a: '${b}',
  b: '${a}',
}
const replaced = (text: string) => replacePlaceholders(text, (name) => names[name])

test.each([
  ['nothing to replace', 'nothing to replace'],
  ['${HOST}', 'shop.test'],
  ['https://${HOST}:${PORT}/', 'https://shop.test:8080/'],
  ['${HOST:other}', 'shop.test'],
  ['${GONE:https://other.test/}', 'https://other.test/'],
  ['${GONE:}', ''],
  ['${EMPTY:x}', ''],
  ['${GONE:${HOST}}', 'shop.test'],
  ['${WHERE}', 'shop.test:8080'],
  ['${${KEY}}', 'shop.test'],
  ['^([^@]+)@${HOST}$', '^([^@]+)@shop.test$'],
  ['${HOST', '${HOST'],
  ['{HOST} $HOST', '{HOST} $HOST'],
])('%j stands for %j', (text, value) => {
  expect(replaced(text)).toBe(value)
})

test.each([
  ['${GONE}', "Could not resolve placeholder 'GONE'"],
  ['x${HOST}${GONE}', "Could not resolve placeholder 'GONE'"],
  ['${}', "Could not resolve placeholder ''"],
  ['${a}', "Circular placeholder reference 'a' in property definitions"],
])('%j stands for nothing', (text, sentence) => {
  expect(() => replaced(text)).toThrow(new ConfigError(sentence))
})
