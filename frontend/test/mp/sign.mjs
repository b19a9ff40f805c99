// Signing and verifying where there is no window, no crypto and no TextEncoder: a phone's own
// realm. Keys are made, sealed and used there, and receipts of the chain's own golden files are
// checked there, the true ones and the forged ones.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import vm from 'node:vm'

const golden = new URL('../../../chain/testdata/', import.meta.url).pathname
const BROWSER = [
  'window', 'self', 'document', 'navigator', 'location', 'crypto', 'TextEncoder', 'TextDecoder', 'fetch',
  'XMLHttpRequest', 'WebSocket', 'EventSource', 'atob', 'btoa', 'URL', 'URLSearchParams', 'Blob', 'FormData',
  'AbortController', 'localStorage', 'sessionStorage', 'structuredClone', 'queueMicrotask', 'process', 'Buffer', 'Intl',
  'WebAssembly',
]

export async function signAndVerify(ward) {
  const phone = ward.phone()
  for (const name of BROWSER)
    if (vm.runInContext(`typeof ${name}`, phone.realm) !== 'undefined') throw new Error(`the phone has ${name}`)
  const sm = phone.require('lib/sm')
  const code = await phone.require('platform/signing').signingCode()

  const key = await sm.generateKey()
  const message = Uint8Array.from([1, 2, 3])
  const signature = await sm.sign(message, key)
  if (!sm.verify(message, signature, key.publicKey)) throw new Error('a signature made here does not verify')
  if (sm.verify(Uint8Array.from([1, 2, 4]), signature, key.publicKey))
    throw new Error('a signature verifies another message')
  const sealed = await code.sealKey(key, '864213')
  if ((await code.openKey(sealed, '864213')).privateKey !== key.privateKey)
    throw new Error('a sealed key does not open')
  if (
    await code.openKey(sealed, '864214').then(
      () => true,
      () => false,
    )
  )
    throw new Error('a sealed key opens with another PIN')

  code.keepKey('u1', { sealed: '', publicKey: '', certificate: '', wrong: 0, fingerprint: {} })
  if (await code.fingerprintOn('u1')) throw new Error('a fingerprint is asked for where nothing can seal a key with it')
  code.wipeKey('u1')

  const read = (file) => readFileSync(join(golden, file), 'utf8')
  const list = (folder, begin) =>
    readdirSync(join(golden, folder)).filter((f) => f.startsWith(begin) && f.endsWith('.json'))
  const members = code.timelineOf(code.openMembers(read('members.json')))
  const annals = code.openHistory(read('history/history.json'))
  const receipts = list('.', 'receipt-')
  for (const file of receipts) code.verifyReceipt(members, read(file))
  for (const file of list('history', 'receipt-')) code.verifyReceipt(annals, read(`history/${file}`))
  const forged = list('forged', '')
  for (const file of forged) {
    const { kind, text, reason } = JSON.parse(read(`forged/${file}`))
    let got = 'accepted'
    try {
      if (kind === 'status') code.verifyStatus(members, text)
      else code.verifyReceipt(members, text)
    } catch (e) {
      got = e.reason
    }
    if (got !== reason) throw new Error(`${file}: ${got} instead of ${reason}`)
  }
  if (!receipts.length || !forged.length) throw new Error('the golden files are gone')
  return `${receipts.length} golden receipts hold, ${forged.length} forged ones do not`
}
