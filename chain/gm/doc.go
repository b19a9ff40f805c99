// Package gm is the hospital's only door to the Chinese national algorithms: SM2 (GB/T 32918), SM3
// (GB/T 32905) and SM4 (GB/T 32907), with the keys and envelopes made of them. The certificates
// are in package pki, in its own folder below.
//
// Two libraries stand behind the two, and no other package may import either; a test enforces that.
//
//   - emmansun/gmsm decides: every accepted signature, every certificate chain, every decryption.
//   - tjfoc/gmsm makes keys, encodings, CA signatures and SM2 ciphertexts, and is the second
//     opinion on every refusal.
//
// Each has had defects the other did not share (tjfoc's point addition and curve checks, emmansun
// v0.28.0 to v0.44.0 on some CPUs), so a disagreement is never resolved by trusting one of them:
// the signature is refused with [ErrSplit], counted in [Splits] and handed to the alarm set by
// [OnSplit].
//
// # Promises
//
//   - A signature that [PublicKey.Verify] accepts is the only encoding of its (r, s): strict DER,
//     nothing after it.
//   - A [PublicKey] or [PrivateKey] that exists is valid: on the curve, in range, and agreed on by
//     both libraries.
//   - The signer's id is always [ID]; no function takes another one, and none takes an empty one.
//   - No input makes a function of this package panic or hang; every parser has a size limit and a
//     fuzz target.
//   - Private keys do not print, log or marshal themselves.
//
// Encrypted PKCS #8, PKCS #7 and PKCS #12 are not offered: both libraries' parsers of them panic or
// hang on crafted input. A key at rest is sealed by [SealKey] (a person's, under a PIN) or by
// package keystore (the hospital's).
//
// What it does not promise: resistance to someone who reads this process's memory, and constant
// time of tjfoc's arithmetic (used where a CA signs, never where a server signs for many people).
//
// Call [SelfTest] before anything else at start-up and refuse to start when it fails: it runs the
// pinned vectors on the very CPU that will be used.
//
// # Speed
//
// The benchmarks stand beside Go's own P-256 and SHA-256, so that a ratio survives a change of
// machine:
//
//	go test -run '^$' -bench . -benchmem ./chain/gm/
//
// Verification must stay within 1.3 times of P-256; BenchmarkVerifyRatio fails when it does not
// (0.9 on amd64).
//
// # Vectors shared with JavaScript
//
// testdata/js.json was made by sm-crypto-v2 and is accepted here; testdata/go.json was made here
// and is accepted there. testdata/make-vectors.mjs makes the one and checks the other, and shows
// how a front end must call that library.
package gm
