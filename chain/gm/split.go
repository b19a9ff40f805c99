package gm

import (
	"bytes"
	"sync/atomic"
)

// Split is a signature about which the libraries disagree, with everything needed to reproduce it.
// Message may hold personal data: keep it where the document itself may be kept, never in a log.
type Split struct {
	PublicKey, Message, Signature []byte
	Signer                        string // the id it was verified under
	Emmansun, Tjfoc               bool   // who accepted
}

var (
	splits    atomic.Uint64
	splitHook atomic.Pointer[func(Split)]
)

// Splits returns how many disagreements this process has seen. Anything but zero needs a person:
// either somebody crafts signatures, or a library or CPU computes wrongly.
func Splits() uint64 { return splits.Load() }

// OnSplit sets the alarm called at each disagreement, with copies of the bytes; nil removes it. The
// hook runs on the verifying goroutine and must return quickly. It may be set at any time and
// replaces the previous one.
func OnSplit(alarm func(Split)) {
	if alarm == nil {
		splitHook.Store(nil)
		return
	}
	splitHook.Store(&alarm)
}

func report(s Split) {
	splits.Add(1)
	if alarm := splitHook.Load(); alarm != nil {
		s.Message, s.Signature = bytes.Clone(s.Message), bytes.Clone(s.Signature)
		(*alarm)(s)
	}
}
