// Package pki is certificates for SM2 keys (GB/T 20518, RFC 5280): issuing them, requests,
// revocation lists, the check of a path to the root, and the profile that every certificate of a
// consortium keeps (chain/RECEIPT.md section 11).
//
// The two libraries behind package gm stand behind this one as well. emmansun builds and verifies
// every certificate and path; what is issued is read by tjfoc and its signature verified by both
// before it leaves. A panic of either on crafted bytes is an error here.
package pki
