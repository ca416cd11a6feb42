import { ElasticsearchError } from './elasticsearch-error.ts'

const printableAscii = /^[\x21-\x7e]+$/

/**
 * Guarantees that an address from Elasticsearch can stand in `Location` octet for octet: http or https, and nothing that could end a header line.
 * The address is answered untouched, since its query is signed.
 *
 * @throws ElasticsearchError (502)
 */
export function checkIdpAddress(address: string): string {
  if (printableAscii.test(address) && /^https?:\/\//i.test(address) && URL.canParse(address)) return address
  throw new ElasticsearchError(502, 'Elasticsearch answered with a redirect that is no web address.')
}
