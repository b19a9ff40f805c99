package gm

import (
	"math/big"

	esm2 "github.com/emmansun/gmsm/sm2"
)

// ID is the signer's identity that enters every signature of the hospital and the chain (GB/T
// 35276-2017 10: the default "1234567812345678"). It is a constant because the two libraries and
// the JavaScript packages disagree about what an empty id means.
const ID = "1234567812345678"

// Sizes of encoded keys and signatures, in bytes.
const (
	scalarSize       = 32
	PublicKeySize    = 1 + 2*scalarSize // 04‖x‖y
	compressedSize   = 1 + scalarSize   // 02 or 03‖x
	RawSignatureSize = 2 * scalarSize   // r‖s
	MaxIDSize        = 256              // of a signer's id; GB/T 32918.2 has room for 8191
	MaxSignatureSize = 72               // SEQUENCE of two INTEGERs of at most 33 bytes
)

var (
	id         = []byte(ID)
	curveN     = esm2.P256().Params().N
	curveP     = esm2.P256().Params().P
	maxPrivate = new(big.Int).Sub(curveN, big.NewInt(2)) // GB/T 32918.1-2016 6.1: d in 1…n-2
)
