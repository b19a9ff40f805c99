// Vectors between this package and sm-crypto-v2 1.15.1, the library of the browser and the
// mini-program.
//
//   cd SOME_EMPTY_FOLDER && npm install sm-crypto-v2@1.15.1
//   node PATH/make-vectors.mjs          > js.json    what JavaScript makes and Go must accept (javascript_test.go)
//   node PATH/make-vectors.mjs --check go.json       what Go made and JavaScript must accept; exits 1 at the first fault
//
// The library is looked up from the current folder, so that the repository needs no node_modules
// here. It also shows, call by call, how a front end must use the library: hash and der explicit,
// userId left out, a GCM tag always given.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { webcrypto } from 'node:crypto';

globalThis.crypto ??= webcrypto;
const { sm2, sm3, sm4 } = createRequire(join(process.cwd(), 'package.json'))('sm-crypto-v2');

const utf8 = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const random = (n) => hex(crypto.getRandomValues(new Uint8Array(n)));
const join8 = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

const signOptions = (publicKey) => ({ hash: true, der: true, publicKey });
const hmac = (key, message) => sm3(message, { key, mode: 'hmac' });

// PBKDF2-HMAC-SM3 (RFC 8018 5.2), first block only: up to 32 bytes.
function pbkdf2(pin, salt, iterations, length) {
  let u = bytes(hmac(pin, join8(salt, [0, 0, 0, 1])));
  const out = Uint8Array.from(u);
  for (let i = 1; i < iterations; i++) {
    u = bytes(hmac(pin, u));
    for (let j = 0; j < out.length; j++) out[j] ^= u[j];
  }
  return out.slice(0, length);
}

const gcmSeal = (key, iv, plaintext, aad) => {
  const made = sm4.encrypt(plaintext, key, { mode: 'gcm', iv, associatedData: aad, outputTag: true });
  return iv + made.output + made.tag;
};
const gcmOpen = (key, box, aad) => sm4.decrypt(box.slice(24, -32), key,
  { mode: 'gcm', iv: box.slice(0, 24), associatedData: aad, tag: box.slice(-32), output: 'array' });

// The sealed key, version 1: the format is written down at sealedKey in sealkey.go.
const sealedAAD = (s) => utf8(`gm.sealed-key|${s.v}|${s.kdf}|${s.iterations}|${s.salt}|${s.cipher}|${s.publicKey}`);
function sealKey(privateKey, publicKey, pin, iterations) {
  const s = { v: 1, kdf: 'PBKDF2-HMAC-SM3', iterations, salt: random(16), cipher: 'SM4-GCM', publicKey };
  const key = pbkdf2(utf8(pin), bytes(s.salt), iterations, 16);
  return JSON.stringify({ ...s, box: gcmSeal(key, random(12), bytes(privateKey), sealedAAD(s)) });
}
function openKey(text, pin) {
  const s = JSON.parse(text);
  return hex(gcmOpen(pbkdf2(utf8(pin), bytes(s.salt), s.iterations, 16), s.box, sealedAAD(s)));
}

const messages = ['x', 'message digest', '处方 Rx-2026-000123：阿莫西林 0.5g × 24 😀', 'é'.repeat(1000)];

