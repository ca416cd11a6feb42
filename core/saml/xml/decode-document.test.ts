import { expect, test } from 'vitest'
import { refusal } from '../refusals.test-support.ts'
import { decodeDocument } from './decode-document.ts'

const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>ü</a>`
const utf16le = (text: string) => Buffer.from(text, 'utf16le')

test.each([
  ['UTF-8 without a declaration', Buffer.from('<a>ü</a>'), '<a>ü</a>'],
  ['UTF-8 with a byte order mark', Buffer.from('\uFEFF<a>ü</a>'), '<a>ü</a>'],
  ['UTF-16 little endian with a mark', utf16le(`\uFEFF${declared('UTF-16')}`), declared('UTF-16')],
  ['UTF-16 big endian with a mark', utf16le(`\uFEFF${declared('UTF-16')}`).swap16(), declared('UTF-16')],
  ['UTF-16 little endian without one', utf16le(declared('UTF-16')), declared('UTF-16')],
  ['UTF-16 big endian without one', utf16le(declared('UTF-16')).swap16(), declared('UTF-16')],
  ['ISO-8859-1 by its declaration', Buffer.from(declared('ISO-8859-1'), 'latin1'), declared('ISO-8859-1')],
  [
    'a declaration in single quotes',
    Buffer.from("<?xml version='1.0' encoding = 'iso-8859-15'?><a>\xA4</a>", 'latin1'),
    "<?xml version='1.0' encoding = 'iso-8859-15'?><a>€</a>",
  ],
  [
    'a mark that says otherwise than the declaration',
    Buffer.from(`\uFEFF${declared('ISO-8859-1')}`),
    declared('ISO-8859-1'),
  ],
])('the encoding is found from the octets: %s', (_form, octets, text) => {
  expect(decodeDocument(octets)).toBe(text)
})

test.each([
  ['octets that are not UTF-8', Buffer.from('<a>\xFC</a>', 'latin1'), 'the document is not UTF-8'],
  ['half of a UTF-16 character', utf16le('\uFEFF<a/>').subarray(0, 5), 'the document is not UTF-16LE'],
  [
    'an encoding that nobody knows',
    Buffer.from(declared('EBCDIC-X')),
    'the document declares an unknown encoding [EBCDIC-X]',
  ],
  ['one that browsers gave up', Buffer.from(declared('UTF-7')), 'the document declares an unknown encoding [UTF-7]'],
])('refused: %s', (_form, octets, sentence) => {
  expect(() => decodeDocument(octets)).toThrow(refusal('SAML_ENCODING', sentence))
})

test('nothing is an empty text', () => {
  expect(decodeDocument(new Uint8Array())).toBe('')
})
