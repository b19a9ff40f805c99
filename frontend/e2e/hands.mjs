// People who act over the API with SM2 keys of their own: what a browser suite needs to be there
// before it looks.
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { sm2 } from 'sm-crypto-v2'
import { base } from './browser.mjs'

const patience = 60_000

async function call(method, path, { body, token } = {}) {
  const form = body instanceof FormData
  const r = await fetch(base + path, {
    method,
    headers: {
      'Idempotency-Key': randomUUID(),
      ...(body && !form ? { 'Content-Type': 'application/json' } : {}),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    body: form ? body : body && JSON.stringify(body),
  })
  const text = await r.text()
  if (!r.ok) throw new Error(`${method} ${path}: ${r.status} ${text}`)
  return text ? JSON.parse(text) : undefined
}

/** What the demo tells of its people. */
export const ward = () => call('GET', '/sandbox/ward')

/** Asks until the answer is one that will do. */
export async function until(what, ask) {
  for (const end = Date.now() + patience; Date.now() < end; await pause(200)) {
    const got = await ask()
    if (got) return got
  }
  throw new Error(`waited in vain for ${what}`)
}

const signed = (text, key) =>
  Buffer.from(
    sm2.doSignature(Buffer.from(text), key.privateKey, { hash: true, der: true, publicKey: key.publicKey }),
    'hex',
  ).toString('base64')

async function hands(session) {
  const { token, account } = session
  const get = (path) => call('GET', path, { token })
  const post = (path, body) => call('POST', path, { token, body })
  const put = (path, body) => call('PUT', path, { token, body })
  const del = (path) => call('DELETE', path, { token })
  let key

  /**
   * A key made here in the place of a live one; the private half is forgotten with this process.
   */
  async function enrol() {
    const privateKey = randomBytes(31).toString('hex').padStart(64, '0') // 31 bytes: below the order of the curve
    key = { privateKey, publicKey: sm2.getPublicKeyFromPrivateKey(privateKey) }
    const live = ((await get('/v1/keys')).keys ?? []).find((k) => k.state === 'active' || k.state === 'pending')
    const { nonce } = await post('/v1/keys/challenge')
    const signature = signed(`{"nonce":"${nonce}","publicKey":"${key.publicKey}","purpose":"enrol","v":1}`, key)
    const proof = { publicKey: key.publicKey, nonce, signature, ...(live ? { replaces: live.id } : {}) }
    const made = await post('/v1/keys', proof).catch(async (e) => {
      if (!/key-approval-required/.test(e.message)) throw e
      if ((await post('/v1/keys/requests', { publicKey: key.publicKey })).state !== 'approved') await approveKeys()
      return post('/v1/keys', proof)
    })
    await until('the key', async () =>
      (await get('/v1/keys')).keys.some((k) => k.id === made.id && k.state === 'active'),
    )
  }

  /** Prepares an act at a path and signs what comes back. */
  async function act(path, body) {
    const { id, statement } = await post(path, body)
    return post(`/v1/intents/${id}/sign`, { signature: signed(statement, key) })
  }

  return {
    person: account.person,
    get,
    post,
    put,
    del,
    enrol,
    act,
    status: (rx, wanted) =>
      until(`${rx} ${wanted}`, async () => {
        const now = await get(`/v1/prescriptions/${rx}`)
        return now.status === wanted && now
      }),
  }
}

/** Every administrator approves the keys that wait in the own organisation. */
export async function approveKeys() {
  for (const { login, password, role } of (await ward()).staff) {
    if (role !== 'admin') continue
    const { token } = await call('POST', '/v1/sessions', { body: { login, password } })
    for (const r of (await call('GET', '/v1/admin/key-requests', { token })).requests ?? [])
      if (r.state === 'waiting') await call('POST', `/v1/admin/key-requests/${r.id}/approve`, { token })
    await call('DELETE', '/v1/sessions/current', { token })
  }
}

export async function staffHands(login) {
  const { password } = (await ward()).staff.find((s) => s.login === login)
  return hands(await call('POST', '/v1/sessions', { body: { login, password } }))
}

export async function patientHands(user) {
  const { code } = await call('POST', '/sandbox/login', { body: { user } })
  const { papers } = await call('GET', '/v1/papers')
  const agree = Object.fromEntries(papers.map((p) => [p.name, p.version]))
  return hands(await call('POST', '/v1/sessions/wechat', { body: { code, agree } }))
}
