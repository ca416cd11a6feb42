import { generateKeyPairSync, randomBytes, sign, verify, X509Certificate } from 'node:crypto'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { DOMParser } from '@xmldom/xmldom'
import { generate } from 'selfsigned'
import { SignedXml } from 'xml-crypto'
// By its path, since it runs from its source in the browser tests, too.
import { systemClock } from '../../../core/server/clock.ts'

// Service providers of nobody we know: plain HTTP servers that share nothing with the rest but the libraries under it.

const bindings = {
  redirect: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  post: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
  soap: 'urn:oasis:names:tc:SAML:2.0:bindings:SOAP',
} as const
const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const namespaces =
  'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'

interface Options {
  /** It answers at `http://<name>.localhost`. */
  readonly name: string
  /** The only binding that it knows for a logout. */
  readonly binding: keyof typeof bindings
  /** What it does with a LogoutRequest: ends the session and says so, never answers, or says Responder and keeps the session. */
  readonly temper?: 'polite' | 'silent' | 'refusing'
}

export interface Stranger {
  readonly name: string
  readonly url: string
  readonly metadata: string
  /** Tells it where the IdP is, whose metadata it then reads. */
  meet(idpUrl: string): Promise<void>
  /** Whether it has a session. */
  isSignedIn(): boolean
  /** What came and went: `LogoutRequest`, or `LogoutResponse` with the last part of each status code. */
  readonly seen: readonly string[]
  close(): Promise<void>
}

interface Idp {
  readonly entityId: string
  readonly certificate: X509Certificate
  readonly sso: string
  readonly slo: (binding: keyof typeof bindings) => string
}

// One key for all: what takes longest to make tells nobody apart here.
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()