function make() {
  const signatures = messages.flatMap((message, i) => [0, 1, 2].map((n) => {
    const privateKey = sm3(utf8(`chain/gm vector key ${i} ${n}`)).replace(/^f/, '0');
    const publicKey = sm2.getPublicKeyFromPrivateKey(privateKey);
    const input = n === 1 ? message : utf8(message); // a string and its UTF-8 bytes must be the same
    const der = sm2.doSignature(input, privateKey, signOptions(publicKey));
    const raw = sm2.doSignature(input, privateKey, { ...signOptions(publicKey), der: false });
    return { privateKey, publicKey, message, der, raw };
  }));
  const { privateKey, publicKey } = signatures[0];
  const nonce = random(32);
  const challenge = `{"nonce":"${nonce}","publicKey":"${publicKey}","purpose":"enrol","v":1}`;
  const key = random(16);
  return {
    library: 'sm-crypto-v2 1.15.1',
    signatures,
    digests: messages.map((message) => ({ message, sm3: sm3(utf8(message)), hmac: hmac(utf8('key'), utf8(message)) })),
    pbkdf2: [{ pin: '864213', salt: hex(utf8('0123456789abcdef')), iterations: 10000,
      key: hex(pbkdf2(utf8('864213'), utf8('0123456789abcdef'), 10000, 16)) }],
    gcm: messages.map((message) => ({ key, aad: hex(utf8('patients/u1')), message,
      box: gcmSeal(key, random(12), utf8(message), utf8('patients/u1')) })),
    ecb: messages.map((message) => ({ key, message, box: sm4.encrypt(utf8(message), key, { mode: 'ecb' }) })),
    encrypted: messages.map((message) => ({ privateKey, message, box: sm2.doEncrypt(utf8(message), publicKey, 1, { asn1: true }) })),
    sealedKeys: [{ privateKey, pin: '处方864213', sealed: sealKey(privateKey, publicKey, '处方864213', 10000) }],
    enrolments: [{ publicKey, challenge, signature: sm2.doSignature(utf8(challenge), privateKey, signOptions(publicKey)) }],
  };
}

function check(v) {
  const expect = (what, ok) => {
    if (!ok) { console.error(`refused: ${what}`); process.exit(1); }
    counted++;
  };
  let counted = 0;
  for (const [i, s] of v.signatures.entries()) {
    const m = utf8(s.message);
    expect(`signature ${i}, DER`, sm2.doVerifySignature(m, s.der, s.publicKey, { hash: true, der: true }));
    expect(`signature ${i}, raw`, sm2.doVerifySignature(m, s.raw, s.publicKey, { hash: true, der: false }));
    expect(`signature ${i} over another message`, !sm2.doVerifySignature(utf8(`${s.message}.`), s.der, s.publicKey, { hash: true, der: true }));
    expect(`public key ${i}`, sm2.getPublicKeyFromPrivateKey(s.privateKey) === s.publicKey);
  }
  for (const [i, d] of v.digests.entries()) {
    expect(`digest ${i}`, sm3(utf8(d.message)) === d.sm3 && hmac(utf8('key'), utf8(d.message)) === d.hmac);
  }
  for (const [i, g] of v.gcm.entries()) {
    expect(`SM4-GCM ${i}`, hex(gcmOpen(g.key, g.box, bytes(g.aad))) === hex(utf8(g.message)));
  }
  for (const [i, e] of v.ecb.entries()) {
    expect(`SM4-ECB ${i}`, hex(sm4.decrypt(e.box, e.key, { mode: 'ecb', output: 'array' })) === hex(utf8(e.message)));
  }
  for (const [i, e] of v.encrypted.entries()) {
    expect(`SM2 ciphertext ${i}`, sm2.doDecrypt(e.box, e.privateKey, 1, { asn1: true }) === e.message);
  }
  for (const [i, s] of v.sealedKeys.entries()) {
    expect(`sealed key ${i}`, openKey(s.sealed, s.pin) === s.privateKey);
  }
  for (const [i, p] of v.pbkdf2.entries()) {
    expect(`PBKDF2 ${i}`, hex(pbkdf2(utf8(p.pin), bytes(p.salt), p.iterations, 16)) === p.key);
  }
  for (const [i, e] of v.enrolments.entries()) {
    expect(`enrolment ${i}`, sm2.doVerifySignature(utf8(e.challenge), e.signature, e.publicKey, { hash: true, der: true }));
  }
  console.log(`${counted} checks passed`);
}

if (process.argv[2] === '--check') check(JSON.parse(readFileSync(process.argv[3], 'utf8')));
else console.log(JSON.stringify(make(), null, 1));
