import type { Variant } from './way.ts'

/** What may have been done to a document on its way, undone. */
type Undo = readonly [how: string, why: string, undo: (document: string) => string]

const renamed = (from: string, to: string) => (document: string) =>
  document.replace(new RegExp(`(</?|xmlns:)${from}(?=[:=])`, 'g'), `$1${to}`)

const undos: readonly Undo[] = [
  [
    'without the white space between its elements',
    'it was printed with line breaks and indents after it was signed',
    (document) => document.replace(/>[\t\n\r ]+</g, '><'),
  ],
  [
    'with CR LF for its line ends',
    'they were made LF after it was signed, as XML parsers do',
    (document) => document.replace(/\r?\n/g, '&#xD;\n'),
  ],
  [
    'with LF for its line ends',
    'they became CR LF after it was signed',
    (document) => document.replace(/&#(?:xD|xd|x0D|x0d|13);/g, ''),
  ],
  [
    'when its octets are read as UTF-8 once more',
    'it was taken for Latin-1 and encoded again',
    (document) => (/[\u0080-\u00FF]/.test(document) ? Buffer.from(document, 'latin1').toString() : document),
  ],
  ['with & escaped once', 'it was escaped twice', (document) => document.replaceAll('&amp;amp;', '&amp;')],
  ['with the prefix saml2 for saml', 'prefixes are signed, and were renamed after that', renamed('saml', 'saml2')],
  ['with the prefix saml for saml2', 'prefixes are signed, and were renamed after that', renamed('saml2', 'saml')],
  ['with the prefix saml2p for samlp', 'prefixes are signed, and were renamed after that', renamed('samlp', 'saml2p')],
  ['with the prefix samlp for saml2p', 'prefixes are signed, and were renamed after that', renamed('saml2p', 'samlp')],
]

/** The document as it may have been when it was signed, with one change undone. */
export function undoneChangesOf(document: string): readonly Variant[] {
  return undos.flatMap(([how, why, undo]) => {
    const it = undo(document)
    return it === document || it.includes('\uFFFD') ? [] : [{ it, ways: [{ how, why }] }]
  })
}