/** Starts a stranger on the loopback address. `/logout` starts a logout of its own; its front page says who is signed in. */
export async function startStranger({ name, binding, temper = 'polite' }: Options): Promise<Stranger> {
  const keyPair = { privateKey: privateKeyPem, publicKey: publicKeyPem }
  const { cert } = await generate([{ name: 'commonName', value: name }], { keyPair, algorithm: 'sha256' })
  const seen: string[] = []
  let session: { nameId: string; index: string } | undefined
  let idp: Idp | undefined
  let pending = ''

  const known = (): Idp => {
    if (idp === undefined) throw new Error(`${name} has not met its IdP`)
    return idp
  }
  const header = (kind: string, destination: string, more = '') =>
    `<samlp:${kind} ${namespaces} ID="_${randomBytes(20).toString('hex')}" Version="2.0" IssueInstant="${new Date(systemClock.now()).toISOString()}" Destination="${destination}"${more}><saml:Issuer>${url}</saml:Issuer>`

  const signed = (document: string): string => {
    const [, kind] = /<samlp:(\w+)/.exec(document) ?? []
    const signer = new SignedXml({ privateKey: privateKeyPem, signatureAlgorithm: rsaSha256 })
    signer.canonicalizationAlgorithm = 'http://www.w3.org/2001/10/xml-exc-c14n#'
    signer.addReference({
      xpath: `/*[local-name(.)='${kind}']`,
      digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
      transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2001/10/xml-exc-c14n#'],
    })
    const reference = `/*/*[local-name(.)='Issuer']`
    signer.computeSignature(document, { location: { reference, action: 'after' } })
    return signer.getSignedXml()
  }

  const query = (parameter: string, document: string, relayState: string | null): string => {
    const message = encodeURIComponent(deflateRawSync(document).toString('base64'))
    const state = relayState === null ? '' : `&RelayState=${encodeURIComponent(relayState)}`
    const octets = `${parameter}=${message}${state}&SigAlg=${encodeURIComponent(rsaSha256)}`
    return `${octets}&Signature=${encodeURIComponent(sign('sha256', Buffer.from(octets), privateKey).toString('base64'))}`
  }

  const form = (parameter: string, document: string, { to, relayState }: { to: string; relayState: string | null }) =>
    `<!doctype html><title>${name}</title><form method="post" action="${to}"><input type="hidden" name="${parameter}" value="${Buffer.from(signed(document)).toString('base64')}">${
      relayState === null ? '' : `<input type="hidden" name="RelayState" value="${relayState}">`
    }<button>Continue</button></form><script>document.forms[0].submit()</script>`

  /** Sends a message to the IdP by the browser that is here. */
  const sendByBrowser = (
    response: ServerResponse,
    parameter: string,
    { document, relayState }: { document: (to: string) => string; relayState: string | null },
  ): void => {
    const to = known().slo(binding)
    const written = document(to)
    if (binding === 'post') page(response, form(parameter, written, { to, relayState }))
    else response.writeHead(302, { location: `${to}?${query(parameter, written, relayState)}` }).end()
  }

  /** What a LogoutRequest is answered; undefined by who never answers. */
  const judge = (document: string): ((to: string) => string) | undefined => {
    seen.push('LogoutRequest')
    if (temper === 'silent') return undefined
    const root = parse(document)
    const isMine = textOf(root, 'SessionIndex') === session?.index && textOf(root, 'NameID') === session?.nameId
    const status = temper === 'refusing' ? 'Responder' : isMine ? 'Success' : 'Requester'
    if (status === 'Success') session = undefined
    return (to) =>
      `${header('LogoutResponse', to, ` InResponseTo="${root.getAttribute('ID')}"`)}<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${status}"/></samlp:Status></samlp:LogoutResponse>`
  }

  const hear = (document: string): void => {
    const root = parse(document)
    if (root.getAttribute('InResponseTo') !== pending) throw new Error(`${name} waits for [${pending}]`)
    const codes = all(root, 'StatusCode').map((code) => code.getAttribute('Value') ?? '')
    seen.push(`LogoutResponse ${codes.map((code) => code.slice(code.lastIndexOf(':') + 1)).join(' / ')}`)
  }

  const logOut = async (response: ServerResponse): Promise<void> => {
    const { nameId, index } = session ?? { nameId: 'nobody', index: 'none' }
    session = undefined
    const document = (to: string) =>
      `${header('LogoutRequest', to)}<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"${qualifiers}>${nameId}</saml:NameID><samlp:SessionIndex>${index}</samlp:SessionIndex></samlp:LogoutRequest>`
    const written = document(known().slo(binding))
    pending = /ID="([^"]+)"/.exec(written)?.[1] ?? ''
    if (binding !== 'soap') {
      return sendByBrowser(response, 'SAMLRequest', { document: () => written, relayState: 'back' })
    }
    const answer = await call(known().slo('soap'), envelope(signed(written)))
    hear(verifiedDocument(bodyOf(answer), known().certificate))
    page(response, `<p>${name} says ${seen.at(-1)}</p>`)
  }
  let qualifiers = ''

  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const address = new URL(request.url ?? '', url)
    const body = request.method === 'POST' ? await text(request) : ''
    if (address.pathname === '/acs') {
      const assertion = verifiedAssertion(new URLSearchParams(body).get('SAMLResponse') ?? '', known().certificate)
      session = {
        nameId: textOf(assertion, 'NameID'),
        index: all(assertion, 'AuthnStatement')[0]?.getAttribute('SessionIndex') ?? '',
      }
      const nameId = all(assertion, 'NameID')[0]
      qualifiers = ['NameQualifier', 'SPNameQualifier']
        .map((qualifier) => [qualifier, nameId?.getAttribute(qualifier)])
        .map(([qualifier, value]) => (value ? ` ${qualifier}="${value}"` : ''))
        .join('')
      return page(response, `<p>signed in at ${name}</p>`)
    }
    if (address.pathname === '/logout') return logOut(response)
    if (address.pathname !== '/slo') return page(response, `<p>${session ? 'signed in' : 'signed out'} at ${name}</p>`)
    if (binding === 'soap') {
      const answer = judge(verifiedDocument(bodyOf(body), known().certificate))
      if (answer !== undefined) response.setHeader('content-type', 'text/xml').end(envelope(signed(answer('urn:none'))))
      return
    }
    const carried = received(address.search.slice(1), body, known().certificate)
    if (carried.parameter === 'SAMLResponse') {
      hear(carried.document)
      return page(response, `<p>${name} says ${seen.at(-1)}, RelayState ${carried.relayState}</p>`)
    }
    const answer = judge(carried.document)
    if (answer === undefined) return page(response, `<p>${name} says nothing</p>`)
    return sendByBrowser(response, 'SAMLResponse', { document: answer, relayState: carried.relayState })
  }

  const server = createServer((request, response) => {
    receive(request, response).catch((error: Error) => {
      seen.push(`refused: ${error.message}`)
      page(response.writeHead(400), `<p>${error.message}</p>`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://${name}.localhost:${(server.address() as AddressInfo).port}`
  return {
    ...{ name, url, seen },
    metadata: `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${url}"><md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${new X509Certificate(cert).raw.toString('base64')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleLogoutService Binding="${bindings[binding]}" Location="${url}/slo"/><md:AssertionConsumerService Binding="${bindings.post}" Location="${url}/acs" index="0"/></md:SPSSODescriptor></md:EntityDescriptor>`,
    meet: async (idpUrl) => {
      idp = readIdp(await call(`${idpUrl}/metadata`))
    },
    isSignedIn: () => session !== undefined,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const page = (response: ServerResponse, html: string): void => {
  response.setHeader('content-type', 'text/html; charset=utf-8').end(html)
}

function parse(xml: string): Element {
  const root = new DOMParser().parseFromString(xml, 'text/xml').documentElement
  if (root === null) throw new Error('there is no document')
  return root
}

// The lists of this parser are array-like and no more.
const all = (root: Element, name: string): readonly Element[] => Array.from(root.getElementsByTagNameNS('*', name))

const textOf = (element: Element, local: string): string => all(element, local)[0]?.textContent ?? ''

function readIdp(metadata: string): Idp {
  const root = parse(metadata)
  const [sso] = all(root, 'SingleSignOnService')
  const services = all(root, 'SingleLogoutService')
  const certificate = all(root, 'X509Certificate')[0]?.textContent ?? ''
  return {
    entityId: root.getAttribute('entityID') ?? '',
    certificate: new X509Certificate(Buffer.from(certificate, 'base64')),
    sso: sso?.getAttribute('Location') ?? '',
    slo: (binding) =>
      services.find((each) => each.getAttribute('Binding') === bindings[binding])?.getAttribute('Location') ?? '',
  }
}

/** What came by the browser, after its signature has verified over the octets that were sent, or in the document. */
function received(search: string, body: string, certificate: X509Certificate) {
  const fields = new URLSearchParams(body === '' ? search : body)
  const parameter = fields.has('SAMLResponse') ? 'SAMLResponse' : 'SAMLRequest'
  const octets = Buffer.from(fields.get(parameter) ?? '', 'base64')
  const relayState = fields.get('RelayState')
  if (body !== '') return { parameter, document: verifiedDocument(octets.toString(), certificate), relayState }
  const [before = '', signature = ''] = search.split('&Signature=')
  const isRight = verify(
    'sha256',
    Buffer.from(before),
    certificate.publicKey,
    Buffer.from(decodeURIComponent(signature), 'base64'),
  )
  if (!isRight) throw new Error('the signature of the query is wrong')
  return { parameter, document: inflateRawSync(octets).toString(), relayState }
}

function verifiedDocument(document: string, certificate: X509Certificate): string {
  const [signature] = Array.from(parse(document).childNodes).filter(({ nodeName }) => nodeName.endsWith(':Signature'))
  if (signature === undefined) throw new Error('the document is not signed')
  return verified(document, signature, certificate)
}

function verifiedAssertion(encoded: string, certificate: X509Certificate): Element {
  const document = Buffer.from(encoded, 'base64').toString()
  const [signature] = all(parse(document), 'Signature')
  if (signature === undefined) throw new Error('nothing is signed')
  return parse(verified(document, signature, certificate))
}

/** The signed octets, which are all that is believed. */
function verified(document: string, signature: Node, certificate: X509Certificate): string {
  const verifier = new SignedXml({ publicCert: certificate.toString(), getCertFromKeyInfo: () => null })
  verifier.loadSignature(signature)
  if (!verifier.checkSignature(document)) throw new Error('the signature of the document is wrong')
  const [signedOctets = ''] = verifier.getSignedReferences()
  return signedOctets
}

const envelope = (body: string): string =>
  `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${body}</soap:Body></soap:Envelope>`

const bodyOf = (text: string): string => /<(\w+):Body>(.*)<\/\1:Body>/s.exec(text)?.[2] ?? ''

/** Node does not know names below localhost. */
function call(address: string, body?: string): Promise<string> {
  const { port, host, pathname } = new URL(address)
  const headers = { host, 'content-type': 'text/xml', soapaction: '"http://www.oasis-open.org/committees/security"' }
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path: pathname, method: body === undefined ? 'GET' : 'POST', headers },
      (answer) => {
        text(answer).then(resolve, reject)
      },
    )
    sent.on('error', reject).end(body)
  })
}
