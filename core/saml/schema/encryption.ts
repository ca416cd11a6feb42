import type { Declaration } from './declaration.ts'

const encrypted = 'Id:ncName Type:anyURI MimeType:string Encoding:anyURI'
const content = 'xenc:EncryptionMethod?, ds:KeyInfo?, xenc:CipherData, xenc:EncryptionProperties?'

/** xenc-schema: what an encrypted element may be made of. */
export const encryptionSchema: Readonly<Record<string, Declaration>> = {
  'xenc:EncryptedData': { attributes: encrypted, content },
  'xenc:EncryptedKey': {
    attributes: `${encrypted} Recipient:string`,
    content: `${content}, xenc:ReferenceList?, xenc:CarriedKeyName?`,
  },
  'xenc:EncryptionMethod': {
    attributes: 'Algorithm!:anyURI',
    content: 'xenc:KeySize?, xenc:OAEPparams?, ##other*',
    mixed: true,
  },
  'xenc:KeySize': { content: 'text:integer' },
  'xenc:OAEPparams': { content: 'text:base64' },
  'xenc:CipherData': { content: 'xenc:CipherValue | xenc:CipherReference' },
  'xenc:CipherValue': { content: 'text:base64' },
  'xenc:CipherReference': { attributes: 'URI!:anyURI', content: 'xenc:Transforms?' },
  'xenc:Transforms': { content: 'ds:Transform+' },
  'xenc:ReferenceList': { content: '(xenc:DataReference | xenc:KeyReference)+' },
  'xenc:DataReference': { attributes: 'URI!:anyURI', content: '##other*' },
  'xenc:KeyReference': { attributes: 'URI!:anyURI', content: '##other*' },
  'xenc:CarriedKeyName': { content: 'text:string' },
}
